using System.Text.Json;

namespace Connect.Benchmarks.Quality;

/// <summary>A piece of a real announcement, and what a person has read in it.</summary>
/// <param name="Kind"><c>period</c>, <c>amount</c>, <c>trl</c> or <c>audience</c>.</param>
/// <param name="Text">The piece.</param>
/// <param name="Label">What stood before it; null for nothing.</param>
/// <param name="Line">The whole line; null where it is not known.</param>
/// <param name="Role">Of a period: <c>application</c>, <c>publication</c> or <c>other</c>.</param>
/// <param name="Expected">What is right.</param>
internal sealed record ReadingText(string Kind, string Text, JsonElement Expected, string? Label = null, string? Line = null, string? Role = null)
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
    };

    /// <summary>Reads a file of one piece a line.</summary>
    /// <exception cref="InvalidDataException">A line cannot be read.</exception>
    public static ImmutableArray<ReadingText> ReadAll(string path) =>
    [
        .. File.ReadLines(path).Index().Where(static line => line.Item.Length > 0).Select(line => Parse(line.Item)
            ?? throw new InvalidDataException($"{path}, line {line.Index + 1}: no text with what is expected of it.")),
    ];

    /// <summary>An integer of what is expected; null where it is null or left out.</summary>
    public long? Number(string name) =>
        Expected.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Number ? value.GetInt64() : null;

    /// <summary>A text of what is expected; null where it is null or left out.</summary>
    public string? Word(string name) =>
        Expected.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    /// <summary>Whether something is expected to be true.</summary>
    public bool Is(string name) => Expected.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.True;

    private static ReadingText? Parse(string line)
    {
        try
        {
            return JsonSerializer.Deserialize<ReadingText>(line, Json) is { Expected.ValueKind: JsonValueKind.Object } text ? text : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
