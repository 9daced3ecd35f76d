using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace Connect.Api.OpenApi;

/// <summary>
/// Ids, summaries and descriptions. An id is what generated clients call their methods: the route's own name where it
/// has one, else it follows from method and path, so that it stays while they stay.
/// </summary>
internal sealed class OperationNames : IOpenApiOperationTransformer
{
    // Where an operation stands and who may call it, not what it does.
    private static readonly string[] Prefixes = ["api", "admin"];

    public Task TransformAsync(OpenApiOperation operation, OpenApiOperationTransformerContext context, CancellationToken cancellationToken)
    {
        var method = context.Description.HttpMethod ?? HttpMethods.Get;
        var path = "/" + context.Description.RelativePath?.TrimEnd('/');
        if (IdentityOperations.Find(method, path) is { } known)
        {
            (operation.OperationId, operation.Summary, operation.Description) = (known.Id, known.Summary, known.Description);
            return Task.CompletedTask;
        }

        var isPaged = operation.Parameters?.Any(parameter => parameter.Name == Parameters.Cursor) == true;
        operation.OperationId = IdOf(method, path, operation.OperationId, isPaged);
        if (OperationTexts.Descriptions.TryGetValue(operation.OperationId, out var description))
        {
            operation.Description ??= description;
        }

        return Task.CompletedTask;
    }

    /// <summary>The id of an operation.</summary>
    /// <param name="method">The HTTP method.</param>
    /// <param name="path">The path, with its parameters in braces.</param>
    /// <param name="name">The route's own name, if it has one. A route has one name for all its methods.</param>
    /// <param name="isPaged">Whether it answers a page of a list, whatever the path is called.</param>
    internal static string IdOf(string method, string path, string? name, bool isPaged = false)
    {
        var isHead = HttpMethods.IsHead(method);
        if (name is not null)
        {
            return isHead ? "Head" + name : name;
        }

        var segments = path.Split('/', StringSplitOptions.RemoveEmptyEntries).Except(Prefixes).ToArray();
        var words = segments
            .Select((segment, index) => (Text: segment, IsOne: index + 1 < segments.Length && IsParameter(segments[index + 1])))
            .Where(word => !IsParameter(word.Text))
            .Select(word => Pascal(word.IsOne ? Singular(word.Text) : word.Text))
            .ToArray();
        var isItem = segments.Length > 0 && IsParameter(segments[^1]);

        // POST /matches/generate is "generate matches"; POST /scrapes is "create a scrape".
        if (HttpMethods.IsPost(method) && !isItem)
        {
            return words.Length > 1 && !words[^1].EndsWith('s')
                ? words[^1] + string.Concat(words[..^1])
                : "Create" + string.Concat(words[..^1]) + Singular(words[^1]);
        }

        var verb = isHead ? "Head"
            : HttpMethods.IsGet(method) ? !isItem && (isPaged || words[^1].EndsWith('s')) ? "List" : "Get"
            : HttpMethods.IsPatch(method) ? "Update"
            : HttpMethods.IsPut(method) ? "Replace"
            : Pascal(method.ToLowerInvariant());
        return verb + string.Concat(words);
    }

    private static bool IsParameter(string segment) => segment.StartsWith('{');

    private static string Singular(string word) =>
        word.EndsWith("ches", StringComparison.Ordinal) ? word[..^2] : word.EndsWith('s') ? word[..^1] : word;

    private static string Pascal(string word) =>
        string.Concat(word.Split('-').Where(part => part.Length > 0).Select(part => char.ToUpperInvariant(part[0]) + part[1..]));
}
