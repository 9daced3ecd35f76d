using System.Runtime.CompilerServices;

namespace Connect.Client;

/// <summary>A page of a list. Each page is generated as a class of its own, which says here that it is one.</summary>
/// <typeparam name="TItem">One of its items.</typeparam>
internal interface IPage<TItem>
{
    IReadOnlyList<TItem> Items { get; }

    string? NextCursor { get; }
}

/// <summary>Reads lists page by page.</summary>
internal static class Pages
{
    /// <summary>The items of all pages. A page is asked for when the item before it has been taken.</summary>
    /// <param name="read">Reads the page of a cursor; of null, the first.</param>
    /// <param name="cancellationToken">Ends the request of a page.</param>
    public static async IAsyncEnumerable<TItem> ReadAsync<TItem>(
        Func<string?, CancellationToken, Task<IPage<TItem>>> read, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        string? cursor = null;
        do
        {
            var page = await read(cursor, cancellationToken).ConfigureAwait(false);
            foreach (var item in page.Items)
            {
                cancellationToken.ThrowIfCancellationRequested();
                yield return item;
            }

            cursor = page.NextCursor;
        }
        while (cursor is not null);
    }
}

// The summaries are in the generated code.
public partial class PageOfAdministeredOrganization : IPage<AdministeredOrganization>;

public partial class PageOfAuditItem : IPage<AuditItem>;

public partial class PageOfInvitationItem : IPage<InvitationItem>;

public partial class PageOfKeyItem : IPage<KeyItem>;

public partial class PageOfMatchMarkChangeItem : IPage<MatchMarkChangeItem>;

public partial class PageOfMemberItem : IPage<MemberItem>;

public partial class PageOfProgramCorrectionItem : IPage<ProgramCorrectionItem>;

public partial class PageOfSessionItem : IPage<SessionItem>;

public partial class PageOfStoredMatchItem : IPage<StoredMatchItem>;

public partial class PageOfWarmingItem : IPage<WarmingItem>;

public partial class ProgramPage : IPage<ProgramSummary>;

public partial class ScrapeRunPage : IPage<ScrapeRunItem>;
