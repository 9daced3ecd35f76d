using Connect.Benchmarks.Freshness.Faults;
using Connect.Benchmarks.Freshness.Instances;
using Connect.Benchmarks.Freshness.Load;

namespace Connect.Benchmarks.Freshness;

/// <summary>One check of one variant: its instances, their load, the faults, and a final read of every key.</summary>
internal sealed class FreshnessCheck(FreshnessOptions options, CheckedSystem system, Action<string> note)
{
    // New processes compile their code first: in this time answers are judged, but propagation is not measured.
    private readonly TimeSpan _warmUp = TimeSpan.FromSeconds(options.Quick ? 1 : 15);

    // Slow enough for a quiet system, fast enough for some hundred samples.
    private const double IdleEvictionsPerSecond = 20;
    private const double IdleProgramChangesPerSecond = 0.1;

    // Each evicts every organization's matches.
    private const double ProgramChangesPerSecond = 0.2;

    /// <summary>Starts instances of the variant on the system, checks them and ends them.</summary>
    public async Task<FreshnessReport> RunAsync(CancellationToken cancellationToken)
    {
        var instances = Enumerable.Range(0, options.Instances).Select(index => system.CreateInstance(FreshnessInstance.Api, index, options)).ToList();
        try
        {
            // Entries that a sabotaged variant has left in Redis would be wrong for the next variant.
            await system.Redis.ExecuteAsync("FLUSHALL");
            note($"starting {instances.Count} instances of '{options.Variant.Name}'");
            await Task.WhenAll(instances.Select(instance => instance.StartAsync(TimeSpan.Zero, cancellationToken)));
            await system.SeedAsync(instances, cancellationToken);
            return await CheckAsync(instances, cancellationToken);
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            instances.Append(system.Worker).ToList().ForEach(instance => note($"instance {instance.Index} wrote last:\n{instance.Log()}"));
            throw;
        }
        finally
        {
            await Task.WhenAll(instances.Where(instance => instance.IsUp).Select(instance => instance.StopAsync()));
        }
    }

    private async Task<FreshnessReport> CheckAsync(List<InstanceProcess> instances, CancellationToken cancellationToken)
    {
        List<int> words = [];
        foreach (var organization in system.Organizations)
        {
            words.Add(await system.WordOfAsync(organization.Id, wait: false));
        }

        var check = new CheckState(options, system, instances, words, await system.RevisionsAsync(), note);
        var writers = new Writers(check);
        using var propagation = new PropagationLog(check);
        var faults = new FaultRunner(check, writers);
        using var end = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var collecting = propagation.RunAsync(end.Token);

        // The first such phase, before the load, lets the instances compile their code; the second measures
        // propagation.
        await WriteForAsync(writers, options.Idle, cancellationToken);
        var before = writers.Acknowledged;

        note("under load");
        using var readers = new Readers(check);
        using var load = CancellationTokenSource.CreateLinkedTokenSource(end.Token);
        var reading = readers.RunAsync(load.Token);
        var writing = writers.RunAsync(options.EvictionsPerSecond, ProgramChangesPerSecond, load.Token);
        await Task.WhenAny(Task.Delay(_warmUp, cancellationToken), FailOf(reading), FailOf(writing)).Unwrap();
        propagation.Restart();
        var (processor, startedAt, notSent) = (new ProcessorUse(), Stopwatch.GetTimestamp(), readers.NotSent);
        await Task.WhenAny(faults.RunAsync(load.Token), WatchAsync(check, load.Token), FailOf(reading), FailOf(writing)).Unwrap();
        var (machine, driver) = (processor.MachinePercent(), processor.DriverPercent());
        var seconds = Stopwatch.GetElapsedTime(startedAt).TotalSeconds;
        await load.CancelAsync();
        await Task.WhenAll(reading, writing);

        var (loaded, evictions) = (await propagation.TakeAsync(), writers.Acknowledged);
        await WriteForAsync(writers, options.Idle, cancellationToken);
        await end.CancelAsync();
        await collecting;
        var idle = await propagation.TakeAsync();

        note("looking at every key on every instance");
        var wrong = await ProbeAsync(check, cancellationToken);
        return new(
            options, check.Oracle.Verdict(), seconds, evictions - before, writers.Acknowledged - evictions, readers.NotSent - notSent,
            writers.Refused, writers.SettledAsDone, loaded, idle, propagation.Unheard, propagation.Polled, wrong,
            Probes: check.Instances.Count(instance => instance.IsUp) * check.Organizations.Count, machine, driver, faults.Conclude());
    }

    private async Task WriteForAsync(Writers writers, TimeSpan duration, CancellationToken cancellationToken)
    {
        if (duration > TimeSpan.Zero)
        {
            note("quiet: changes without reads");
            using var phase = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            phase.CancelAfter(duration);
            await writers.RunAsync(IdleEvictionsPerSecond, IdleProgramChangesPerSecond, phase.Token);
            cancellationToken.ThrowIfCancellationRequested();
        }
    }

    /// <summary>Ends when the promise is broken, if the check is to stop then; otherwise never.</summary>
    private async Task WatchAsync(CheckState check, CancellationToken cancellationToken)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(50));
        while (await timer.WaitForNextTickAsync(cancellationToken))
        {
            if (options.StopWhenStale && check.Oracle.Verdict().HasStale)
            {
                return;
            }
        }
    }

    // A failed load must fail the check: without requests there are no wrong answers.
    private static async Task FailOf(Task load)
    {
        await load;
        throw new InvalidOperationException("The load ended too early.");
    }

    /// <summary>
    /// Reads every organization from every instance after the end of all faults: each must agree with Postgres.
    /// </summary>
    private static async Task<int> ProbeAsync(CheckState check, CancellationToken cancellationToken)
    {
        var wrong = 0;
        for (var place = 0; place < check.Organizations.Count; place++)
        {
            var organization = check.System.Organizations[place];
            var word = await check.System.WordOfAsync(organization.Id, wait: false);
            var expected = FreshnessWords.TitleOf(word, await check.System.RevisionOfAsync(word));
            var answers = await Task.WhenAll(check.Instances.Where(instance => instance.IsUp).Select(instance => TitleAsync(instance, organization, cancellationToken)));
            foreach (var answer in answers.Where(answer => answer != expected))
            {
                check.Note($"after recovery: '{answer}' instead of '{expected}'");
                wrong++;
            }
        }

        return wrong;
    }

    private static async Task<string> TitleAsync(InstanceProcess instance, SeededOrganization organization, CancellationToken cancellationToken)
    {
        using var request = organization.Request(HttpMethod.Get, "/matches?limit=1");
        using var response = await instance.Http.SendAsync(request, cancellationToken);
        var body = await response.Content.ReadAsByteArrayAsync(cancellationToken);
        return FreshnessWords.TryFind(body, out var word, out var revision) ? FreshnessWords.TitleOf(word, revision) : $"{response.StatusCode}";
    }
}
