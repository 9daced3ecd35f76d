using System.Net;

namespace Connect.Benchmarks.Startup;

/// <summary>The times of the whole application.</summary>
/// <param name="Health">From the start of the AppHost's process until the API's public address was healthy.</param>
/// <param name="FirstMatch">From the same start until a new user had a match, after a scrape and a ranking.</param>
/// <param name="Left">Processes that were left after its stop.</param>
internal readonly record struct AppHostTimes(TimeSpan Health, TimeSpan FirstMatch, int Left);

/// <summary>Starts the whole application, uses it once as a new user, and stops it.</summary>
internal static class AppHostStart
{
    private static readonly string[] Technologies = ["인공지능", "클라우드"];
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan MatchPause = TimeSpan.FromMilliseconds(100);

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
            var matches = await GetFirstMatchAsync(http, patience.Token);
            firstMatch = Stopwatch.GetElapsedTime(startedAt);
            Console.WriteLine($"application: healthy after {health.TotalSeconds:0.00} s, {matches} matches after {firstMatch.TotalSeconds:0.00} s");
        }
        catch (Exception exception) when (exception is HttpRequestException or OperationCanceledException)
        {
            throw new InvalidOperationException($"The application did not come to a match: {exception.Message}\n{appHost.Log()}", exception);
        }

        return new(health, firstMatch, await appHost.StopAsync());
    }

    // A newcomer registers and asks for matches until there are some.
    private static async Task<int> GetFirstMatchAsync(HttpClient http, CancellationToken cancellationToken)
    {
        var newcomer = await SignUp.RegisterAsync(
            http,
            "newcomer@example.com",
            new
            {
                type = "COMPANY",
                name = "첫걸음 주식회사",
                businessNumber = "123-45-67891",
                industrySector = "ICT",
                technologyReadinessLevel = 5,
                rdExperience = true,
                keyTechnologies = Technologies,
            },
            cancellationToken);
        while (true)
        {
            // A caller that asks this often may be asked to wait.
            using var request = newcomer.Signed(HttpMethod.Post, $"/api/matches/generate?organizationId={newcomer.Id}");
            using var answer = await http.SendAsync(request, cancellationToken);
            if (answer.StatusCode != HttpStatusCode.TooManyRequests
                && (await SignUp.ReadAsync(answer, cancellationToken)).GetProperty("matches").GetArrayLength() is > 0 and var matches)
            {
                return matches;
            }

            await Task.Delay(MatchPause, cancellationToken);
        }
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
