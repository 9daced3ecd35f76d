using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;
using Connect.Data.Caching;
using Connect.Domain.Programs;
using Microsoft.Extensions.Caching.Hybrid;

namespace Connect.Data.Programs.Lists;

/// <summary>
/// Lists of programs. First pages whose filters have few values are the same for many callers, and are cached; so is what is counted
/// with them. Searches, ranges and further pages are not: hardly anybody reads the same ones again.
/// </summary>
public sealed class ProgramLists(HybridCache cache, IDbContextFactory<FailFastDbContext> contexts, TimeProvider time)
{
    // Where each filter may have several values, there are more lists than anybody reads.
    private const int MostFilters = 2;

    // Rows of a page where all are read. The first page is small, so that it is there soon.
    private const int FirstRows = 200;
    private const int MostRows = 2_000;

    /// <summary>Reads a page.</summary>
    /// <param name="query">The list.</param>
    /// <param name="limit">Most programs of the page.</param>
    /// <param name="withFacets">Whether to count programs by the values of fields.</param>
    /// <param name="after">Where it begins; null for the first page.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public ValueTask<ProgramListPage> ReadAsync(
        ProgramListQuery query, int limit, bool withFacets, ListPosition? after, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(query);
        if (after is not null || NameOf(query) is not { } name)
        {
            return LoadAsync(query, limit, withFacets, after, cancellationToken);
        }

        var entry = CacheLayers.ProgramListOf(string.Create(CultureInfo.InvariantCulture, $"{name}:{limit}{(withFacets ? ":facets" : "")}"));
        return cache.GetOrCreateAsync(
            entry, (Lists: this, query, limit, withFacets),
            static (state, token) => state.Lists.LoadAsync(state.query, state.limit, state.withFacets, after: null, token), cancellationToken);
    }

    /// <summary>
    /// Reads a whole list, page by page: no connection is kept while a caller takes its time, and no more than a page is in memory. A
    /// program that changes its place meanwhile may come twice or not at all.
    /// </summary>
    public async IAsyncEnumerable<ProgramRow> ReadAllAsync(ProgramListQuery query, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var (now, limit) = (time.GetUtcNow(), FirstRows);
        ListPosition? after = null;
        do
        {
            ListPage page;
            await using (var context = await contexts.CreateDbContextAsync(cancellationToken).ConfigureAwait(false))
            {
                var reader = new ProgramListReader(context, query, now) { Window = MostRows };
                page = await reader.ReadAsync(limit, after, cancellationToken).ConfigureAwait(false);
            }

            foreach (var row in page.Rows)
            {
                yield return row;
            }

            (after, limit) = (page.Next, MostRows);
        }
        while (after is not null);
    }

    private async ValueTask<ProgramListPage> LoadAsync(
        ProgramListQuery query, int limit, bool withFacets, ListPosition? after, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        await using var context = await contexts.CreateDbContextAsync(cancellationToken).ConfigureAwait(false);
        var page = await new ProgramListReader(context, query, now).ReadAsync(limit, after, cancellationToken).ConfigureAwait(false);
        var facets = withFacets ? await new ListFacetsReader(context, query, now).ReadAsync(cancellationToken).ConfigureAwait(false) : null;

        // Where closed programs are listed without the open ones, or counted, any that closes changes the answer.
        var closing = facets is null && !query.Statuses.Values.Contains(ProgramStatus.Expired)
            ? page.Rows.Where(row => row.StatusAt(now) == row.Status && ListFilters.PhaseOf(row.Status) != ListPhase.Closed).Min(row => row.Deadline)
            : await NextDeadlineAsync(context, now, cancellationToken).ConfigureAwait(false);
        return new(page.Rows, page.Next, facets, now, closing);
    }

    private static Task<DateTimeOffset?> NextDeadlineAsync(ConnectDbContext context, DateTimeOffset now, CancellationToken cancellationToken) =>
        context.Set<ListedProgram>().Where(p => (p.Phase == 0 || p.Phase == 1) && p.Deadline >= now).MinAsync(p => p.Deadline, cancellationToken);

    // The name of a list that is cached; null for one that is not.
    private static string? NameOf(ProgramListQuery query)
    {
        if (query is not
            {
                Search: null, AmountFrom: null, AmountTo: null, PublishedFrom: null, PublishedTo: null, DeadlineFrom: null, DeadlineTo: null,
                Trls.IsAsked: false,
            })
        {
            return null;
        }

        var name = new StringBuilder(query.Sort.ToString());
        var filters = 0;
        var isCached = Append(query.Agencies) & Append(query.Kinds) & Append(query.Statuses) & Append(query.Sectors) & Append(query.Regions)
            & Append(query.Audiences);
        return isCached && filters <= MostFilters ? name.ToString() : null;

        bool Append<T>(Choice<T> choice)
            where T : struct, Enum
        {
            if (choice is { Values: [var value], OrUnrestricted: false })
            {
                filters++;
                name.Append(':').Append(typeof(T).Name).Append('=').Append(value);
            }

            return choice is { Values.Length: <= 1, OrUnrestricted: false };
        }
    }
}
