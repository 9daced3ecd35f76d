using Connect.Benchmarks.Freshness.Instances;

namespace Connect.Benchmarks.Freshness.Faults;

/// <summary>
/// An instance is killed while it changes several organizations: at a random moment, or as soon as Postgres shows the change
/// of the first. Of each organization, both the change and the eviction must have happened, or neither.
/// </summary>
internal static class WriterKilled
{
    private const int AtOnce = 6;
    private const int MaxMilliseconds = 12;

    public static async Task RunAsync(FaultRun run, CancellationToken cancellationToken)
    {
        var rounds = run.Check.Options.Quick ? 1 : 6;
        for (var round = 0; round < rounds; round++)
        {
            var instance = run.AnyInstance();
            run.BeginLoss(instance);
            await run.Writers.PauseAsync(cancellationToken);
            try
            {
                await KillAsync(run, instance, seen: round % 2 == 0);
            }
            finally
            {
                run.Writers.Resume();
            }

            await instance.StartAsync(TimeSpan.Zero, cancellationToken);
            run.End();
        }
    }

    private static async Task KillAsync(FaultRun run, InstanceProcess instance, bool seen)
    {
        var check = run.Check;
        var done = run.Writers.SettledAsDone;
        var first = run.Random.Next(check.Organizations.Count);
        var word = 0;
        var changes = Enumerable.Range(0, Math.Min(AtOnce, check.Organizations.Count)).Select(offset => run.Writers.ChangeProfileAsync(
            (first + offset) % check.Organizations.Count, instance, asked => word = offset == 0 ? asked : word)).ToList();
        if (seen)
        {
            while (!changes[0].IsCompleted && await check.System.WordOfAsync(check.System.Organizations[first].Id, wait: false) != word)
            {
                // The next query takes time itself, so there is no delay.
            }
        }
        else
        {
            await Task.Delay(run.Random.Next(MaxMilliseconds));
        }

        await instance.KillAsync();
        var answered = (await Task.WhenAll(changes)).Count(isAnswered => isAnswered);
        var settled = run.Writers.SettledAsDone - done;
        run.Add("changes", changes.Count);
        run.Add("answered", answered);
        run.Add("done_unanswered", settled);
        run.Add("undone", changes.Count - answered - settled);
    }
}
