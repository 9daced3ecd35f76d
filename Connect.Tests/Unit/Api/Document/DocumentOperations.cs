using System.Text.Json.Nodes;

namespace Connect.Tests.Unit.Api.Document;

/// <summary>Finds the operation of a document that a request is.</summary>
internal static class DocumentOperations
{
    /// <summary>Its method and path; null where there is none. Where two paths fit, the one with fewer parameters is meant.</summary>
    public static string? Find(IReadOnlyDictionary<string, JsonObject> operations, HttpFileRequest request)
    {
        var segments = request.Split().Path.Split('/');
        return operations.Keys
            .Where(name => name.Split(' ') is [var method, var path] && method == request.Method && Fits(path.Split('/'), segments))
            .OrderBy(name => name.Count(character => character == '{'))
            .FirstOrDefault();
    }

    private static bool Fits(string[] template, string[] segments) =>
        template.Length == segments.Length && template.Zip(segments).All(pair => pair.First.StartsWith('{') || pair.First == pair.Second);
}
