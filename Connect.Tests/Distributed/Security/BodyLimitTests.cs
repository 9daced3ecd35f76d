using System.Globalization;
using System.Net.Sockets;
using System.Text;

namespace Connect.Tests.Distributed.Security;

/// <summary>A client that writes its whole request before it reads, as many do, gets the answer 413.</summary>
public sealed class BodyLimitTests(RunningApplication application)
{
    private const int Limit = 2048;
    private const int MuchMore = 4 << 20;
    private const int Chunk = 64 << 10;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Answer_arrives_when_the_body_is_far_too_large(bool isChunked)
    {
        await using var instances = await ApiInstances.CreateAsync(application);
        var api = await instances.HostAsync(("Edge__MaxRequestBodyBytes", Limit.ToString(CultureInfo.InvariantCulture)));

        // More than the buffers between the two hold: a connection that is closed meanwhile is an error of the writer.
        var large = await PostAsync(api.Address, MuchMore, isChunked);
        var least = await PostAsync(api.Address, Limit + 1, isChunked);
        var most = await PostAsync(api.Address, Limit, isChunked);

        Assert.StartsWith("HTTP/1.1 413 ", large, StringComparison.Ordinal);
        Assert.Contains("urn:connect:problem:payload-too-large", large, StringComparison.Ordinal);
        Assert.StartsWith("HTTP/1.1 413 ", least, StringComparison.Ordinal);
        Assert.StartsWith("HTTP/1.1 401 ", most, StringComparison.Ordinal);
    }

    /// <summary>Writes a sign-in of so many bytes, then reads until the connection's end.</summary>
    private static async Task<string> PostAsync(Uri api, int length, bool isChunked)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        patience.CancelAfter(Patience);
        using var client = new TcpClient();
        await client.ConnectAsync(api.Host, api.Port, patience.Token);
        await using var stream = client.GetStream();
        var size = isChunked ? "Transfer-Encoding: chunked" : string.Create(CultureInfo.InvariantCulture, $"Content-Length: {length}");
        await stream.WriteAsync(
            Encoding.ASCII.GetBytes($"POST /auth/login HTTP/1.1\r\nHost: {api.Authority}\r\nConnection: close\r\nContent-Type: application/json\r\n{size}\r\n\r\n"),
            patience.Token);
        var body = Body(length);
        for (var sent = 0; sent < body.Length; sent += Chunk)
        {
            var part = body.AsMemory(sent, Math.Min(Chunk, body.Length - sent));
            if (isChunked)
            {
                await stream.WriteAsync(Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{part.Length:x}\r\n")), patience.Token);
            }

            await stream.WriteAsync(part, patience.Token);
            if (isChunked)
            {
                await stream.WriteAsync("\r\n"u8.ToArray(), patience.Token);
            }
        }

        if (isChunked)
        {
            await stream.WriteAsync("0\r\n\r\n"u8.ToArray(), patience.Token);
        }

        using var reader = new StreamReader(stream);
        return await reader.ReadToEndAsync(patience.Token);
    }

    // Whole and valid: what is refused is refused for its size.
    private static byte[] Body(int length)
    {
        const string Start = """{ "email": "nobody@example.com", "password": "x" """;
        return Encoding.ASCII.GetBytes(Start + new string(' ', length - Start.Length - 1) + "}");
    }
}
