using System.Diagnostics;
using System.Globalization;
using System.Text;
using Connect.Api;
using Connect.Benchmarks.Freshness;
using Connect.Benchmarks.Freshness.Load;
using Connect.Data;
using Connect.Testing.Freshness;
using Connect.Testing.Servers;

namespace Connect.Benchmarks.Telemetry;

/// <summary>The result of a process in a round.</summary>
/// <param name="Requests">Answers.</param>
/// <param name="Elapsed">The time of the round.</param>
/// <param name="Processor">The processor time that the process used.</param>
internal sealed record RoundResult(long Requests, TimeSpan Elapsed, TimeSpan Processor)
{
    public double PerSecond => Requests / Elapsed.TotalSeconds;

    public double ProcessorMicroseconds => Processor.TotalMicroseconds / Requests;

    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"{PerSecond:0}/s, {ProcessorMicroseconds:0.0} µs of processor each");
}

/// <summary>A process of the API, with or without instrumentation.</summary>
internal sealed class MeasuredApi(CheckerProcesses processes, CheckedPostgres postgres, CheckedRedis redis, bool isInstrumented, Uri? exportsTo)
    : ServerProcess(processes, isInstrumented ? "on" : "off", Settings(postgres, redis, isInstrumented, exportsTo))
{
    // Enough to keep the process busy, few enough to leave it a processor.
    private const int Connections = 8;

    private const int FillAttempts = 100;


    /// <summary>Starts it and waits until it is healthy.</summary>
    public Task StartAsync() => StartAsync(
        typeof(ApiMarker).Assembly.Location, port => ["--urls", $"http://127.0.0.1:{port}"], CancellationToken.None);

    /// <summary>Asks for an organization's matches over kept-alive connections, one request after the other.</summary>
    /// <exception cref="InvalidOperationException">An answer did not come from memory.</exception>
    public async Task<RoundResult> LoadAsync(CheckedOrganization organization, TimeSpan duration)
    {
        var request = Encoding.ASCII.GetBytes(
            $"POST /api/matches/generate?organizationId={organization.Id} HTTP/1.1\r\nHost: {Address.Authority}\r\n"
            + $"Authorization: Bearer {organization.Token}\r\nContent-Length: 0\r\n\r\n");
        await FillAsync(request);
        using var process = Process.GetProcessById(ProcessId);
        var (used, started) = (process.TotalProcessorTime, Stopwatch.GetTimestamp());
        using var end = new CancellationTokenSource();
        var scraping = isInstrumented ? ScrapeAsync(duration / 2, end.Token) : Task.CompletedTask;
        var counts = await Task.WhenAll(Enumerable.Range(0, Connections).Select(_ => Task.Run(() => AskAsync(request, started, duration))));
        var elapsed = Stopwatch.GetElapsedTime(started);
        process.Refresh();
        var processor = process.TotalProcessorTime - used;
        await end.CancelAsync();
        await scraping;
        return new RoundResult(counts.Sum(), elapsed, processor);
    }

    // Fills memory, from which an entry may have left since the last round.
    private async Task FillAsync(byte[] request)
    {
        using var connection = await RawConnection.OpenAsync(Address, CancellationToken.None);
        for (var attempt = 0; attempt < FillAttempts; attempt++)
        {
            if ((await connection.AskAsync(request, CancellationToken.None)).Outcome == ReadOutcome.Memory)
            {
                return;
            }
        }

        throw new InvalidOperationException($"Memory does not hold the answer.\n{Log()}");
    }

    private async Task<long> AskAsync(byte[] request, long started, TimeSpan duration)
    {
        using var connection = await RawConnection.OpenAsync(Address, CancellationToken.None);
        var count = 0L;
        while (Stopwatch.GetElapsedTime(started) < duration)
        {
            var answer = await connection.AskAsync(request, CancellationToken.None);
            if (answer.Outcome != ReadOutcome.Memory)
            {
                throw new InvalidOperationException($"An answer of {answer.Outcome}: {answer.Error}\n{Log()}");
            }

            count++;
        }

        return count;
    }

    // Once in a round, several times as often as in the shipped configuration.
    private async Task ScrapeAsync(TimeSpan delay, CancellationToken cancellationToken)
    {
        try
        {
            await Task.Delay(delay, cancellationToken);
            _ = await Http.GetByteArrayAsync("/metrics", cancellationToken);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // The round's end.
        }
    }

    private static Dictionary<string, string?> Settings(
        CheckedPostgres postgres, CheckedRedis redis, bool isInstrumented, Uri? exportsTo) => new()
        {
            [$"ConnectionStrings__{DataRegistration.ConnectionName}"] = postgres.ConnectionString,
            ["ConnectionStrings__cache"] = redis.Configuration,
            ["Telemetry__Enabled"] = isInstrumented ? "true" : "false",

            // The driver has no certificate, and sends more requests than the limits allow.
            ["KeyProtection__AllowUnprotected"] = "true",
            ["Edge__RequireHttps"] = "false",
            ["RateLimits__Enabled"] = "false",
            ["Logging__LogLevel__Default"] = "Warning",
            ["DOTNET_gcServer"] = "0",

            // None of the driver's own environment.
            ["OTEL_EXPORTER_OTLP_ENDPOINT"] = exportsTo?.ToString() ?? "",
            ["OTEL_EXPORTER_OTLP_PROTOCOL"] = "http/protobuf",
        };
}
