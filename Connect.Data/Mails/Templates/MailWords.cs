using System.Globalization;
using System.Text;
using Connect.Domain.Organizations;
using Connect.Domain.Programs;

namespace Connect.Data.Mails.Templates;

/// <summary>Values as mails show them.</summary>
public static class MailWords
{
    private const int MaxNameLength = 100;

    private static readonly CultureInfo Invariant = CultureInfo.InvariantCulture;

    /// <summary>A moment in Korean, to the minute of Seoul.</summary>
    public static string KoreanTime(DateTimeOffset moment) =>
        InSeoul(moment).ToString("yyyy'년 'M'월 'd'일 'HH':'mm'(한국 시간)'", Invariant);

    /// <summary>A moment in English, to the minute of Seoul.</summary>
    public static string EnglishTime(DateTimeOffset moment) => InSeoul(moment).ToString("d MMMM yyyy, HH:mm '(Korean time)'", Invariant);

    /// <summary>A role in Korean.</summary>
    public static string Korean(OrganizationRole role) => role switch
    {
        OrganizationRole.Owner => "소유자",
        OrganizationRole.Editor => "편집자",
        _ => "열람자",
    };

    /// <summary>A role in English, with its article.</summary>
    public static string English(OrganizationRole role) => role switch
    {
        OrganizationRole.Owner => "an owner",
        OrganizationRole.Editor => "an editor",
        _ => "a reader",
    };

    /// <summary>
    /// A name that people chose, on one line and of bounded length: strangers receive it, and must not take it for Connect's words.
    /// </summary>
    public static string Name(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        var line = new StringBuilder();
        foreach (var rune in name.EnumerateRunes())
        {
            var isText = Rune.GetUnicodeCategory(rune) is not (
                UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator);
            if (line.Length >= MaxNameLength)
            {
                return line.Append('…').ToString();
            }

            line.Append(isText ? rune.ToString() : " ");
        }

        return line.ToString().Trim();
    }

    private static DateTimeOffset InSeoul(DateTimeOffset moment) => TimeZoneInfo.ConvertTime(moment, SeoulTime.Zone);
}
