using System.Globalization;
using Connect.Domain.Programs;
using Connect.ScraperWorker.Crawl.Pages;
using Connect.ScraperWorker.Stage;

namespace Connect.Tests.Functional.Ingestion;

/// <summary>A program as the oracle knows it.</summary>
internal sealed class ModelProgram(ScrapedAnnouncement content, bool isOpen)
{
    /// <summary>The program's id; set when it is first found in the database.</summary>
    public Guid? Id { get; set; }

    /// <summary>The last content of its authoritative posting, with address and board.</summary>
    public ScrapedAnnouncement Content { get; set; } = content;

    /// <summary>The fingerprint of that, as its page has it: without an amount that another board states.</summary>
    public string Said { get; set; } = AnnouncementHashes.FingerprintOf(content);

    /// <summary>
    /// The board and address that it links to; after a move they differ from the content's until the next read.
    /// </summary>
    public (Agency Agency, string Url) Place { get; set; } = (content.Agency, content.Url);

    /// <summary>Whether it is not over: active or upcoming.</summary>
    public bool IsOpen { get; set; } = isOpen;

    /// <summary>Whether it is a call, and no advance notice.</summary>
    public bool IsCall => !ModelTitles.IsNotice(Content.Title);

    public string Identity { get; set; } = ModelTitles.IdentityOf(content);

    /// <summary>Its columns when it was first stored.</summary>
    public IReadOnlyDictionary<string, string?> First { get; } = FieldsOf(content, (content.Agency, content.Url), isOpen);

    public IReadOnlyDictionary<string, string?> Fields => FieldsOf(Content, Place, IsOpen);

    /// <summary>The visible columns.</summary>
    public static IReadOnlyDictionary<string, string?> FieldsOf(ScrapedAnnouncement content, (Agency Agency, string Url) place, bool isOpen) =>
        new Dictionary<string, string?>
        {
            ["agency"] = place.Agency.ToString(),
            ["status"] = !isOpen ? "Expired" : ModelTitles.IsNotice(content.Title) ? "Upcoming" : "Active",
            ["title"] = content.Title,
            ["description"] = content.Description,
            ["ministry"] = content.Ministry,
            ["keywords"] = content.Keywords.IsEmpty ? null : string.Join(" | ", content.Keywords),
            ["budget_amount"] = content.BudgetAmount?.ToString(CultureInfo.InvariantCulture),
            ["deadline"] = TextOf(content.Deadline),
            ["announcement_url"] = place.Url,
        };

    public static IReadOnlyDictionary<string, string?> FieldsOf(FundingProgram program) => new Dictionary<string, string?>
    {
        ["agency"] = program.Agency.ToString(),
        ["status"] = program.Status.ToString(),
        ["title"] = program.Title,
        ["description"] = program.Description,
        ["ministry"] = program.Ministry,
        ["keywords"] = program.Keywords.Count == 0 ? null : string.Join(" | ", program.Keywords),
        ["budget_amount"] = program.BudgetAmount?.ToString(CultureInfo.InvariantCulture),
        ["deadline"] = TextOf(program.Deadline),
        ["announcement_url"] = program.AnnouncementUrl,
    };

    private static string? TextOf(DateTimeOffset? time) =>
        time?.ToOffset(TimeSpan.FromHours(9)).ToString("yyyy-MM-ddTHH:mm:sszzz", CultureInfo.InvariantCulture);
}

/// <summary>A program at an address, as the oracle knows it.</summary>
internal sealed class ModelPosting(ModelProgram program, string url, DateTimeOffset firstSeenAt, bool isNotice)
{
    public ModelProgram Program { get; set; } = program;

    public string Url { get; set; } = url;

    public DateTimeOffset FirstSeenAt => firstSeenAt;

    public bool IsLive { get; set; } = true;

    /// <summary>Whether an advance notice stood there when it was read last.</summary>
    public bool IsNotice { get; set; } = isNotice;

    /// <summary>The amount that stands there.</summary>
    public long? Amount { get; set; }

    /// <summary>The amount that stood there before the last read.</summary>
    public long? LeftAmount { get; set; }

    /// <summary>Whether its page had no announcement at the last missing check.</summary>
    public bool IsDoubted { get; set; }
}

/// <summary>A change that the history must have.</summary>
internal sealed record ModelChange(ModelProgram Program, ProgramChangeKind Kind, IReadOnlyList<FieldChange> Fields);

/// <summary>The expected result of a run.</summary>
internal sealed class ModelOutcome
{
    public HashSet<ModelProgram> New { get; } = [];

    public HashSet<ModelProgram> Changed { get; } = [];

    public HashSet<ModelProgram> Unchanged { get; } = [];

    public HashSet<ModelProgram> Vanished { get; } = [];

    /// <summary>Programs whose page has changed, and they have not: an amount that it no longer states is on another board.</summary>
    public HashSet<ModelProgram> Rehashed { get; } = [];

    public int Reposted { get; set; }

    public bool IsEvicted { get; set; }

    public List<ModelChange> Changes { get; } = [];
}
