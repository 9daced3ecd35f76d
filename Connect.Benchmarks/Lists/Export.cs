namespace Connect.Benchmarks.Lists;

/// <summary>Measures an export of all programs: time to the first byte, time, bytes, and what the process's memory grows by meanwhile.</summary>
internal static class Export
{
    private const double Mebibyte = 1024 * 1024;

    private static readonly TimeSpan SampledEvery = TimeSpan.FromMilliseconds(50);

    public static async Task MeasureAsync(ServerProcess api, SeededOrganization user, string format)
    {
        // Code and buffers of an export are there before it is measured.
        await FetchAsync(api, user, $"/api/programs/export?format={format}&agency=KEIT&status=ACTIVE");
        using var process = Process.GetProcessById(api.ProcessId);
        var before = process.WorkingSet64;
        using var done = new CancellationTokenSource();
        var sampling = SampleAsync(process, done.Token);

        var (firstByte, whole, bytes) = await FetchAsync(api, user, $"/api/programs/export?format={format}");
        await done.CancelAsync();
        var peak = await sampling;

        var name = format.ToLowerInvariant();
        Figure.Print($"export_{name}_first_byte_ms", firstByte.TotalMilliseconds);
        Figure.Print($"export_{name}_s", whole.TotalSeconds);
        Figure.Print($"export_{name}_mib", bytes / Mebibyte);
        Figure.Print($"export_{name}_memory_grows_mib", (peak - before) / Mebibyte);
    }

    private static async Task<long> SampleAsync(Process process, CancellationToken cancellationToken)
    {
        long peak = 0;
        while (!cancellationToken.IsCancellationRequested)
        {
            process.Refresh();
            peak = Math.Max(peak, process.WorkingSet64);
            await Task.Delay(SampledEvery, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        return peak;
    }

    private static async Task<(TimeSpan FirstByte, TimeSpan Whole, long Bytes)> FetchAsync(ServerProcess api, SeededOrganization user, string path)
    {
        using var request = user.Signed(HttpMethod.Get, path);
        var started = Stopwatch.GetTimestamp();
        using var answer = (await api.Http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead)).EnsureSuccessStatusCode();
        await using var body = await answer.Content.ReadAsStreamAsync();
        var buffer = new byte[64 * 1024];
        var bytes = (long)await body.ReadAsync(buffer);
        var firstByte = Stopwatch.GetElapsedTime(started);
        while (await body.ReadAsync(buffer) is > 0 and var read)
        {
            bytes += read;
        }

        return (firstByte, Stopwatch.GetElapsedTime(started), bytes);
    }
}
