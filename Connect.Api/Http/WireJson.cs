using System.Text.Json;
using System.Text.Json.Serialization;

namespace Connect.Api.Http;

/// <summary>How the API writes JSON: camelCase, enums in upper snake case, nothing unknown accepted.</summary>
internal static class WireJson
{
    /// <summary>The naming of enum members on the wire.</summary>
    public static readonly JsonNamingPolicy EnumNaming = JsonNamingPolicy.SnakeCaseUpper;

    /// <summary>The same options as the endpoints', for what is read and written by hand.</summary>
    public static JsonSerializerOptions Options { get; } = Configure(new JsonSerializerOptions(JsonSerializerDefaults.Web));

    public static JsonSerializerOptions Configure(JsonSerializerOptions options)
    {
        options.Converters.Add(new JsonStringEnumConverter(EnumNaming, allowIntegerValues: false));
        options.UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow;
        return options;
    }

    /// <summary>Reads an enum's wire name, such as <c>BIO_HEALTH</c>; false for anything else, null is no value.</summary>
    public static bool TryParse<TEnum>(string? text, out TEnum? value)
        where TEnum : struct, Enum
    {
        value = null;
        if (string.IsNullOrEmpty(text))
        {
            return true;
        }

        foreach (var candidate in Enum.GetValues<TEnum>())
        {
            if (EnumNaming.ConvertName(candidate.ToString()).Equals(text, StringComparison.OrdinalIgnoreCase))
            {
                value = candidate;
                return true;
            }
        }

        return false;
    }
}
