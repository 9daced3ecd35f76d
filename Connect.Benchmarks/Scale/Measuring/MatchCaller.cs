using System.Diagnostics;
using System.Text;
using Connect.Benchmarks.Freshness.Load;
using Connect.Benchmarks.Serving;
using Connect.Testing.Servers;

namespace Connect.Benchmarks.Scale.Measuring;

/// <summary>Asks an API for matches over one kept-alive connection, one request after the other.</summary>
internal sealed class MatchCaller : IDisposable
{
    public const string Memory = "memory";
    public const string Redis = "redis";
    public const string Miss = "miss";

    private const int Attempts = 100;
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(10);

    private readonly ServerProcess _api;
    private readonly RawConnection _connection;

    private MatchCaller(ServerProcess api, RawConnection connection) => (_api, _connection) = (api, connection);

    public static async Task<MatchCaller> OpenAsync(ServerProcess api) =>
        new(api, await RawConnection.OpenAsync(api.Address, CancellationToken.None));

    /// <summary>The request for an organization's matches.</summary>
    public byte[] Prepare(SeededOrganization organization) => Encoding.ASCII.GetBytes(
        $"GET /api/organizations/{organization.Id}/matches HTTP/1.1\r\nHost: {_api.Address.Authority}\r\nAuthorization: Bearer {organization.Token}\r\n\r\n");

    /// <summary>Sends a request; returns the time until the whole answer.</summary>
    /// <param name="request">A prepared one.</param>
    /// <param name="from">The tier that has to answer.</param>
    /// <exception cref="InvalidOperationException">Another tier has answered, or there was no answer.</exception>
    public async ValueTask<TimeSpan> AskAsync(byte[] request, string from)
    {
        var started = Stopwatch.GetTimestamp();
        var answer = await _connection.ExchangeAsync(request, CancellationToken.None);
        var elapsed = Stopwatch.GetElapsedTime(started);
        return IsFrom(answer.Span, from)
            ? elapsed
            : throw new InvalidOperationException($"Not an answer from {from}:\n{Encoding.UTF8.GetString(answer.Span[..Math.Min(answer.Length, 1000)])}\n{_api.Log()}");
    }

    /// <inheritdoc cref="AskAsync(byte[], string)"/>
    public ValueTask<TimeSpan> AskAsync(SeededOrganization organization, string from) => AskAsync(Prepare(organization), from);

    /// <summary>
    /// Sends requests until memory holds the answer: full memory takes no value until the least recently used ones have
    /// left, which happens in the background.
    /// </summary>
    /// <exception cref="InvalidOperationException">It never does.</exception>
    public async Task BringToMemoryAsync(byte[] request)
    {
        for (var attempt = 0; attempt < Attempts; attempt++)
        {
            if (IsFrom((await _connection.ExchangeAsync(request, CancellationToken.None)).Span, Memory))
            {
                return;
            }

            await Task.Delay(Pause);
        }

        await AskAsync(request, Memory);
    }

    public void Dispose() => _connection.Dispose();

    private static bool IsFrom(ReadOnlySpan<byte> answer, string from) =>
        answer.StartsWith("HTTP/1.1 200 "u8) && Ascii.Equals(RawConnection.ValueOf(answer, "\r\nX-Cache: "u8), from);
}
