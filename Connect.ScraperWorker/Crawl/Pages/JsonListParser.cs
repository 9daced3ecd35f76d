using System.Globalization;
using System.Text;
using System.Text.Json;
using Connect.ScraperWorker.Boards;
using Connect.ScraperWorker.Crawl.Http;

namespace Connect.ScraperWorker.Crawl.Pages;

/// <summary>Parses the list of a board that answers JSON.</summary>
internal static class JsonListParser
{
    private static readonly JsonDocumentOptions Lenient = new() { AllowTrailingCommas = true, CommentHandling = JsonCommentHandling.Skip, MaxDepth = 32 };

    /// <exception cref="BoardException">It is no JSON, or without the array.</exception>
    public static ListPage Parse(string page, Uri address, int number, BoardOptions board)
    {
        using var document = Read(page) ?? throw new BoardException($"list page {number} is no JSON", BoardFailure.LayoutLost);
        if (Find(document.RootElement, board.Json.Items) is not { ValueKind: JsonValueKind.Array } items)
        {
            throw new BoardException($"list page {number} has lost its array", BoardFailure.LayoutLost);
        }

        var names = Enum.GetValues<RowField>().ToDictionary(field => field, field => RowNames.Of(board, field));
        var arguments = RowNames.Split(board.Json.Arguments);
        var place = 0;
        var rows = items.EnumerateArray().Select(item => Row(item, address, names, arguments, $"page {number}, row {++place}", board));
        return ListPage.Of(rows, HasNext(document.RootElement, board, number, items.GetArrayLength()));
    }

    /// <summary>The value at a path of properties; null where there is none.</summary>
    public static JsonElement? Find(JsonElement root, string path)
    {
        foreach (var name in path.Length == 0 ? [] : path.Split('.'))
        {
            var within = root;
            if (root.ValueKind != JsonValueKind.Object || !Tolerate(() => within.TryGetProperty(name, out root)))
            {
                return null;
            }
        }

        return root;
    }

    /// <summary>Reads a name or a string; the default where it is escaped half a character, which is no text.</summary>
    public static T? Tolerate<T>(Func<T> read)
    {
        try
        {
            return read();
        }
        catch (InvalidOperationException)
        {
            return default;
        }
    }

    /// <summary>The JSON of a text; null where it is none.</summary>
    public static JsonDocument? Read(string page)
    {
        try
        {
            // As bytes, because a text with half a character is none to the parser.
            return JsonDocument.Parse(Encoding.UTF8.GetBytes(page), Lenient);
        }
        catch (Exception exception) when (exception is JsonException or ArgumentException)
        {
            // The latter for half a surrogate pair, which is no character.
            return null;
        }
    }

    private static ListRowResult Row(
        JsonElement item, Uri page, Dictionary<RowField, string[]> names, string[] arguments, string place, BoardOptions board)
    {
        var title = Value(RowField.Title);
        if (string.IsNullOrEmpty(title))
        {
            return new(null, new(place, "no title"));
        }

        return AddressOf() is { } address
            ? new(RowReader.Read(place, title, address, Value), null)
            : new(null, new(place, "no link to a detail page"));

        string? Value(RowField field) =>
            names[field].Select(name => Text(Find(item, name), field)).FirstOrDefault(static text => !string.IsNullOrEmpty(text));

        Uri? AddressOf()
        {
            if (arguments.Length > 0 && board.DetailPath is { Length: > 0 } template)
            {
                var call = new ScriptCall([.. arguments.Select(name => Text(Find(item, name)) ?? "")]);
                return call.Fill(template) is { } path ? DetailAddress.At(board.BaseAddress!, path) : null;
            }

            return Links.TryResolve(page, Value(RowField.Link), out var link) ? link : null;
        }
    }

    private static bool HasNext(JsonElement root, BoardOptions board, int number, int rows) =>
        board.Paging.Parameter.Length > 0
        && (board.Json.Pages.Length == 0
            ? rows > 0
            : int.TryParse(Text(Find(root, board.Json.Pages)), NumberStyles.None, CultureInfo.InvariantCulture, out var pages) && pages > number);

    private static string? Text(JsonElement? value, RowField field = RowField.Title) => value switch
    {
        { ValueKind: JsonValueKind.String } text when Tolerate(text.GetString) is { } read => field == RowField.Text ? Html.BodyOf(read) : Html.LineOf(read),
        { ValueKind: JsonValueKind.Number } number => number.GetRawText(),
        _ => null,
    };
}
