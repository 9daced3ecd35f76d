using System.Globalization;
using System.Text.RegularExpressions;

namespace Connect.Tests.Unit.Api.Document;

/// <summary>One request of an <c>.http</c> file, as it stands there.</summary>
/// <param name="Name">The name by which other requests refer to it; null for none.</param>
/// <param name="Method">The method.</param>
/// <param name="Address">The address, with variables.</param>
/// <param name="Headers">The headers, with variables.</param>
/// <param name="Body">The body, with variables; null where there is none.</param>
/// <param name="Expected">The status that a comment names; null for any success.</param>
public sealed record HttpFileRequest(
    string? Name, string Method, string Address, IReadOnlyList<(string Name, string Value)> Headers, string? Body, int? Expected)
{
    /// <summary>The path without the host and the query, and the names in the query.</summary>
    public (string Path, IReadOnlyList<string> Query) Split()
    {
        var parts = Address.Replace("{{host}}", "", StringComparison.Ordinal).Split('?');
        return (parts[0], parts.Length == 1 ? [] : [.. parts[1].Split('&').Select(pair => pair.Split('=')[0])]);
    }

    public override string ToString() => $"{Method} {Address}";
}

/// <summary>The part of the format that Visual Studio, Rider and Visual Studio Code share.</summary>
/// <param name="Variables">The file's variables.</param>
/// <param name="Requests">Its requests.</param>
public sealed partial record HttpFile(IReadOnlyDictionary<string, string> Variables, IReadOnlyList<HttpFileRequest> Requests)
{
    public static HttpFile Parse(string text)
    {
        Dictionary<string, string> variables = [];
        List<HttpFileRequest> requests = [];
        foreach (var block in Separator().Split(text.ReplaceLineEndings("\n")))
        {
            var lines = block.Split('\n').SkipWhile(line => !IsRequest(line)).ToArray();
            var before = block.Split('\n').TakeWhile(line => !IsRequest(line)).ToArray();
            foreach (var match in before.Select(line => Variable().Match(line)).Where(match => match.Success))
            {
                variables[match.Groups[1].Value] = match.Groups[2].Value;
            }

            if (lines.Length > 0)
            {
                requests.Add(ParseRequest(before, lines));
            }
        }

        return new HttpFile(variables, requests);
    }

    private static HttpFileRequest ParseRequest(string[] before, string[] lines)
    {
        var words = lines[0].Split(' ', 2);
        var headers = lines.Skip(1).TakeWhile(line => line.Length > 0).Select(line => line.Split(": ", 2)).Select(pair => (pair[0], pair[1])).ToList();
        var body = string.Join('\n', lines.Skip(1 + headers.Count)).Trim();
        return new HttpFileRequest(
            First(Name()), words[0], words[1].Trim(), headers, body.Length == 0 ? null : body,
            First(Expectation()) is { } status ? int.Parse(status, CultureInfo.InvariantCulture) : null);

        string? First(Regex pattern) =>
            before.Select(line => pattern.Match(line)).FirstOrDefault(match => match.Success) is { } match ? match.Groups[1].Value : null;
    }

    private static bool IsRequest(string line) => RequestLine().IsMatch(line);

    [GeneratedRegex(@"^###.*$\n?", RegexOptions.Multiline)]
    private static partial Regex Separator();

    [GeneratedRegex("^(GET|HEAD|POST|PUT|PATCH|DELETE) ")]
    private static partial Regex RequestLine();

    [GeneratedRegex(@"^@(\w+) *= *(.+?) *$")]
    private static partial Regex Variable();

    [GeneratedRegex(@"^# @name (\w+)$")]
    private static partial Regex Name();

    [GeneratedRegex("^# Expects ([0-9]{3})")]
    private static partial Regex Expectation();
}
