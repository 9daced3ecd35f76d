using System.Net.Http.Headers;
using System.Text;
using Connect.Benchmarks.Load.Asking;

namespace Connect.Benchmarks.Load.Running;

/// <summary>
/// Sends requests to the replicas in turns, as a proxy does, over kept connections. Small, because it shares the
/// machine with the measured processes.
/// </summary>
internal sealed class LoadClient(IReadOnlyList<Uri> replicas) : IDisposable
{
    private const string NoStore = "no-store";

    private static readonly MediaTypeHeaderValue MergePatch = new("application/merge-patch+json");

    private readonly HttpMessageInvoker _http = new(new SocketsHttpHandler
    {
        UseProxy = false,
        UseCookies = false,
        AllowAutoRedirect = false,
        ActivityHeadersPropagator = null,
        PooledConnectionIdleTimeout = TimeSpan.FromMinutes(5),
    });

    private uint _turn;

    public Uri NextReplica() => replicas[(int)(Interlocked.Increment(ref _turn) % replicas.Count)];

    public async Task<(LoadAnswer Answer, TimeSpan Took)> SendAsync(LoadAsk ask, string token, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(ask.Method, new Uri(NextReplica(), ask.Path));
        request.Headers.TryAddWithoutValidation("Authorization", "Bearer " + token);
        if (ask.KnownTag is { } tag)
        {
            request.Headers.TryAddWithoutValidation("If-None-Match", tag);
        }

        if (ask.Patch is { } patch)
        {
            request.Content = new ByteArrayContent(Encoding.UTF8.GetBytes(patch)) { Headers = { ContentType = MergePatch } };
        }

        var startedAt = Stopwatch.GetTimestamp();
        using var response = await _http.SendAsync(request, cancellationToken);
        var body = await response.Content.ReadAsByteArrayAsync(cancellationToken);
        return (Read(response, body), Stopwatch.GetElapsedTime(startedAt));
    }

    public void Dispose() => _http.Dispose();

    private static LoadAnswer Read(HttpResponseMessage response, byte[] body)
    {
        var mayBeKept = !(ValueOf(response, "Cache-Control")?.Contains(NoStore, StringComparison.Ordinal) ?? false);
        return new((int)response.StatusCode, body)
        {
            Tag = mayBeKept ? ValueOf(response, "ETag") : null,
            Cache = ValueOf(response, "X-Cache"),
        };
    }

    private static string? ValueOf(HttpResponseMessage response, string name) =>
        response.Headers.NonValidated.TryGetValues(name, out var values) ? values.ToString() : null;
}
