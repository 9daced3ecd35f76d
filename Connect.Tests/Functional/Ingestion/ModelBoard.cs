using System.Runtime.CompilerServices;
using Connect.Domain.Programs;
using Connect.ScraperWorker.Crawl;
using Connect.ScraperWorker.Crawl.Http;
using Connect.ScraperWorker.Crawl.Pages;

namespace Connect.Tests.Functional.Ingestion;

/// <summary>The announcement at one address of a board of the model.</summary>
internal sealed class ModelListing(string address, ScrapedAnnouncement content)
{
    public string Address => address;

    public ScrapedAnnouncement Content { get; set; } = content;

    /// <summary>The outcome of a missing check; null for no answer.</summary>
    public RowOutcome? Page { get; set; } = RowOutcome.Present;

    public bool IsUnreadable { get; set; }

    /// <summary>The hash of its row in the list. Body, keywords and budget are on its page only.</summary>
    public string ListHash => Short($"{Content.Title}\n{Content.Ministry}\n{Content.Closed}\n{Content.Deadline:O}");

    /// <summary>The page's validator: another one for every content.</summary>
    public string Tag => Short($"{ListHash}\n{Content.Description}\n{string.Join('|', Content.Keywords)}\n{Content.BudgetAmount}");

    private static string Short(string text) =>
        Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(text)));
}

/// <summary>A board of the model. As with real boards, an unchanged row or page is not read again.</summary>
internal sealed class ModelBoard(Agency agency) : IAnnouncementSource
{
    private readonly Dictionary<string, ScrapedAnnouncement> _readInRun = [];

    public Agency Agency => agency;

    /// <summary>Newest first.</summary>
    public List<ModelListing> Listed { get; } = [];

    /// <summary>Earlier rows of the list.</summary>
    public List<ModelListing> Withdrawn { get; } = [];

    /// <summary>After so many rows the next crawl is cut off.</summary>
    public int? CutAfter { get; set; }

    /// <summary>Whether the next crawl shows an empty list.</summary>
    public bool IsBlank { get; set; }

    /// <summary>Rows of the last crawl, including those of an earlier attempt of the same run.</summary>
    public List<RowResult> Seen { get; } = [];

    /// <summary>The missing checks of the last run, with their outcomes.</summary>
    public Dictionary<string, RowOutcome?> MissingChecks { get; } = [];

    /// <summary>Clears the rows of an earlier run.</summary>
    public void BeginRun() => _readInRun.Clear();

    public Task<RowOutcome?> CheckMissingAsync(string address, CancellationToken cancellationToken)
    {
        var outcome = Withdrawn.Find(listing => listing.Address == address) is { } found ? found.Page : RowOutcome.Gone;
        MissingChecks.Add(address, outcome);
        return Task.FromResult(outcome);
    }

    public async IAsyncEnumerable<RowResult> ReadAsync(IKnownPostings postings, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        Seen.Clear();
        MissingChecks.Clear();
        if (IsBlank)
        {
            yield break;
        }

        var known = await postings.FindKnownAsync([.. Listed.Select(listing => listing.Address)], cancellationToken);
        foreach (var listing in Listed.Take(CutAfter ?? int.MaxValue))
        {
            var row = Read(listing, known.GetValueOrDefault(listing.Address));
            Seen.Add(row.Outcome == RowOutcome.ReadBefore ? RowResult.Read(row.Address!, row.ListHash, _readInRun[row.Address!]) : row);
            if (row.Announcement is { } announcement)
            {
                _readInRun[listing.Address] = announcement;
            }

            yield return row;
        }
    }

    private static RowResult Read(ModelListing listing, KnownPosting? known)
    {
        var isKnown = known?.ListHash == listing.ListHash;
        if (isKnown && known!.InThisRun)
        {
            return RowResult.ReadBefore(listing.Address, listing.ListHash);
        }

        if (listing.IsUnreadable)
        {
            return RowResult.Unreadable(listing.Address, new(listing.Address, "answered 500"));
        }

        return isKnown && known!.Validators.ETag == listing.Tag
            ? RowResult.NotModified(listing.Address, listing.ListHash)
            : RowResult.Read(listing.Address, listing.ListHash, listing.Content, new PageValidators(listing.Tag, null));
    }
}
