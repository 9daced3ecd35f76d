using System.Buffers;
using System.Reflection;
using Microsoft.AspNetCore.Http.Metadata;

namespace Connect.Api.Matches;

/// <summary>
/// 200 with matches that are UTF-8 already: they are copied once, into the connection's buffer.
/// </summary>
internal sealed class MatchesAnswer(ReadOnlyMemory<byte> body, ReadOnlyMemory<byte> tail)
    : IResult, IEndpointMetadataProvider, IStatusCodeHttpResult
{
    private const string ContentType = "application/json; charset=utf-8";

    public int? StatusCode => StatusCodes.Status200OK;

    public static void PopulateMetadata(MethodInfo method, EndpointBuilder builder) => builder.Metadata.Add(
        new ProducesResponseTypeMetadata(StatusCodes.Status200OK, typeof(MatchesResponse), ["application/json"]));

    public Task ExecuteAsync(HttpContext httpContext)
    {
        var response = httpContext.Response;
        response.ContentType = ContentType;
        response.ContentLength = body.Length + tail.Length;
        if (!tail.IsEmpty)
        {
            return WriteBothAsync(response, httpContext.RequestAborted);
        }

        var writing = response.BodyWriter.WriteAsync(body, httpContext.RequestAborted);
        return writing.IsCompletedSuccessfully ? Task.CompletedTask : writing.AsTask();
    }

    private async Task WriteBothAsync(HttpResponse response, CancellationToken cancellationToken)
    {
        // Before the response has started, the writer has only a temporary buffer, which would be copied again.
        await response.StartAsync(cancellationToken);
        response.BodyWriter.Write(body.Span);
        response.BodyWriter.Write(tail.Span);
        await response.BodyWriter.FlushAsync(cancellationToken);
    }
}
