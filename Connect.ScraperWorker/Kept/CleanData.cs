using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using Connect.Domain.KoreanText;
using Connect.ScraperWorker.Boards;
using Connect.ScraperWorker.Crawl.Pages;

namespace Connect.ScraperWorker.Kept;

/// <summary>
/// Writes JSON and feeds anew. Names of properties and elements are kept. Values that the layout reads are kept, with their personal data masked;
/// of others only numbers, dates and codes, because anything else can be a name.
/// </summary>
internal sealed partial class CleanData
{
    private const int LongestValue = 2_000;
    private const int Deepest = 32;

    private readonly HashSet<string> _read;

    private CleanData(BoardOptions board) => _read =
    [
        .. Enum.GetValues<RowField>().SelectMany(field => RowNames.Of(board, field)).Concat(RowNames.Split(board.Json.Arguments))
            .Select(static path => path[(path.LastIndexOf('.') + 1)..]),
    ];

    /// <summary>Whether a text is a number, a date or a code, and so no name.</summary>
    public static bool IsCode(string text) => CodeRegex().IsMatch(text);

    /// <summary>Cleans JSON; null where the text is none, or has half a surrogate pair.</summary>
    public static string? OfJson(string page, BoardOptions board)
    {
        try
        {
            return WriteJson(page, board);
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }

    /// <summary>Cleans XML; null where the text is none.</summary>
    public static string? OfFeed(string page, BoardOptions board)
    {
        if (FeedParser.Read(page)?.Root is not { } root)
        {
            return null;
        }

        var text = new StringBuilder();
        new CleanData(board).Write(text, root, 0);
        return text.ToString();
    }

    private static string? WriteJson(string page, BoardOptions board)
    {
        using var document = JsonListParser.Read(page);
        if (document is null)
        {
            return null;
        }

        using var written = new MemoryStream();
        using (var writer = new Utf8JsonWriter(written, new JsonWriterOptions { Indented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            new CleanData(board).Write(writer, document.RootElement, "");
        }

        return Encoding.UTF8.GetString(written.ToArray());
    }

    private void Write(Utf8JsonWriter writer, JsonElement element, string name)
    {
        switch (element.ValueKind)
        {
            case JsonValueKind.Object:
                writer.WriteStartObject();
                foreach (var property in element.EnumerateObject())
                {
                    writer.WritePropertyName(PersonalData.MaskNumbers(PlainText.Clean(property.Name)));
                    Write(writer, property.Value, property.Name);
                }

                writer.WriteEndObject();
                break;
            case JsonValueKind.Array:
                writer.WriteStartArray();
                foreach (var item in element.EnumerateArray())
                {
                    Write(writer, item, name);
                }

                writer.WriteEndArray();
                break;
            case JsonValueKind.String:
                writer.WriteStringValue(Value(name, element.GetString()!));
                break;
            case JsonValueKind.Number when PersonalData.MaskNumbers(element.GetRawText()) != element.GetRawText():
                writer.WriteStringValue(PersonalData.Mask);
                break;
            default:
                element.WriteTo(writer);
                break;
        }
    }

    private void Write(StringBuilder text, XElement element, int depth)
    {
        // Recursive to a depth that no feed has.
        text.Append(' ', depth).Append('<').Append(element.Name.LocalName).Append('>');
        if (!element.HasElements)
        {
            var link = (string?)element.Attribute("href");
            text.Append(Escape(Value(element.Name.LocalName, link ?? element.Value)));
        }
        else if (depth < Deepest)
        {
            text.Append('\n');
            foreach (var child in element.Elements())
            {
                Write(text, child, depth + 1);
            }

            text.Append(' ', depth);
        }

        text.Append("</").Append(element.Name.LocalName).Append(">\n");
    }

    private string Value(string name, string value)
    {
        var text = Html.BodyOf(ShortText.Cut(value, LongestValue));
        return LinkRegex().IsMatch(text) ? CleanAddress.Of(text)
            : _read.Contains(name) ? PersonalData.MaskLines(text)
            : text.Length == 0 ? ""
            : IsCode(text) ? PersonalData.MaskNumbers(text)
            : PersonalData.Mask;
    }

    private static string Escape(string text) =>
        text.Replace("&", "&amp;", StringComparison.Ordinal).Replace("<", "&lt;", StringComparison.Ordinal);

    [GeneratedRegex(@"\A(?:https?://|/)\S*\z", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex LinkRegex();

    [GeneratedRegex(@"\A(?:[0-9.,:/~TZ+\- ]{1,100}|[A-Z0-9_]{1,80}|[YN]|true|false)\z", RegexOptions.CultureInvariant)]
    private static partial Regex CodeRegex();
}
