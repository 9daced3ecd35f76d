using System.Text;
using System.Text.RegularExpressions;
using Connect.Domain.KoreanText;
using Connect.Domain.Programs;

namespace Connect.Domain.Classification;

/// <summary>
/// Advance notices (사전공고, 예고, 접수예정, RFP(안)): announcements of a call that is still to come. The title decides. It is an
/// advance notice only if without these words it could be a call, so that tenders, surveys, training and the like stay what they are.
/// </summary>
public static partial class AdvanceNotices
{
    private const string Announcement = "공고";

    /// <summary>Whether a title is that of an advance notice.</summary>
    public static bool IsAdvanceNotice(string? title) => Find(title) is not null;

    /// <summary>The title that the call will have; null for a title that is no advance notice's.</summary>
    public static string? CallTitleOf(string? title) => Find(title)?.CallTitle;

    /// <summary>The words that make a title an advance notice's, and the title without them; null where there are none.</summary>
    internal static (string Words, string CallTitle)? Find(string? title)
    {
        var text = PlainText.Clean(title).Normalize(NormalizationForm.FormKC);
        if (!WordsRegex().IsMatch(text))
        {
            return null;
        }

        var words = MarkRegex().Match(text) is { Success: true } mark ? mark
            : DraftRegex().Match(text) is { Success: true } draft ? draft
            : WordsRegex().Match(text);
        var call = WithoutWords(text);
        return call.Count(char.IsLetter) > Announcement.Length && KindClassifier.Classify(new(call)) is ProgramKind.Call or ProgramKind.Unsure
            ? (words.Value.Trim(), call)
            : null;
    }

    // A mark in brackets stands beside the call's title; other words stand in the place of its 공고.
    private static string WithoutWords(string text)
    {
        var unmarked = MarkRegex().Replace(text, " ");
        var bare = DraftRegex().Replace(unmarked, " ");
        bare = WordsRegex().Replace(bare, match => $" {match.Groups["of"].Value} {Announcement} ");
        if (bare == unmarked)
        {
            return unmarked.Trim();
        }

        bare = PlanRegex().Replace(bare, " ").TrimEnd();
        var end = EndRegex().Match(bare);
        if (!end.Success && bare.Contains(Announcement, StringComparison.Ordinal))
        {
            return bare.Trim();
        }

        var head = end.Success ? bare[..end.Index].Trim() : bare.Trim();
        return head.EndsWith("공모", StringComparison.Ordinal) ? head : $"{head} {Announcement}";
    }

    // Words that announce a list or a schedule of calls are no notice of one call.
    private const string NoList = @"(?!\s*(?:된|한|인|일|자|사업|과제|목록|현황|일정|인원|시기|기업))";

    private const string Early = @"사전\s*(?:공고|공시|공개|예고)";

    // What may stand between an RFP and its publication.
    private const string Between = @"\s*\)?\s*(?:\(?안\)?\s*)?(?:인터넷\s*)?";

    private const string Words =
        Early
        + @"|(?:사업|과제)\s*사전\s*안내|(?:공고|공모|모집)\s*사전\s*안내"
        + @"|(?<of>사업|과제|공모|모집|지원|신청|시행)\s*예고" + NoList
        + @"|(?:공고|접수)\s*예고" + NoList
        + @"|(?<of>공모|모집)\s*예정" + NoList
        + @"|(?:공고|접수)\s*예정" + NoList
        + @"|(?:제안\s*요구\s*서|RFP)" + Between + @"공[시개]|(?<of>과제)" + Between + @"공시|인터넷\s*공시";

    private const string Draft =
        @"(?:(?<![가-힣])(?:과제|기술)\s*제안\s*요구\s*서|제안\s*요구\s*서|과제\s*제안\s*서|(?<![A-Z])RFPs?)\s*(?:[(\[][^()\[\]]{1,12}[)\]]\s*)?[(\[]\s*초?안\s*[)\]]";

    /// <summary>The words as a mark in brackets, such as [사전공고] or (접수예정).</summary>
    [GeneratedRegex(
        @"[(\[【〔<]\s*(?:" + Early + @"|(?:공고|공모|모집|접수|사업)?\s*예고|(?:공고|공모|모집|접수)\s*예정|사전\s*안내)\s*(?:안내|알림)?\s*[)\]】〕>]"
        + @"|(?<=(?:공고|공모|모집|접수)\s*)[(\[]\s*예정\s*[)\]]",
        RegexOptions.CultureInvariant)]
    private static partial Regex MarkRegex();

    /// <summary>A draft of the request for proposals: RFP(안), 제안요구서(안).</summary>
    [GeneratedRegex(Draft, RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex DraftRegex();

    /// <summary>Every word of an advance notice.</summary>
    [GeneratedRegex(
        Words + "|" + Draft + @"|[(\[【〔<]\s*(?:예고|사전\s*안내)\s*[)\]】〕>]|(?<=(?:공고|공모|모집|접수)\s*)[(\[]\s*예정\s*[)\]]",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex WordsRegex();

    /// <summary>(안) of a plan, which the call has no more.</summary>
    [GeneratedRegex(@"[(\[]\s*안\s*[)\]]", RegexOptions.CultureInvariant)]
    private static partial Regex PlanRegex();

    /// <summary>How announcements end: 공고, 안내, several of them.</summary>
    [GeneratedRegex(@"(?:\s*(?:및\s*)?(?:공고|공시|공개|안내|알림|공지))+\s*$", RegexOptions.CultureInvariant)]
    private static partial Regex EndRegex();
}
