using System.ComponentModel.DataAnnotations;
using System.Text.Json;
using Connect.Domain.Programs;
using Microsoft.Extensions.Options;

namespace Connect.ScraperWorker.Boards;

/// <summary>
/// One board, configured under <c>Sources:{agency}</c>, for example <c>Sources:NTIS</c>: the way it is requested, and the layout of
/// its pages. The files of <see cref="KnownBoards"/> have those of known boards; <see cref="LayoutValidator"/> checks all.
/// </summary>
internal sealed class BoardOptions
{
    private string? _fingerprint;

    /// <summary>The configuration section that holds one section per agency.</summary>
    public const string SectionName = "Sources";

    /// <summary>The most arguments of <see cref="DetailCall"/> that <see cref="DetailPath"/> can name.</summary>
    public const int MostArguments = 10;

    /// <summary>Whether the board is read at all; default no.</summary>
    public bool Enabled { get; set; }

    /// <summary>
    /// Scheme, host and the path that all others are below, for example <c>https://www.ntis.go.kr</c> or
    /// <c>https+http://agency-simulator/ntis</c>.
    /// </summary>
    [Required]
    public Uri? BaseAddress { get; set; }

    /// <summary>Scheme and host of stored addresses, where users reach the board under another name than the worker.</summary>
    public Uri? PublicAddress { get; set; }

    /// <summary>Path and query of the first list page, with {key} for <see cref="Key"/>.</summary>
    [Required]
    [RegularExpression("^/.*")]
    public string ListPath { get; set; } = string.Empty;

    /// <summary>The key that an official interface asks for; a secret. It stands in requests of lists only, and in no log.</summary>
    public string? Key { get; set; }

    /// <summary>List pages read in one crawl, 1 to 100,000; default 10.</summary>
    [Range(1, 100_000)]
    public int MaxPages { get; set; } = 10;

    /// <summary>
    /// Missing checks in one run: open postings that the list no longer shows are requested at their own addresses, the longest
    /// unchecked first; 0 to 10,000, default 20. Each is one request.
    /// </summary>
    [Range(0, 10_000)]
    public int MaxMissingChecks { get; set; } = 20;

    /// <summary>Hosts that links and redirects may lead to, beside the host of <see cref="BaseAddress"/>.</summary>
    public IList<string> AllowedHosts { get; } = [];

    /// <summary>
    /// Requests a minute to one host, over all instances, retries, redirects and robots.txt included, 1 to 1,000,000;
    /// default 10. Boards on one host share its rate: each request is followed by the rest that its own board configures.
    /// </summary>
    [Range(1, 1_000_000)]
    public int RequestsPerMinute { get; set; } = 10;

    /// <summary>
    /// Longest wait for a host's next free moment, 1 s to 1 h; default 2 min. Where that moment is further away, because the host
    /// asked for a pause or many requests wait, the request fails at once.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:01", "01:00:00")]
    public TimeSpan LongestPause { get; set; } = TimeSpan.FromMinutes(2);

    /// <summary>Longest wait for one complete answer, from connecting to its last byte, 100 ms to 5 min; default 30 s.</summary>
    [Range(typeof(TimeSpan), "00:00:00.100", "00:05:00")]
    public TimeSpan PageTimeout { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>Longest time for one crawl of the board, 1 min to 24 h; default 2 h.</summary>
    [Range(typeof(TimeSpan), "00:01:00", "1.00:00:00")]
    public TimeSpan RunTimeout { get; set; } = TimeSpan.FromHours(2);

    /// <summary>
    /// Whether the board may be at a loopback, private or otherwise special address; default no. Only simulated boards need it:
    /// it would let a name on the allow-list be pointed at the inside of the network.
    /// </summary>
    public bool AllowPrivateAddresses { get; set; }

    /// <summary>Attempts after the first one failed, 1 to 5; default 2.</summary>
    [Range(1, 5)]
    public int Retries { get; set; } = 2;

    /// <summary>Wait before the first retry, doubled with each further one, 1 ms to 1 min; default 2 s.</summary>
    [Range(typeof(TimeSpan), "00:00:00.001", "00:01:00")]
    public TimeSpan RetryDelay { get; set; } = TimeSpan.FromSeconds(2);

    /// <summary>
    /// The known board whose settings are taken, where it is not the agency's own: <c>NTIS.feed</c> (<see cref="KnownBoards"/>).
    /// </summary>
    public string? Layout { get; set; }

    /// <summary>The family that the board belongs to.</summary>
    public BoardShape? Shape { get; set; }

    /// <summary>The ministry (부처) of announcements that name none; empty where the board announces for several.</summary>
    public string? DefaultMinistry { get; set; }

    /// <summary>The list of a board with a table.</summary>
    public TableLayout Table { get; set; } = new();

    /// <summary>The list of a board of blocks.</summary>
    public BlocksLayout Blocks { get; set; } = new();

    /// <summary>The list of a board that answers JSON.</summary>
    public JsonLayout Json { get; set; } = new();

    /// <summary>
    /// The names of a row's fields where they are not the usual ones (<see cref="RowNames"/>): headings, labels, properties or elements,
    /// with commas between them, the preferred first. An empty text: the list does not show the field.
    /// </summary>
    public IDictionary<RowField, string> Row { get; } = new Dictionary<RowField, string>();

    /// <summary>The requests for the list.</summary>
    public PagingLayout Paging { get; set; } = new();

    /// <summary>The detail page.</summary>
    public DetailLayout Detail { get; set; } = new();

    /// <summary>
    /// The script function that a list calls in place of a link, for example <c>fn_view</c>, with the announcement's id among
    /// its arguments; empty where the list has links.
    /// </summary>
    public string? DetailCall { get; set; }

    /// <summary>
    /// The one form of a detail page's address, with {0} for the first argument of <see cref="DetailCall"/> or
    /// <see cref="JsonLayout.Arguments"/>, {1} for the second and so on: <c>/board/view.do?id={0}</c>. Links to the same path with
    /// the same parameters are brought into this form, whatever others they have (<see cref="Crawl.Pages.DetailAddress"/>).
    /// </summary>
    public string? DetailPath { get; set; }

    /// <summary>Boards whose pages this board's rows lead to. Such a page is read by its own board's layout, and its program is one.</summary>
    public IList<Agency> PointsTo { get; } = [];

    /// <summary>On what evidence the layout is believed to work.</summary>
    public Evidence Evidence { get; set; } = new();

    /// <summary>The oldest TLS that the board's hosts may have; default that of the system.</summary>
    public BoardTls Tls { get; set; }

    /// <summary>
    /// The settings that pages are parsed by, as one text. When they change, every page is read once more, also where the board
    /// answers that it is not modified.
    /// </summary>
    internal string Fingerprint => _fingerprint ??= JsonSerializer.Serialize(
        new { Shape, DefaultMinistry, Table, Blocks, Json, Row = Row.OrderBy(static pair => pair.Key), Paging, Detail, DetailCall, DetailPath });

    /// <summary>Time from one request to the next, in whole microseconds, the database's unit.</summary>
    internal TimeSpan Spacing => TimeSpan.FromMicroseconds((long)Math.Ceiling(60_000_000m / RequestsPerMinute));
}

[OptionsValidator]
internal sealed partial class BoardOptionsValidator : IValidateOptions<BoardOptions>;
