using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using CliWrap;
using CliWrap.Buffered;
using Connect.AppHost.Servers;
using Connect.AppHost.Servers.Prometheus;
using Connect.Testing.Processes;

namespace Connect.Testing.Servers;

/// <summary>A Prometheus on a free port, with the configuration and the rules that are shipped. Only addresses and intervals are its own.</summary>
internal sealed partial class CheckedPrometheus : IAsyncDisposable
{
    private readonly HttpClient _http;
    private ManagedProcess? _process;

    private CheckedPrometheus(int port) =>
        _http = new HttpClient { BaseAddress = new($"http://127.0.0.1:{port}") };

    /// <summary>
    /// Starts one from the folder of the shipped configuration and waits until it is ready. The API at a port lists the
    /// processes to scrape; the interval, as Prometheus writes it, is that of scrapes, evaluations and requests for the
    /// list.
    /// </summary>
    public static async Task<CheckedPrometheus> StartNewAsync(
        CheckerProcesses processes, string shipped, int apiPort, string interval, CancellationToken cancellationToken)
    {
        var program = PrometheusTool.Find("prometheus");
        var port = PortAllocator.Next();
        var folder = processes.Folder.Subfolder("prometheus");
        var file = Path.Combine(folder, PrometheusConfiguration.FileName);
        var text = await File.ReadAllTextAsync(Path.Combine(shipped, PrometheusConfiguration.FileName), cancellationToken);
        var rendered = PrometheusConfiguration.Render(text, shipped, new Uri($"http://127.0.0.1:{apiPort}"));
        await File.WriteAllTextAsync(file, Interval().Replace(rendered, interval), cancellationToken);
        var prometheus = new CheckedPrometheus(port);
        prometheus._process = processes.Start(
            new(
                program,
                [
                    $"--config.file={file}", $"--storage.tsdb.path={Path.Combine(folder, "data")}",
                    $"--web.listen-address=127.0.0.1:{port}",
                ],
                folder));
        while (!await prometheus.IsReadyAsync(cancellationToken))
        {
            await Task.Delay(50, cancellationToken);
        }

        return prometheus;
    }

    /// <summary>The value of an expression that has one; null where it has none.</summary>
    public async Task<double?> ValueAsync(string expression, CancellationToken cancellationToken)
    {
        var result = (await GetAsync($"query?query={Uri.EscapeDataString(expression)}", cancellationToken)).GetProperty("result");
        return result.GetArrayLength() == 0
            ? null
            : double.Parse(result[0].GetProperty("value")[1].GetString()!, CultureInfo.InvariantCulture);
    }

    /// <summary>Alerts by name, process and state: pending or firing.</summary>
    public async Task<IReadOnlyList<(string Name, string Instance, string State)>> AlertsAsync(CancellationToken cancellationToken) =>
    [
        .. (await GetAsync("alerts", cancellationToken)).GetProperty("alerts").EnumerateArray()
            .Select(alert => (Labels: alert.GetProperty("labels"), State: alert.GetProperty("state").GetString()!))
            .Select(alert => (
                alert.Labels.GetProperty("alertname").GetString()!,
                alert.Labels.TryGetProperty("instance", out var instance) ? instance.GetString()! : "",
                alert.State)),
    ];

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        if (_process is not null)
        {
            await _process.DisposeAsync();
        }
    }

    private async Task<JsonElement> GetAsync(string path, CancellationToken cancellationToken)
    {
        await using var answer = await _http.GetStreamAsync($"/api/v1/{path}", cancellationToken);
        return (await JsonSerializer.DeserializeAsync<JsonElement>(answer, cancellationToken: cancellationToken)).GetProperty("data");
    }

    private async Task<bool> IsReadyAsync(CancellationToken cancellationToken)
    {
        try
        {
            using var response = await _http.GetAsync("/-/ready", cancellationToken);
            return response.IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            return _process!.Exited.IsCompleted ? throw new InvalidOperationException("Prometheus ended.") : false;
        }
    }

    [GeneratedRegex("(?<=_interval: )[0-9]+s")]
    private static partial Regex Interval();
}

/// <summary>Prometheus' own checker of configurations and rules.</summary>
internal static class PrometheusTool
{
    /// <exception cref="InvalidOperationException">It found something; the message is its output.</exception>
    public static async Task CheckAsync(IReadOnlyList<string> arguments, CancellationToken cancellationToken)
    {
        var result = await Cli.Wrap(Find("promtool"))
            .WithArguments(arguments)
            .WithValidation(CommandResultValidation.None)
            .ExecuteBufferedAsync(cancellationToken);
        if (result.ExitCode != 0)
        {
            throw new InvalidOperationException($"promtool {string.Join(' ', arguments)}\n{result.StandardOutput}\n{result.StandardError}");
        }
    }

    public static string Find(string program) => SystemPrograms.Find(program)
        ?? throw new EnvironmentProblemException($"{program} was not found: install Prometheus with '{InstallCommands.Prometheus}'.");
}
