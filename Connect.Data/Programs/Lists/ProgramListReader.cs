using System.Linq.Expressions;
using Connect.Data.Caching;
using Connect.Domain.Programs;
using Connect.Domain.Search;

namespace Connect.Data.Programs.Lists;

/// <summary>
/// Reads pages of a list from the database. A list is a row of stages, each of which an index has in order, and a page is read from one
/// stage after the other until it is full. How a search finds the programs of a stage depends on how common its words are:
/// <list type="number">
/// <item>The first programs of the stage are looked through, and more of them where these promise a full page. Common words fill it here.</item>
/// <item>Rare words: the index of pairs gives all programs that have them; they are placed and ordered in memory.</item>
/// <item>Words between these: the index of pairs, and the database orders the programs of the stage.</item>
/// </list>
/// </summary>
/// <param name="context">The database.</param>
/// <param name="query">The list.</param>
/// <param name="now">The moment that decides what is open.</param>
internal sealed class ProgramListReader(ConnectDbContext context, ProgramListQuery query, DateTimeOffset now)
{
    private readonly SearchQuery? _search = query.Search;
    private readonly int[] _pairs = [.. (query.Search?.Required ?? []).SelectMany(word => word.Pairs).Distinct()];

    // Most programs of a stage that are looked through where the first ones promise a full page.
    private const int MostLookedThrough = 6_000;

    // Null until they are looked up; then null where they are many.
    private List<FoundProgram>? _found;
    private bool _isLookedUp;

    /// <summary>Programs of a stage that a search looks through before it asks the index.</summary>
    public int Window { get; init; } = 600;

    /// <summary>Most programs with a search's words that are ordered in memory.</summary>
    public int Few { get; init; } = 1_000;

    private bool HasWords => _search is { Required.IsEmpty: false };

    /// <summary>Reads the page behind a position; the first page without one.</summary>
    public async Task<ListPage> ReadAsync(int limit, ListPosition? after, CancellationToken cancellationToken)
    {
        List<PlacedRow> rows = [];
        if (_search is { FindsNothing: true })
        {
            return new([], null);
        }

        ListStage? first = after is null ? null : ListStage.Of(after);
        foreach (var stage in ListOrder.StagesOf(query).Where(stage => first is null || stage.CompareTo(first.Value) >= 0))
        {
            rows.AddRange(await ReadAsync(stage, stage == first ? after : null, limit + 1 - rows.Count, cancellationToken).ConfigureAwait(false));
            if (rows.Count > limit)
            {
                return new([.. rows.Take(limit).Select(row => row.Row)], PositionOf(rows[limit - 1]));
            }
        }

        return new([.. rows.Select(row => row.Row)], null);
    }

    private ListPosition PositionOf(PlacedRow placed) => new(
        ListFilters.PhaseOf(placed.Row.StatusAt(now)), placed.Place, ListOrder.KeyOf(placed.Row, query.Sort), placed.Row.Id);

    // The first programs of a stage behind a position. Those that no worker has closed yet are among the closed ones.
    private async Task<List<PlacedRow>> ReadAsync(ListStage stage, ListPosition? after, int count, CancellationToken cancellationToken)
    {
        var rows = await ReadStoredAsync(stage, after, count, cancellationToken).ConfigureAwait(false);
        if (stage.Phase != ListPhase.Closed || _found is not null || (query.Statuses.IsAsked && !query.Statuses.Values.Contains(ProgramStatus.Expired)))
        {
            return rows;
        }

        var overdue = await TakeAsync(
            Found(Programs.Overdue(now).Filter(query), stage.Place), stage, after, count, cancellationToken).ConfigureAwait(false);
        return overdue.Count == 0 ? rows : [.. InOrder([.. rows, .. overdue], stage).Take(count)];
    }

    private async Task<List<PlacedRow>> ReadStoredAsync(ListStage stage, ListPosition? after, int count, CancellationToken cancellationToken)
    {
        var programs = Of(stage, Programs);
        if (!HasWords)
        {
            return await TakeAsync(Found(programs, stage.Place), stage, after, count, cancellationToken).ConfigureAwait(false);
        }

        if (_found is not null)
        {
            return await FoundInAsync(stage, after, count, cancellationToken).ConfigureAwait(false);
        }

        var rows = await LookThroughAsync(programs, stage, after, Window, count, cancellationToken).ConfigureAwait(false);
        if (rows.Count < count && rows.Count > 0 && Window * 2 * count / rows.Count is var enough and <= MostLookedThrough)
        {
            rows = await LookThroughAsync(programs, stage, after, enough, count, cancellationToken).ConfigureAwait(false);
        }

        if (rows.Count == count)
        {
            return rows;
        }

        if (!_isLookedUp)
        {
            await LookUpAsync(cancellationToken).ConfigureAwait(false);
            if (_found is not null)
            {
                return await FoundInAsync(stage, after, count, cancellationToken).ConfigureAwait(false);
            }
        }

        var indexed = stage.Place is 1 or 2 ? InHead : InText;
        return await TakeAsync(Found(Of(stage, indexed), stage.Place), stage, after, count, cancellationToken).ConfigureAwait(false);
    }

    // Those of the first programs of a stage that a search finds.
    private Task<List<PlacedRow>> LookThroughAsync(
        IQueryable<ListedProgram> programs, ListStage stage, ListPosition? after, int first, int count, CancellationToken cancellationToken) =>
        TakeAsync(Found(programs.Ordered(stage, query.Sort, after).Take(first), stage.Place), stage, after: null, count, cancellationToken);

    private DbSet<ListedProgram> Programs => context.Set<ListedProgram>();

    private IQueryable<ListedProgram> InHead =>
        Programs.FromSql($"select * from programs where search_pairs(search_head) @> {_pairs}");

    private IQueryable<ListedProgram> InText =>
        Programs.FromSql($"select * from programs where search_pairs(search_text) @> {_pairs}");

    private IQueryable<ListedProgram> Of(ListStage stage, IQueryable<ListedProgram> programs) =>
        programs.In(stage.Phase, now).WithStatus(query, stage.Phase).Filter(query);

    // Those that a search finds in a place.
    private IQueryable<ListedProgram> Found(IQueryable<ListedProgram> programs, int place)
    {
        if (_search is null)
        {
            return programs;
        }

        programs = programs.Without(_search);
        return place switch
        {
            1 => programs.Where(InTitle),
            2 => programs.Where(ListFilters.HasAll(p => p.SearchHead, _search)).Where(InTitle.Not()),
            3 => programs.Where(ListFilters.HasAll(p => p.SearchText, _search)).Where(ListFilters.HasAll(p => p.SearchHead, _search).Not()),
            _ => programs.Where(ListFilters.HasAll(p => p.SearchText, _search)),
        };
    }

    private Expression<Func<ListedProgram, bool>> InTitle => ListFilters.HasAll(p => p.SearchTitle, _search!);

    private async Task<List<PlacedRow>> TakeAsync(
        IQueryable<ListedProgram> programs, ListStage stage, ListPosition? after, int count, CancellationToken cancellationToken)
    {
        var rows = await programs.Ordered(stage, query.Sort, after).Take(count).Select(Row).ToListAsync(cancellationToken).ConfigureAwait(false);
        return rows.ConvertAll(row => new PlacedRow(row.ToRow(), stage.Place));
    }

    // Places the programs that have all words, where these are few. What a page shows of them is read later, for the page alone.
    private async Task LookUpAsync(CancellationToken cancellationToken)
    {
        _isLookedUp = true;
        var isByPlace = query.Sort == ProgramSort.Relevance;
        var rows = await Found(InText.Filter(query), place: 0).Take(Few + 1)
            .Select(p => new { p.Id, p.Status, p.Deadline, p.PublishedAt, p.BudgetAmount, Title = isByPlace ? p.SearchTitle : "", Head = isByPlace ? p.SearchHead : "" })
            .ToListAsync(cancellationToken).ConfigureAwait(false);
        _found = rows.Count > Few ? null : rows.ConvertAll(row => new FoundProgram(
            row.Id, ProgramRow.StatusAt(row.Status, row.Deadline, now), ListOrder.KeyOf(query.Sort, row.Deadline, row.PublishedAt, row.BudgetAmount),
            !isByPlace ? 0 : HasAll(row.Title) ? 1 : HasAll(row.Head) ? 2 : 3));
    }

    private bool HasAll(string form) => _search!.Required.All(word => form.Contains(word.Pattern, StringComparison.Ordinal));

    private async Task<List<PlacedRow>> FoundInAsync(ListStage stage, ListPosition? after, int count, CancellationToken cancellationToken)
    {
        var found = _found!.Where(one => one.Stage == stage && (!query.Statuses.IsAsked || query.Statuses.Values.Contains(one.Status)))
            .Where(one => after is null || IsBehind(one.Key, one.Id, after));
        Guid[] ids = [.. (ListOrder.IsDescending(query.Sort, stage.Phase)
            ? found.OrderByDescending(one => one.Key).ThenByDescending(one => one.Id)
            : found.OrderBy(one => one.Key).ThenBy(one => one.Id)).Take(count).Select(one => one.Id)];
        if (ids.Length == 0)
        {
            return [];
        }

        var rows = await Programs.Where(p => ids.Contains(p.Id)).Select(Row).ToDictionaryAsync(row => row.Id, cancellationToken).ConfigureAwait(false);
        return [.. ids.Where(rows.ContainsKey).Select(id => new PlacedRow(rows[id].ToRow(), stage.Place))];
    }

    private IEnumerable<PlacedRow> InOrder(IEnumerable<PlacedRow> rows, ListStage stage) => ListOrder.IsDescending(query.Sort, stage.Phase)
        ? rows.OrderByDescending(placed => ListOrder.KeyOf(placed.Row, query.Sort)).ThenByDescending(placed => placed.Row.Id)
        : rows.OrderBy(placed => ListOrder.KeyOf(placed.Row, query.Sort)).ThenBy(placed => placed.Row.Id);

    // Rows of a stage have a key or none, all of them.
    private bool IsBehind(long? key, Guid id, ListPosition after)
    {
        var order = (key ?? 0, id).CompareTo((after.Key ?? 0, after.Id));
        return ListOrder.IsDescending(query.Sort, after.Phase) ? order < 0 : order > 0;
    }

    private static readonly Expression<Func<ListedProgram, StoredRow>> Row = p => new StoredRow
    {
        Id = p.Id,
        Title = p.Title,
        Agency = p.Agency,
        Kind = p.Kind,
        Status = p.Status,
        Ministry = p.Ministry,
        Category = p.Category,
        Sectors = p.Sectors,
        BudgetAmount = p.BudgetAmount,
        PublishedAt = p.PublishedAt,
        Deadline = p.Deadline,
        AnnouncementUrl = p.AnnouncementUrl,
    };

    // A program that has all words.
    private sealed record FoundProgram(Guid Id, ProgramStatus Status, long? Key, int Place)
    {
        public ListStage Stage => new(ListFilters.PhaseOf(Status), Place, Key is not null);
    }

    private sealed class StoredRow
    {
        public Guid Id { get; init; }

        public required string Title { get; init; }

        public Agency Agency { get; init; }

        public ProgramKind Kind { get; init; }

        public ProgramStatus Status { get; init; }

        public string? Ministry { get; init; }

        public string? Category { get; init; }

        public required List<Domain.Organizations.Sector> Sectors { get; init; }

        public long? BudgetAmount { get; init; }

        public DateTimeOffset? PublishedAt { get; init; }

        public DateTimeOffset? Deadline { get; init; }

        public required string AnnouncementUrl { get; init; }

        public ProgramRow ToRow() => new(
            Id, Title, Agency, Kind, Status, Ministry, Category, [.. Sectors], BudgetAmount, PublishedAt, Deadline, AnnouncementUrl);
    }
}
