using System.Diagnostics;
using System.Globalization;
using Connect.Testing.Servers;

namespace Connect.Benchmarks.Startup;

/// <summary>The times of the whole application.</summary>
/// <param name="Health">From the start of the AppHost's process until the API's public address was healthy.</param>
/// <param name="FirstMatch">From the same start until a new user had a match, after a scrape and a ranking.</param>
/// <param name="Left">Processes that were left after its stop.</param>
internal readonly record struct AppHostTimes(TimeSpan Health, TimeSpan FirstMatch, int Left);

/// <summary>Starts the whole application, uses it once as a new user, and stops it.</summary>
internal static class AppHostStart
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(20);

    public static async Task<AppHostTimes> MeasureAsync()
    {
        await using var processes = new CheckerProcesses();
        using var patience = new CancellationTokenSource(Patience);
        using var http = new HttpClient { BaseAddress = AppHostProcess.Address };
        var startedAt = Stopwatch.GetTimestamp();
        var appHost = AppHostProcess.Start(processes, "--UseVolumes=false");
        TimeSpan health, firstMatch;
        try
        {
            while (!await IsHealthyAsync(http, appHost, patience.Token))
            {
                await Task.Delay(Pause, patience.Token);
            }

            health = Stopwatch.GetElapsedTime(startedAt);
            var matches = await new Newcomer(http).GetFirstMatchAsync(patience.Token);
            firstMatch = Stopwatch.GetElapsedTime(startedAt);
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture, $"application: healthy after {health.TotalSeconds:0.00} s, {matches} matches after {firstMatch.TotalSeconds:0.00} s"));
        }
        catch (Exception exception) when (exception is HttpRequestException or OperationCanceledException)
        {
            throw new InvalidOperationException($"The application did not come to a match: {exception.Message}\n{appHost.Log()}", exception);
        }

        return new(health, firstMatch, await appHost.StopAsync());
    }

    private static async Task<bool> IsHealthyAsync(HttpClient http, AppHostProcess appHost, CancellationToken cancellationToken)
    {
        try
        {
            using var answer = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            answer.CancelAfter(AppHostProcess.AnswerTimeout);
            using var response = await http.GetAsync("/health", answer.Token);
            return response.IsSuccessStatusCode;
        }
        catch (Exception exception) when (exception is HttpRequestException or OperationCanceledException && !cancellationToken.IsCancellationRequested)
        {
            return appHost.Exited.IsCompleted ? throw new InvalidOperationException($"The AppHost ended.\n{appHost.Log()}") : false;
        }
    }
}
