using System.IO.Hashing;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Connect.Domain.Classification;

/// <summary>The embedded data files, and a hash of their content.</summary>
internal static class ClassificationData
{
    public const string Sectors = "taxonomy.json";
    public const string Relevance = "relevance.json";
    public const string Ministries = "ministries.json";
    public const string StopWords = "stop-words.json";
    public const string Regions = "regions.json";

    private const string Prefix = "Connect.Domain.Classification.Data.";

    private static readonly Lazy<string> ContentHash = new(ComputeHash);

    /// <summary>
    /// Hash of all files, eight hexadecimal digits: a part of the versions of classifier and matching.
    /// </summary>
    public static string Fingerprint => ContentHash.Value;

    /// <summary>A shipped file.</summary>
    public static Stream Open(string name) =>
        typeof(ClassificationData).Assembly.GetManifestResourceStream(Prefix + name)
        ?? throw new InvalidDataException($"Resource {Prefix}{name} is missing.");

    /// <summary>Reads a file of a known shape.</summary>
    /// <exception cref="InvalidDataException">It is not of that shape.</exception>
    public static T Read<T>(Stream stream, JsonTypeInfo<T> type)
        where T : class
    {
        try
        {
            return JsonSerializer.Deserialize(stream, type) ?? throw new InvalidDataException($"There is no {typeof(T).Name} in the file.");
        }
        catch (JsonException exception)
        {
            throw new InvalidDataException($"The file is no {typeof(T).Name}.", exception);
        }
    }

    private static string ComputeHash()
    {
        var hash = new XxHash64();
        foreach (var name in (string[])[Sectors, Relevance, Ministries, StopWords, Regions])
        {
            using var stream = Open(name);
            hash.Append(stream);
        }

        return hash.GetCurrentHashAsUInt64().ToString("x16", System.Globalization.CultureInfo.InvariantCulture)[..8];
    }
}
