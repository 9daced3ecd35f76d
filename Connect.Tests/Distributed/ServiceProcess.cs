using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text.RegularExpressions;
using Connect.Testing.Processes;
using Connect.Tests.Distributed.Security;

namespace Connect.Tests.Distributed;

/// <summary>One of the services in an operating-system process of its own, on servers that the test names.</summary>
internal sealed partial class ServiceProcess : IApiInstance
{
    private static readonly TimeSpan StartTimeout = TimeSpan.FromMinutes(1);

    private readonly Process _process;
    private readonly TaskCompletionSource<Uri> _address = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private bool _isDisposed;

    private ServiceProcess(Process process) => _process = process;

    public Uri Address { get; private set; } = null!;

    public int ProcessId => _process.Id;

    /// <summary>Its output so far.</summary>
    public ConcurrentQueue<string> Output { get; } = new();

    /// <summary>Starts the service and waits until it is healthy.</summary>
    /// <param name="marker">A type of its assembly.</param>
    /// <param name="settings">Its configuration, in the names of environment variables.</param>
    /// <exception cref="InvalidOperationException">It ended instead.</exception>
    public static async Task<ServiceProcess> StartAsync(Type marker, params (string Name, string Value)[] settings)
    {
        var start = new ProcessStartInfo("dotnet")
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = Path.GetTempPath(),
            ArgumentList = { marker.Assembly.Location },
        };
        (string, string)[] own =
        [
            ("ASPNETCORE_URLS", "http://127.0.0.1:0"),
            ("ASPNETCORE_ENVIRONMENT", "Development"),
            ("RateLimits__Enabled", "false"),
            ("Logging__LogLevel__Default", "Warning"),
            ("Logging__LogLevel__Microsoft.Hosting.Lifetime", "Information"),
        ];
        foreach (var (name, value) in own.Concat(settings))
        {
            start.Environment[name] = value;
        }

        var process = new ServiceProcess(Process.Start(start)!);
        process.Listen();
        try
        {
            process.Address = await process._address.Task.WaitAsync(StartTimeout, TestContext.Current.CancellationToken);
            await process.AwaitHealthAsync();
            return process;
        }
        catch
        {
            await process.DisposeAsync();
            throw;
        }
    }

    /// <summary>Ends the process as an orchestrator does: it may bring what it has begun to its end.</summary>
    public async Task StopAsync()
    {
        ProcessSignals.Send(_process.Id, UnixSignal.Terminate);
        await _process.WaitForExitAsync(TestContext.Current.CancellationToken).WaitAsync(StartTimeout, TestContext.Current.CancellationToken);
    }

    /// <summary>Ends the process as a crash would.</summary>
    public async Task KillAsync()
    {
        _process.Kill(entireProcessTree: true);
        await _process.WaitForExitAsync(TestContext.Current.CancellationToken);
    }

    /// <summary>Ends the process as a crash would, if it has not ended; may be repeated.</summary>
    public async ValueTask DisposeAsync()
    {
        if (_isDisposed)
        {
            return;
        }

        _isDisposed = true;
        if (!_process.HasExited)
        {
            _process.Kill(entireProcessTree: true);
            await _process.WaitForExitAsync(CancellationToken.None);
        }

        _process.Dispose();
    }

    // Read to the end: a process stops when the pipe of its output is full.
    private void Listen()
    {
        _process.OutputDataReceived += (_, line) =>
        {
            if (line.Data is not { } text)
            {
                return;
            }

            Output.Enqueue(text);
            if (Listening().Match(text) is { Success: true } match)
            {
                _address.TrySetResult(new Uri(match.Groups[1].Value));
            }
        };
        _process.ErrorDataReceived += (_, line) => Output.Enqueue(line.Data ?? "");
        _process.EnableRaisingEvents = true;
        _process.Exited += (_, _) => _address.TrySetException(new InvalidOperationException("The service ended before it listened."));
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
    }

    private async Task AwaitHealthAsync()
    {
        using var http = new HttpClient { BaseAddress = Address };
        using var pace = new PeriodicTimer(TimeSpan.FromMilliseconds(50));
        var started = Stopwatch.GetTimestamp();
        while (true)
        {
            try
            {
                using var response = await http.GetAsync("/health", TestContext.Current.CancellationToken);
                if (response.IsSuccessStatusCode)
                {
                    return;
                }
            }
            catch (HttpRequestException exception)
            {
                await _process.WaitForExitAsync(TestContext.Current.CancellationToken).WaitAsync(StartTimeout, TestContext.Current.CancellationToken);
                throw new InvalidOperationException("The service ended before it was healthy.", exception);
            }

            Assert.True(Stopwatch.GetElapsedTime(started) < StartTimeout, "The service did not become healthy.");
            await pace.WaitForNextTickAsync(TestContext.Current.CancellationToken);
        }
    }

    [GeneratedRegex("Now listening on: (http://[^ ]+)")]
    private static partial Regex Listening();
}
