using System.Net;
using System.Net.Sockets;
using System.Text;
using Connect.Caching.Layers;

namespace Connect.Benchmarks.Serving;

/// <summary>An answer's bytes, head and body, which stand until the connection's next request.</summary>
internal readonly struct RawAnswer(ReadOnlyMemory<byte> bytes)
{
    private const int Shown = 1_000;

    public ReadOnlySpan<byte> Bytes => bytes.Span;

    public int Status => int.Parse(Bytes[9..12], CultureInfo.InvariantCulture);

    /// <summary>Where it came from, by <c>X-Cache</c>; null where that names no tier.</summary>
    public CacheOutcome? Outcome
    {
        get
        {
            var cache = ValueOf("\r\nX-Cache: "u8);
            return cache.IndexOf("stale"u8) >= 0 ? CacheOutcome.Stale
                : cache.SequenceEqual("memory"u8) ? CacheOutcome.Memory
                : cache.SequenceEqual("redis"u8) ? CacheOutcome.Redis
                : cache.SequenceEqual("miss"u8) ? CacheOutcome.Miss
                : null;
        }
    }

    /// <summary>A header's value, by its name between line break and space; empty where there is none.</summary>
    public ReadOnlySpan<byte> ValueOf(ReadOnlySpan<byte> name)
    {
        var start = Bytes.IndexOf(name);
        if (start < 0)
        {
            return [];
        }

        var value = Bytes[(start + name.Length)..];
        return value[..value.IndexOf("\r\n"u8)];
    }

    /// <summary>Its beginning, for messages.</summary>
    public override string ToString() => Encoding.UTF8.GetString(Bytes[..Math.Min(Bytes.Length, Shown)]);
}

/// <summary>
/// One kept-alive connection that sends prepared requests and looks for a few bytes in the answers: the driver shares
/// the machine with what it measures, and a real client would take half of it.
/// </summary>
internal sealed class RawConnection : IDisposable
{
    private readonly Socket _socket = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
    private byte[] _buffer = new byte[16 * 1024];

    public static async Task<RawConnection> OpenAsync(Uri address, CancellationToken cancellationToken = default)
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

    /// <summary>
    /// A member's request, from method, path and query, with a merge patch: empty for an empty body, null for no body.
    /// </summary>
    public static byte[] Prepare(Uri address, string token, string line, string? patch = null)
    {
        var length = patch is null ? "" : $"Content-Length: {Encoding.UTF8.GetByteCount(patch)}\r\n";
        var type = string.IsNullOrEmpty(patch) ? "" : "Content-Type: application/merge-patch+json\r\n";
        return Encoding.UTF8.GetBytes(
            $"{line} HTTP/1.1\r\nHost: {address.Authority}\r\nAuthorization: Bearer {token}\r\n{type}{length}\r\n{patch}");
    }

    /// <summary>Sends a request and waits for the whole answer.</summary>
    /// <exception cref="IOException">The connection was closed.</exception>
    public async ValueTask<RawAnswer> AskAsync(byte[] request, CancellationToken cancellationToken = default)
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
            if (IsComplete(_buffer.AsMemory(0, filled)))
            {
                return new(_buffer.AsMemory(0, filled));
            }
        }
    }

    public void Dispose() => _socket.Dispose();

    // Nothing is pipelined, so an answer's end is the buffer's; JSON holds no line break.
    private static bool IsComplete(ReadOnlyMemory<byte> answer)
    {
        var end = answer.Span.IndexOf("\r\n\r\n"u8);
        if (end < 0)
        {
            return false;
        }

        var head = new RawAnswer(answer[..(end + 2)]);
        if (head.ValueOf("\r\nTransfer-Encoding: "u8).SequenceEqual("chunked"u8))
        {
            return answer.Span.EndsWith("\r\n0\r\n\r\n"u8);
        }

        var length = head.ValueOf("\r\nContent-Length: "u8);
        return length.IsEmpty || answer.Length >= end + 4 + int.Parse(length, CultureInfo.InvariantCulture);
    }
}
