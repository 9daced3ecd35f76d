using System.Net;
using System.Text;
using Connect.Benchmarks.Freshness.Instances;
using Connect.Testing.Freshness;
using Npgsql;

namespace Connect.Benchmarks.Freshness.Load;

/// <summary>
/// Changes profiles through the API and programs through the worker, at a fixed rate, and registers every change when it is
/// requested and when it is acknowledged. Each organization has one writer, which begins a change when the one before is
/// settled, so that the order of changes is known.
/// </summary>
internal sealed class Writers(CheckState check)
{
    private const int Count = 12;

    private static readonly TimeSpan SettleDelay = TimeSpan.FromMilliseconds(50);

    // Each writer holds its own during a change. Holding all of them pauses the writers.
    private readonly SemaphoreSlim[] _turns = [.. Enumerable.Range(0, Count + 1).Select(_ => new SemaphoreSlim(1, 1))];
    private readonly int[] _nextWords = [.. check.System.Organizations.Select((_, place) => check.Organizations[place].Current)];
    private readonly int[] _nextRevisions = [.. check.Programs.Select(program => program.Current)];
    private long _acknowledged;
    private long _refused;
    private long _settled;

    /// <summary>Changes, each with its eviction, that were acknowledged.</summary>
    public long Acknowledged => Interlocked.Read(ref _acknowledged);

    /// <summary>Changes that were not answered, or with an error.</summary>
    public long Refused => Interlocked.Read(ref _refused);

    /// <summary>Refused changes that had been committed.</summary>
    public long SettledAsDone => Interlocked.Read(ref _settled);

    /// <summary>Writes until cancelled. A change that has begun is finished.</summary>
    public async Task RunAsync(double profilesPerSecond, double programsPerSecond, CancellationToken cancellationToken)
    {
        using var profiles = new Pace(profilesPerSecond, bound: Count);
        using var programs = new Pace(programsPerSecond, bound: 1);
        try
        {
            await Task.WhenAll(Enumerable.Range(0, Count)
                .Select(writer => WriteAsync(writer, profiles, random => ChangeProfileAsync(writer, random), cancellationToken))
                .Append(WriteAsync(Count, programs, ChangeProgramAsync, cancellationToken))
                .Append(profiles.RunAsync(cancellationToken))
                .Append(programs.RunAsync(cancellationToken)));
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // The end of the load.
        }
    }

    /// <summary>Waits for the changes under way and prevents new ones.</summary>
    public async Task PauseAsync(CancellationToken cancellationToken)
    {
        foreach (var turn in _turns)
        {
            await turn.WaitAsync(cancellationToken);
        }
    }

    public void Resume()
    {
        foreach (var turn in _turns)
        {
            turn.Release();
        }
    }

    /// <summary>Changes a profile and settles the outcome; tells the new word before it is asked for.</summary>
    public async Task<bool> ChangeProfileAsync(int place, InstanceProcess instance, Action<int>? onBegun = null)
    {
        var organization = check.System.Organizations[place];
        var word = _nextWords[place] = (_nextWords[place] + 1) % check.Programs.Count;
        onBegun?.Invoke(word);
        using var request = organization.Request(HttpMethod.Patch);
        request.Content = new StringContent(
            $$"""{"keyTechnologies":["{{FreshnessWords.WordOf(word)}}"]}""", Encoding.UTF8, "application/merge-patch+json");
        return await ChangeAsync(
            instance, request, check.Organizations[place].Begin(word, Stopwatch.GetTimestamp()),
            async () => await check.System.WordOfAsync(organization.Id, wait: true) == word);
    }

    private async Task WriteAsync(int writer, Pace pace, Func<Random, Task> changeAsync, CancellationToken cancellationToken)
    {
        await Task.Yield();
        var random = new Random(HashCode.Combine(check.Options.Seed, writer));
        while (true)
        {
            await pace.WaitAsync(cancellationToken);
            await _turns[writer].WaitAsync(cancellationToken);
            try
            {
                await changeAsync(random);
            }
            finally
            {
                _turns[writer].Release();
            }
        }
    }

    private async Task ChangeProfileAsync(int writer, Random random)
    {
        // The writer's own organizations: every twelfth.
        var own = (check.System.Organizations.Count - writer + Count - 1) / Count;
        if (own > 0 && check.InstanceForWrites(random) is { } instance)
        {
            await ChangeProfileAsync(writer + (random.Next(own) * Count), instance);
        }
    }

    private async Task ChangeProgramAsync(Random random)
    {
        // The program of some organization, so that readers see its change.
        var word = check.Organizations[random.Next(check.Organizations.Count)].Current;
        var revision = ++_nextRevisions[word];
        using var request = new HttpRequestMessage(HttpMethod.Post, $"/freshness/touch?word={word}&revision={revision}");
        await ChangeAsync(
            check.System.Worker, request, check.Programs[word].Begin(revision, Stopwatch.GetTimestamp()),
            async () => await check.System.RevisionOfAsync(word) == revision);
    }

    private async Task<bool> ChangeAsync(
        InstanceProcess instance, HttpRequestMessage request, VersionRegister.Change change, Func<Task<bool>> isDoneAsync)
    {
        var startedAt = Stopwatch.GetTimestamp();
        try
        {
            using var response = await instance.Http.SendAsync(request);
            var endedAt = Stopwatch.GetTimestamp();
            if (response.StatusCode == HttpStatusCode.OK)
            {
                change.Acknowledge(endedAt);
                Interlocked.Increment(ref _acknowledged);
                return true;
            }

            check.Note($"a change was answered {(int)response.StatusCode} by {instance.Index}");
        }
        catch (Exception exception) when (exception is HttpRequestException or TaskCanceledException)
        {
            check.Note($"a change was not answered by {instance.Index}: {exception.Message}");
        }

        check.Oracle.JudgeFailedChange(instance.Index, startedAt, Stopwatch.GetTimestamp());
        Interlocked.Increment(ref _refused);
        await SettleAsync(change, isDoneAsync);
        return false;
    }

    /// <summary>
    /// Settles an unknown outcome: change and eviction were committed together or not at all, so Postgres decides.
    /// </summary>
    private async Task SettleAsync(VersionRegister.Change change, Func<Task<bool>> isDoneAsync)
    {
        while (true)
        {
            try
            {
                if (await isDoneAsync())
                {
                    change.Acknowledge(Stopwatch.GetTimestamp());
                    Interlocked.Increment(ref _settled);
                }
                else
                {
                    change.Withdraw();
                }

                return;
            }
            catch (Exception exception) when (exception is NpgsqlException or TimeoutException)
            {
                await Task.Delay(SettleDelay);
            }
        }
    }
}
