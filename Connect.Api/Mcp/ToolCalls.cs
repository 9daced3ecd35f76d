using System.Globalization;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Http.Extensions;
using ModelContextProtocol.Protocol;

namespace Connect.Api.Mcp;

/// <summary>Answers calls of tools with the answers of routes.</summary>
internal sealed class ToolCalls(OwnRoutes routes, IHttpContextAccessor accessor)
{
    private HttpContext Http => accessor.HttpContext ?? throw new InvalidOperationException("A tool is called outside of a request.");

    /// <summary>The organization that a tool's answer is for: the caller's own where none is named.</summary>
    public Guid OrganizationOf(Guid? named) => named ?? Caller.Of(Http).OrganizationId ?? Guid.Empty;

    /// <summary>Asks a route. An error is a result too, with the API's problem: an agent can mend its call.</summary>
    /// <param name="method">GET, or a POST without a body.</param>
    /// <param name="path">The route's path.</param>
    /// <param name="language">ko or en; null for the default.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <param name="query">Names and values of the query string: texts, numbers, yes or no, enums, lists of these, or null.</param>
    public async Task<CallToolResult> AskAsync(
        string method, FormattableString path, string? language, CancellationToken cancellationToken, params (string Name, object? Value)[] query)
    {
        var parameters = new QueryBuilder();
        foreach (var (name, value) in query)
        {
            foreach (var one in value is not string and System.Collections.IEnumerable many ? many.Cast<object?>() : [value])
            {
                if (one is not null)
                {
                    parameters.Add(name, TextOf(one));
                }
            }
        }

        var (status, body) = await routes.SendAsync(
            Http, method, path.ToString(CultureInfo.InvariantCulture), parameters.ToQueryString(), language, cancellationToken);
        return new CallToolResult
        {
            Content = [new TextContentBlock { Text = Encoding.UTF8.GetString(body) }],
            StructuredContent = body.Length == 0 ? null : JsonSerializer.Deserialize<JsonElement>(body),
            IsError = status >= StatusCodes.Status400BadRequest,
        };
    }

    private static string TextOf(object value) => value switch
    {
        Enum name => WireJson.EnumNaming.ConvertName(name.ToString()),
        bool yes => yes ? "true" : "false",
        _ => Convert.ToString(value, CultureInfo.InvariantCulture)!,
    };
}
