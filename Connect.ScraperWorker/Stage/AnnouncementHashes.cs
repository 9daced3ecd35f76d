using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using Connect.ScraperWorker.Crawl;

namespace Connect.ScraperWorker.Stage;

/// <summary>
/// Two hashes with two purposes. The identity key says whether two announcements are the same call: nothing in it may
/// change while the call lives, so neither address nor deadline, and nothing that differs from board to board. The
/// fingerprint says whether a known call changed: everything that its classification, and so the matching, is made from,
/// and that a user sees.
/// </summary>
internal static partial class AnnouncementHashes
{
    // Between two fields, so that no two sets of fields read alike.
    private const char Separator = '\u001f';

    // "2026년 신규과제 공모" could be anybody's.
    private const int SpecificLetters = 12;

    /// <summary>
    /// Hash of ministry and normalized title. A title that says little, or a call whose ministry is not known, is its
    /// board's alone: joined with another board's it could swallow a call. One without a letter says nothing at all, and
    /// is its address's alone.
    /// </summary>
    public static string IdentityOf(ScrapedAnnouncement announcement)
    {
        var (ministry, title) = (Normalize(announcement.Ministry ?? ""), NormalizeTitle(announcement.Title));
        var isSpecific = ministry.Length > 0 && title.Count(char.IsLetter) >= SpecificLetters && YearRegex().IsMatch(title);

        return Hash([isSpecific ? "" : announcement.Agency.ToString(), ministry, title.Length > 0 ? title : announcement.Url]);
    }

    /// <summary>Hash of the content. Without the status, which also changes by itself, when the deadline passes.</summary>
    public static string FingerprintOf(ScrapedAnnouncement announcement) => Hash(
        [
            announcement.Title, announcement.Description, announcement.Ministry,
            announcement.AnnouncingAgency, announcement.Category, string.Join('|', announcement.Keywords),
            string.Join('|', announcement.TargetTypes.Order()), Format(announcement.MinTrl), Format(announcement.MaxTrl),
            Format(announcement.BudgetAmount), Format(announcement.PublishedAt), Format(announcement.ApplicationStart),
            Format(announcement.Deadline), string.Join('|', announcement.AttachmentNames),
        ]);

    /// <summary>
    /// The title without what changes from one publication of a call to the next: width and case, white space and
    /// punctuation, and marks such as (수정), [연장] or (재공고). Years, rounds and notice numbers stay: they tell calls apart.
    /// </summary>
    internal static string NormalizeTitle(string title) =>
        Normalize(RepublicationMark().Replace(title.Normalize(NormalizationForm.FormKC), " "));

    private static string Normalize(string text)
    {
        var builder = new StringBuilder(text.Length);
        foreach (var rune in text.Normalize(NormalizationForm.FormKC).EnumerateRunes())
        {
            if (Rune.IsLetterOrDigit(rune))
            {
                builder.Append(Rune.ToLowerInvariant(rune));
            }
        }

        return builder.ToString();
    }

    private static string? Format(IFormattable? value) => value?.ToString(value is DateTimeOffset ? "O" : null, CultureInfo.InvariantCulture);

    private static string Hash(ReadOnlySpan<string?> fields) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join(Separator, fields!))));

    [GeneratedRegex("(?:19|20)[0-9]{2}", RegexOptions.NonBacktracking)]
    private static partial Regex YearRegex();

    [GeneratedRegex(@"[\(\[【]\s*(?:수정|연장|변경|정정|재)\s*(?:공고)?\s*[\)\]】]", RegexOptions.NonBacktracking)]
    private static partial Regex RepublicationMark();
}
