using Connect.AgencySimulator.Control;
using Microsoft.Extensions.Options;

namespace Connect.AgencySimulator.Boards;

/// <summary>Counts the requests to the boards and makes the requested faults.</summary>
internal sealed class FaultFilter(Faults faults, RequestCounts counts, IOptions<SimulatorOptions> options, TimeProvider time) : IEndpointFilter
{
    /// <summary>Marks a request whose list shall be shown without rows.</summary>
    public const string EmptyList = "empty-list";

    private const int GarbageBytes = 16 * 1024;

    private const string OtherLayout =
        "<!DOCTYPE html><html lang=\"ko\"><head><meta charset=\"UTF-8\"><title>새 누리집</title></head><body><main><section><h2>새 누리집을 열었습니다.</h2></section></main></body></html>";

    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext invocation, EndpointFilterDelegate next)
    {
        var context = invocation.HttpContext;
        var metadata = context.GetEndpoint()!.Metadata;
        var (board, isList) = (metadata.GetRequiredMetadata<BoardPages>().Board, metadata.GetMetadata<ListRoute>() is not null);
        var kind = faults.Take(board, isList);
        counts.Asked(board, isList, isFault: kind != FaultKind.None);
        switch (kind)
        {
            case FaultKind.Status404:
                return TypedResults.StatusCode(StatusCodes.Status404NotFound);
            case FaultKind.Status429:
                context.Response.Headers.RetryAfter = "1";
                return TypedResults.StatusCode(StatusCodes.Status429TooManyRequests);
            case FaultKind.Status500:
                return TypedResults.StatusCode(StatusCodes.Status500InternalServerError);
            case FaultKind.Timeout:
                await Task.Delay(Timeout.InfiniteTimeSpan, time, context.RequestAborted);
                return TypedResults.Empty;
            case FaultKind.Slow:
                await Task.Delay(options.Value.SlowBy, time, context.RequestAborted);
                return await next(invocation);
            case FaultKind.ChangedLayout:
                return TypedResults.Text(OtherLayout, "text/html; charset=utf-8");
            case FaultKind.RedirectOffsite:
                return TypedResults.Redirect("http://elsewhere.invalid/landing");
            case FaultKind.EmptyList:
                context.Items[EmptyList] = true;
                return await next(invocation);
            case FaultKind.Truncated:
                return await PageAsync(invocation, next) is { } whole ? new TruncatedResult(whole) : TypedResults.NotFound();
            case FaultKind.Oversized:
                return await PageAsync(invocation, next) is { } page ? new OversizedResult(page) : TypedResults.NotFound();
            case FaultKind.Garbage:
                return TypedResults.Bytes(Garbage(), "text/html");
            default:
                return await next(invocation);
        }
    }

    /// <summary>The page that the response would have; null for none.</summary>
    private static async ValueTask<PageResult?> PageAsync(EndpointFilterInvocationContext invocation, EndpointFilterDelegate next) =>
        await next(invocation) switch
        {
            PageResult page => page,
            INestedHttpResult { Result: PageResult page } => page,
            _ => null,
        };

    private byte[] Garbage()
    {
        var bytes = new byte[GarbageBytes];
        new Random(options.Value.Seed).NextBytes(bytes);
        return bytes;
    }
}
