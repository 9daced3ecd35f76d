using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using Connect.Domain.Programs;
using Connect.ScraperWorker.Crawl.Pages;

namespace Connect.ScraperWorker.Stage;

/// <summary>
/// Two hashes of an announcement. The identity key is the same for two announcements of one program: it contains nothing that changes
/// while the program lives, such as address and deadline, and nothing that differs from board to board. The fingerprint changes with
/// the program's content: everything that users see and that classification and matching are made from.
/// </summary>
internal static partial class AnnouncementHashes
{
    // Separates fields, so that different fields cannot join to the same text.
    private const char Separator = '\u001f';

    // "2026년 신규과제 공모" (new projects of 2026) could be any agency's.
    private const int SpecificLetters = 12;

    /// <summary>
    /// Hash of ministry and normalized title. Where the title is not specific or the ministry is unknown, the board whose page it is
    /// becomes part of the hash, because joining with another board's program could lose one of the two. Where the title has no letter
    /// or digit, the address stands for it.
    /// </summary>
    public static string IdentityOf(ScrapedAnnouncement announcement)
    {
        var (ministry, title) = (Titles.LettersOf(Ministries.CurrentNameOf(announcement.Ministry ?? "")), Titles.Normalize(announcement.Title));
        var isSpecific = ministry.Length > 0 && title.Count(char.IsLetter) >= SpecificLetters && YearRegex().IsMatch(title);

        return Hash([isSpecific ? "" : (announcement.Origin ?? announcement.Agency).ToString(), ministry, title.Length > 0 ? title : announcement.Url]);
    }

    /// <summary>Hash of the content, without the status, which also changes when the deadline passes.</summary>
    public static string FingerprintOf(ScrapedAnnouncement announcement) => Hash(
        [
            announcement.Title, announcement.Description, announcement.Ministry,
            announcement.AnnouncingAgency, announcement.Category, string.Join('|', announcement.Keywords),
            string.Join('|', announcement.TargetTypes.Order()), Format(announcement.MinTrl), Format(announcement.MaxTrl),
            Format(announcement.BudgetAmount), Format(announcement.PublishedAt), Format(announcement.ApplicationStart),
            Format(announcement.Deadline), string.Join('|', announcement.AttachmentNames),
            .. announcement.BoardType is { } type ? (string?[])[type] : [],
            .. announcement.Periods.Select(period => $"{Format(period.Start)}|{Format(period.End)}|{period.IsReplaced}"),
        ]);

    private static string? Format(IFormattable? value) => value?.ToString(value is DateTimeOffset ? "O" : null, CultureInfo.InvariantCulture);

    private static string Hash(ReadOnlySpan<string?> fields) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join(Separator, fields!))));

    [GeneratedRegex("(?:19|20)[0-9]{2}", RegexOptions.NonBacktracking)]
    private static partial Regex YearRegex();
}
