using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Connect.Testing.Freshness;

namespace Connect.Benchmarks.Freshness.Load;

/// <summary>The answer to one request for the oracle; for an error, its text.</summary>
internal readonly record struct RawAnswer(ReadOutcome Outcome, int Word, int Revision, string? Error = null);

/// <summary>
/// One kept-alive connection that sends prepared requests and searches the answers for a few bytes. The driver shares
/// the machine with the measured processes, and a real client would take half of it.
/// </summary>
internal sealed class RawConnection : IDisposable
{
    private readonly Socket _socket = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
    private byte[] _buffer = new byte[16 * 1024];

    public static async Task<RawConnection> OpenAsync(Uri address, CancellationToken cancellationToken)
    {
        var connection = new RawConnection();
        try
        {
            await connection._socket.ConnectAsync(new IPEndPoint(IPAddress.Parse(address.Host), address.Port), cancellationToken);
            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    /// <summary>A request for an organization's best match.</summary>
    public static byte[] Prepare(Uri address, Guid organizationId, string token) => System.Text.Encoding.ASCII.GetBytes(
        $"GET /api/organizations/{organizationId}/matches?limit=1 HTTP/1.1\r\nHost: {address.Authority}\r\nAuthorization: Bearer {token}\r\n\r\n");

    public async ValueTask<RawAnswer> AskAsync(byte[] request, CancellationToken cancellationToken) =>
        Read((await ExchangeAsync(request, cancellationToken)).Span);

    /// <summary>Sends a request and waits for the whole answer, which stands there until the next request.</summary>
    public async ValueTask<ReadOnlyMemory<byte>> ExchangeAsync(byte[] request, CancellationToken cancellationToken)
    {
        await _socket.SendAsync(request, cancellationToken);
        var filled = 0;
        while (true)
        {
            if (filled == _buffer.Length)
            {
                Array.Resize(ref _buffer, _buffer.Length * 2);
            }

            var count = await _socket.ReceiveAsync(_buffer.AsMemory(filled), cancellationToken);
            if (count == 0)
            {
                throw new IOException("The instance closed the connection.");
            }

            filled += count;
            if (IsComplete(_buffer.AsSpan(0, filled)))
            {
                return _buffer.AsMemory(0, filled);
            }
        }
    }

    public void Dispose() => _socket.Dispose();

    // Requests are not pipelined, so an answer ends where the buffer ends. JSON has no line break.
    private static bool IsComplete(ReadOnlySpan<byte> answer)
    {
        var end = answer.IndexOf("\r\n\r\n"u8);
        if (end < 0)
        {
            return false;
        }

        var head = answer[..(end + 2)];
        if (ValueOf(head, "\r\nTransfer-Encoding: "u8).SequenceEqual("chunked"u8))
        {
            return answer.EndsWith("\r\n0\r\n\r\n"u8);
        }

        var length = ValueOf(head, "\r\nContent-Length: "u8);
        return length.IsEmpty || answer.Length >= end + 4 + int.Parse(length, CultureInfo.InvariantCulture);
    }

    private static RawAnswer Read(ReadOnlySpan<byte> answer)
    {
        var status = int.Parse(answer[9..12], CultureInfo.InvariantCulture);
        if (status != 200)
        {
            return status == 503
                ? new(ReadOutcome.Unavailable, 0, 0)
                : new(ReadOutcome.Failed, 0, 0, System.Text.Encoding.UTF8.GetString(answer));
        }

        if (!FreshnessWords.TryFind(answer, out var word, out var revision))
        {
            return new(ReadOutcome.Empty, 0, 0);
        }

        var cache = ValueOf(answer, "\r\nX-Cache: "u8);
        var outcome = cache.IndexOf("stale"u8) >= 0 ? ReadOutcome.MarkedStale
            : cache.SequenceEqual("memory"u8) ? ReadOutcome.Memory
            : cache.SequenceEqual("redis"u8) ? ReadOutcome.Redis
            : cache.SequenceEqual("miss"u8) ? ReadOutcome.Miss
            : ReadOutcome.Unnamed;
        return new(outcome, word, revision);
    }

    /// <summary>The value of a header, named with the line break before it and the colon and space behind it; empty where there is none.</summary>
    public static ReadOnlySpan<byte> ValueOf(ReadOnlySpan<byte> head, ReadOnlySpan<byte> name)
    {
        var start = head.IndexOf(name);
        if (start < 0)
        {
            return [];
        }

        var value = head[(start + name.Length)..];
        return value[..value.IndexOf("\r\n"u8)];
    }
}
