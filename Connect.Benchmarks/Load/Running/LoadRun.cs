using Connect.Benchmarks.Load.Asking;
using Connect.Benchmarks.Load.Profiles;

namespace Connect.Benchmarks.Load.Running;

/// <summary>Runs the users of a profile. Each waits for its answer and pauses before the next request.</summary>
internal sealed class LoadRun(LoadProfile profile, LoadClient client, LoadLog log)
{
    private const int Seed = 20_261_127;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Progress = TimeSpan.FromSeconds(10);

    private readonly long _startedAt = Stopwatch.GetTimestamp();

    public TimeSpan Elapsed => Stopwatch.GetElapsedTime(_startedAt);

    /// <summary>Runs the profile once with at least as many members as it has users.</summary>
    public async Task RunAsync(IReadOnlyList<SeededOrganization> members)
    {
        using var over = new CancellationTokenSource();
        var telling = TellAsync(over.Token);
        await Task.WhenAll(Enumerable.Range(0, profile.Peak).Select(place => Task.Run(() => BeAsync(place, members[place]))));
        await over.CancelAsync();
        await telling;
    }

    private async Task BeAsync(int place, SeededOrganization member)
    {
        var user = new LoadUser(member.Id, Persona.Of(profile.Personas, place), new Random(Seed + place));
        var isHere = false;
        while (profile.NextTurn(place, Elapsed) is { } turn)
        {
            if (turn - Elapsed is { Ticks: > 0 } absence)
            {
                await Task.Delay(absence);
                isHere = false;
            }
            else if (!isHere)
            {
                // Users who arrive together do not send their first requests together.
                isHere = true;
                await PauseAsync(profile.Think.Next(user.Random) * user.Random.NextDouble());
            }
            else
            {
                await AskAsync(user, member.Token);
                await PauseAsync(profile.Think.Next(user.Random));
            }
        }
    }

    private Task PauseAsync(TimeSpan pause)
    {
        var left = profile.Length - Elapsed;
        return Task.Delay(left > pause ? pause : left > TimeSpan.Zero ? left : TimeSpan.Zero);
    }

    private async Task AskAsync(LoadUser user, string token)
    {
        var (ask, isPeak, startedAt) = (user.Next(), profile.IsPeak(Elapsed), Stopwatch.GetTimestamp());
        try
        {
            using var patience = new CancellationTokenSource(Patience);
            var (answer, took) = await client.SendAsync(ask, token, patience.Token);
            var finding = AnswerReader.Read(ask, user.Organization, answer);
            if (finding.Problem is null)
            {
                user.Learn(ask, answer, finding);
            }

            log.Add(new(ask.Action, took.TotalMilliseconds, isPeak, finding.Problem is null, answer.Status, answer.Cache), finding.Problem);
        }
        catch (Exception exception) when (exception is HttpRequestException or OperationCanceledException)
        {
            log.Add(
                new(ask.Action, Stopwatch.GetElapsedTime(startedAt).TotalMilliseconds, isPeak, IsRight: false, Status: 0, Cache: null),
                $"{ask.Method} {ask.Path} was not answered: {exception.Message}");
        }
    }

    private async Task TellAsync(CancellationToken cancellationToken)
    {
        using var timer = new PeriodicTimer(Progress);
        try
        {
            while (await timer.WaitForNextTickAsync(cancellationToken))
            {
                var (at, summary) = (Elapsed, log.Summarize());
                Console.WriteLine(
                    $"{at.TotalSeconds,4:0} s: {profile.UsersAt(at),4:0} users, {summary.Requests} requests, {summary.Errors} errors");
            }
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // The run is over.
        }
    }
}
