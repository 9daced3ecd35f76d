using System.Globalization;
using System.Net.Http.Headers;

namespace Connect.ScraperWorker.Crawl.Http;

/// <summary>A page as the board answered it.</summary>
internal sealed record BoardPage
{
    /// <summary>The page's text; empty where it is <see cref="NotModified"/>.</summary>
    public required string Text { get; init; }

    /// <summary>For the next conditional request.</summary>
    public required PageValidators Validators { get; init; }

    /// <summary>Whether the page is still the one that the validators are from (304).</summary>
    public bool NotModified { get; init; }
}

/// <summary>
/// The validators of one state of a page (RFC 9110, section 8.8), opaque and as they were sent.
/// </summary>
/// <param name="ETag">The entity tag, strong or weak.</param>
/// <param name="LastModified">The date of the last change.</param>
internal readonly record struct PageValidators(string? ETag, string? LastModified)
{
    private const int MaxLength = 200;

    private static readonly DateTimeOffset Epoch = DateTimeOffset.UnixEpoch;

    /// <summary>The validators of an answer, without those that cannot be sent back.</summary>
    public static PageValidators Of(HttpResponseMessage response) => new PageValidators(
        First(response.Headers.NonValidated, "ETag"), First(response.Content.Headers.NonValidated, "Last-Modified")).Checked();

    /// <summary>Makes a request conditional (RFC 9110, sections 13.1.2 and 13.1.3).</summary>
    public void AddTo(HttpRequestMessage request)
    {
        var (tag, date) = Checked();
        if (tag is not null)
        {
            request.Headers.TryAddWithoutValidation("If-None-Match", tag);
        }

        if (date is not null)
        {
            request.Headers.TryAddWithoutValidation("If-Modified-Since", date);
        }
    }

    /// <summary>These, and the others where these are missing: a 304 need not repeat them.</summary>
    public PageValidators Or(PageValidators others) => new(ETag ?? others.ETag, LastModified ?? others.LastModified);

    private PageValidators Checked() => new(
        ETag is { Length: <= MaxLength } tag && EntityTagHeaderValue.TryParse(tag, out _) ? tag : null,
        LastModified is { Length: <= MaxLength } date && IsDate(date) ? date : null);

    private static bool IsDate(string text) =>
        DateTimeOffset.TryParseExact(text, "r", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date) && date >= Epoch;

    private static string? First(HttpHeadersNonValidated headers, string name) =>
        headers.TryGetValues(name, out var values) ? values.FirstOrDefault() : null;
}
