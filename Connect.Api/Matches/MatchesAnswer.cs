using System.Buffers;
using System.Reflection;
using Microsoft.AspNetCore.Http.Metadata;

namespace Connect.Api.Matches;

/// <summary>
/// 200 with matches that are UTF-8 already: they go from where they are kept into the connection's buffer, and nowhere else.
/// </summary>
internal sealed class MatchesAnswer(byte[] head, ReadOnlyMemory<byte[]> matches, byte[] tail)
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
        response.ContentLength = Length();

        // Before the response has started there is no connection's buffer to write to, only one that is copied later.
        var starting = response.StartAsync(httpContext.RequestAborted);
        return starting.IsCompletedSuccessfully ? WriteAsync(httpContext) : StartAsync(starting, httpContext);
    }

    private async Task StartAsync(Task starting, HttpContext httpContext)
    {
        await starting;
        await WriteAsync(httpContext);
    }

    private Task WriteAsync(HttpContext httpContext)
    {
        var writer = httpContext.Response.BodyWriter;
        writer.Write(head);
        foreach (var match in matches.Span)
        {
            writer.Write(match);
        }

        writer.Write(tail);
        var flushing = writer.FlushAsync(httpContext.RequestAborted);
        return flushing.IsCompletedSuccessfully ? Task.CompletedTask : flushing.AsTask();
    }

    private long Length()
    {
        var length = (long)head.Length + tail.Length;
        foreach (var match in matches.Span)
        {
            length += match.Length;
        }

        return length;
    }
}
