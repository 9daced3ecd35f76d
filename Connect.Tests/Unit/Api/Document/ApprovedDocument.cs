using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Connect.Tests.Unit.Api.Document;

/// <summary>The document that was approved: <c>docs/openapi/v1.json</c>.</summary>
public static class ApprovedDocument
{
    /// <summary>Where it stands in the repository.</summary>
    public const string Path = "docs/openapi/v1.json";

    private static readonly JsonSerializerOptions Options = new()
    {
        WriteIndented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        NewLine = "\n",
    };

    private static string File => RepositoryFile(Path);

    public static JsonObject Read() => JsonNode.Parse(System.IO.File.ReadAllText(File))!.AsObject();

    /// <summary>Replaces it if <c>CONNECT_APPROVE=true</c>; never on a CI machine.</summary>
    public static bool TryReplace(JsonObject document) => TryReplace(Path, document.ToJsonString(Options) + "\n");

    /// <summary>Replaces any approved file of the repository, under the same condition.</summary>
    public static bool TryReplace(string path, string text)
    {
        if (!IsSet("CONNECT_APPROVE") || IsSet("CI"))
        {
            return false;
        }

        var file = RepositoryFile(path);
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(file)!);
        System.IO.File.WriteAllText(file, text);
        return true;

        static bool IsSet(string variable) => string.Equals(Environment.GetEnvironmentVariable(variable), "true", StringComparison.OrdinalIgnoreCase);
    }

    /// <summary>The differences by kind, and how to approve them.</summary>
    public static string Describe(IReadOnlyList<Difference> differences)
    {
        var (breaks, adds, words) = (Of(DifferenceKind.Breaks), Of(DifferenceKind.Adds), Of(DifferenceKind.Words));
        return $"""
            The API's document is not the approved one, {Path}.
            BREAKS consumers: {breaks}
            Only adds: {adds}
            Only words: {words}
            If this is meant, approve it and commit the file:
            CONNECT_APPROVE=true dotnet test --project Connect.Tests -- --filter-class "Connect.Tests.Distributed.ApiDocumentTests"
            """;

        string Of(DifferenceKind kind)
        {
            var lines = differences.Where(difference => difference.Kind == kind).Select(difference => $"\n  - {difference}").ToList();
            return lines.Count == 0 ? "nothing" : string.Concat(lines);
        }
    }

    /// <summary>A file of the repository that the tests were built from.</summary>
    public static string RepositoryFile(string path)
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !System.IO.File.Exists(System.IO.Path.Combine(folder.FullName, "Connect.sln")))
        {
            folder = folder.Parent;
        }

        return System.IO.Path.Combine(folder?.FullName ?? throw new InvalidOperationException("The tests run outside of their repository."), path);
    }
}
