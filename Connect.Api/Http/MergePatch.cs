using System.ComponentModel.DataAnnotations;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Connect.Api.Http;

/// <summary>JSON Merge Patch (RFC 7396) over a contract.</summary>
internal static class MergePatch
{
    /// <summary>Reads a patch from a body.</summary>
    /// <exception cref="BadHttpRequestException">It is no JSON object.</exception>
    public static JsonObject Read(JsonElement body) =>
        WireJson.TryReadObject(body, out var patch)
            ? patch
            : throw new BadHttpRequestException("The body is not a JSON object of Unicode text.");

    /// <summary>Applies a patch to a contract, which <typeparamref name="T"/> may add fields to; on failure the errors by field.</summary>
    public static (T? Result, Dictionary<string, string[]>? Errors) Apply<T>(object target, JsonObject patch)
        where T : class
    {
        var document = JsonSerializer.SerializeToNode(target, WireJson.Options)!.AsObject();
        foreach (var (name, value) in patch)
        {
            document[name] = value?.DeepClone();
        }

        try
        {
            var result = document.Deserialize<T>(WireJson.Options)!;
            return Validate(result) is { Count: > 0 } errors ? (null, errors) : (result, null);
        }
        catch (JsonException exception)
        {
            var field = exception.Path is { Length: > 2 } path ? path[2..] : "";
            return (null, new() { [field] = ["The value is not of the expected form, or the field does not exist."] });
        }
    }

    private static Dictionary<string, string[]> Validate(object value)
    {
        List<ValidationResult> results = [];
        Validator.TryValidateObject(value, new ValidationContext(value), results, validateAllProperties: true);
        return results
            .SelectMany(result => result.MemberNames.Select(member => (member, result.ErrorMessage)))
            .GroupBy(entry => JsonNamingPolicy.CamelCase.ConvertName(entry.member), entry => entry.ErrorMessage ?? "Invalid.")
            .ToDictionary(group => group.Key, group => group.ToArray());
    }
}
