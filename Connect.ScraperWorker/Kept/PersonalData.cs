using System.Buffers;
using System.Text.RegularExpressions;

namespace Connect.ScraperWorker.Kept;

/// <summary>What follows a text whose personal data was masked.</summary>
internal enum AfterText
{
    /// <summary>Anything.</summary>
    Open,

    /// <summary>The rest of a line of which a label's value was masked.</summary>
    RestOfValue,

    /// <summary>The value of a label with which the text ends.</summary>
    Value,
}

/// <summary>
/// Masks personal data and secrets in a text: mail addresses, telephone and identity numbers, keys, names before those, names with a title, and
/// everything behind a label such as 담당자. It masks too much rather than too little; its time is linear in the text's length.
/// </summary>
internal static partial class PersonalData
{
    public const string Mask = "***";

    private const int LongestLabel = 15;

    private static readonly SearchValues<char> MailSigns = SearchValues.Create("@＠([{");

    private const string Titles =
        "(?:(?:책임|선임|수석|주임|전임)(?:연구원|행정원|기술원|전문원)?|연구위원|전문위원|연구원|행정원|사무관|주무관|서기관|연구관|연구사|팀장|과장|차장|부장|실장|센터장|단장|대리|교수|박사)";

    /// <summary>Whether a short text is a label of personal data, such as the heading of a column.</summary>
    public static bool IsLabel(string text) => text.Length <= LongestLabel && LabelRegex().IsMatch(text);

    /// <summary>Masks one line, and what stands behind a label in it.</summary>
    public static (string Text, AfterText Next) MaskLine(string line)
    {
        var label = LabelRegex().Match(line);
        if (!label.Success)
        {
            return (MaskNumbers(line), AfterText.Open);
        }

        var head = MaskNumbers(line[..label.Index]);
        var end = label.Index + label.Length;
        while (true)
        {
            var value = IndexOfWord(line, end);
            if (value < 0)
            {
                return (head + line[label.Index..], AfterText.Value);
            }

            // 담당자 연락처 are two labels of one value.
            var next = LabelRegex().Match(line, value);
            if (!next.Success || next.Index != value)
            {
                return (string.Concat(head, line.AsSpan(label.Index, value - label.Index), Mask), AfterText.RestOfValue);
            }

            end = next.Index + next.Length;
        }
    }

    /// <summary>Masks a text line by line; a label at the end of a line has its value in the next one.</summary>
    public static string MaskLines(string text)
    {
        var lines = text.Split('\n');
        var awaitsValue = false;
        for (var i = 0; i < lines.Length; i++)
        {
            if (awaitsValue && IndexOfWord(lines[i], 0) >= 0 && !IsLabel(lines[i]))
            {
                (lines[i], awaitsValue) = (Mask, false);
            }
            else
            {
                (lines[i], var next) = MaskLine(lines[i]);
                awaitsValue = next == AfterText.Value || (awaitsValue && IndexOfWord(lines[i], 0) < 0);
            }
        }

        return string.Join('\n', lines);
    }

    /// <summary>Masks what is personal or secret by its own form, wherever it stands.</summary>
    public static string MaskNumbers(string text)
    {
        if (text.Length == 0)
        {
            return text;
        }

        text = KeyRegex().Replace(text, "${name}" + Mask);
        text = text.AsSpan().ContainsAny(MailSigns) ? MailRegex().Replace(text, Mask) : text;
        text = IdentityRegex().Replace(text, Mask);
        text = TelephoneRegex().Replace(text, Mask);
        text = TokenRegex().Replace(text, Mask);
        text = TitledNameRegex().Replace(text, Mask + " ${title}");
        return NameBeforeRegex().Replace(text, Mask + "${between}");
    }

    /// <summary>Where the first letter or digit stands; -1 where there is none.</summary>
    public static int IndexOfWord(string text, int start)
    {
        for (var i = start; i < text.Length; i++)
        {
            if (char.IsLetterOrDigit(text[i]) || char.IsSurrogate(text[i]))
            {
                return i;
            }
        }

        return -1;
    }

    // 담당자는 and 문의하시기 are words of a sentence: a label ends, or signs follow it.
    [GeneratedRegex(
        @"(?:담\s{0,3}당(?:\s{0,3}자|관)?|작\s?성\s?자|등\s?록\s?자|게\s?시\s?자|글쓴이|책임자|신청자|접수자|대표자?|대표이사|성\s{0,5}명|이\s{0,5}름"
        + @"|문\s?의(?:\s?처|\s?사항|\s?전화)?|연\s?락\s?처|접수처|제출처|전\s?화(?:\s?번호)?|팩\s?스|휴대(?:폰|전화)|핸드폰|(?:이|전자)?메일(?:\s?주소)?|전자우편"
        + @"|(?<![A-Za-z])(?:tel|fax|e-?mail|mobile|phone|writer|author|name|contact|manager)(?:\s?no)?)(?=[^\p{L}\p{N}]|\z)",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex LabelRegex();

    // serviceKey=…, "apiKey": "…", crtfcKey=…; a session's id and a form's token too.
    [GeneratedRegex(
        @"(?<name>(?:key|token|secret|passwd|password|pwd|auth|session(?:id)?|csrf|(?<![a-z])sid)[""']?\s{0,3}[=:]\s{0,3}[""']?)[^\s&""'<>;,)*]{1,2000}",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex KeyRegex();

    [GeneratedRegex(
        @"[^\s@＠<>""'(),;:=]{1,64}\s{0,2}(?:[@＠]|[(\[{]\s?(?:at|골뱅이)\s?[)\]}])\s{0,2}[^\s@＠<>""'(),;:=]{1,190}",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex MailRegex();

    // Resident and foreigner numbers, cards, businesses of one person, passports.
    [GeneratedRegex(
        @"(?<!\d)(?:\d{6}\s?[-–]?\s?[1-8](?:\d{6}|\*{6})|\d{4}-\d{4}-\d{4}-\d{4}|\d{3}-\d{2}-\d{5})(?!\d)"
        + @"|(?<![A-Za-z0-9])[MSRODG](?:\d{8}|\d{3}[A-Z]\d{4})(?![A-Za-z0-9])",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex IdentityRegex();

    // 02-123-4567, (02) 123-4567, 044.000.0000, 01012345678, +82 10 1234 5678, 1588-1234; shorter ones behind a word or sign.
    [GeneratedRegex(
        @"(?<!\d)(?:\+\s?82[\s.\-–)]{0,3}(?:\(0\))?\d{1,3}|\([0０]\d{1,3}\)|[0０]\d{1,3})[\s.\-–—‐‑－·)]{0,3}\d{3,4}[\s.\-–—‐‑－·]{0,3}\d{4}(?!\d)|(?<![\d-])1[5-8]\d{2}[\-–.]\d{4}(?![\d-])"
        + @"|(?:[☎☏✆]|내선)(?:\s?번호)?\s?[:.)]?\s?\d[\d\s().,~/\-–]{2,30}",
        RegexOptions.CultureInvariant)]
    private static partial Regex TelephoneRegex();

    // A long word with digits: a key that is named by nothing.
    [GeneratedRegex(@"(?<![A-Za-z0-9+_%])(?=[A-Za-z+_%]{0,200}\d)[A-Za-z0-9+_%]{40,}", RegexOptions.CultureInvariant)]
    private static partial Regex TokenRegex();

    [GeneratedRegex(@"(?<![가-힣])[가-힣]{2,4}\s{1,2}(?<title>" + Titles + @")(?![가-힣])", RegexOptions.CultureInvariant)]
    private static partial Regex TitledNameRegex();

    // 홍길동(***)
    [GeneratedRegex(@"(?<![가-힣])[가-힣]{2,4}(?<between>\s{0,2}[(\[:/,]?\s{0,2})(?=\*\*\*)", RegexOptions.CultureInvariant)]
    private static partial Regex NameBeforeRegex();
}
