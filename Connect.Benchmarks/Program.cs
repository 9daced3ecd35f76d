using Connect.AppHost.Servers;
using Connect.Benchmarks;
using Connect.Benchmarks.Freshness;
using Connect.Benchmarks.Freshness.Instances;
using Connect.Benchmarks.Http;
using Connect.Benchmarks.Ingestion;
using Connect.Benchmarks.Lists;
using Connect.Benchmarks.Load;
using Connect.Benchmarks.Matching;
using Connect.Benchmarks.Micro;
using Connect.Benchmarks.Quality;
using Connect.Benchmarks.Replay;
using Connect.Benchmarks.Scale;
using Connect.Benchmarks.Scale.Worker;
using Connect.Benchmarks.Startup;
using Connect.Benchmarks.Telemetry;

// Figures have a decimal point on every machine.
CultureInfo.CurrentCulture = CultureInfo.DefaultThreadCurrentCulture = CultureInfo.InvariantCulture;

// How each command is used, its name first, and its run: 0 for success, 1 for a target that was missed.
(string Usage, Func<Arguments, Task<int>> RunAsync)[] commands =
[
    (FreshnessOptions.Usage, FreshnessCommand.RunAsync),
    (MicroBenchmarks.Usage, MicroBenchmarks.RunAsync),
    (IngestCommand.Usage, IngestCommand.RunAsync),
    (ScrapeCommand.Usage, ScrapeCommand.RunAsync),
    (MatchCommand.Usage, MatchCommand.RunAsync),
    (ListsCommand.Usage, ListsCommand.RunAsync),
    (LoadCommand.Usage, LoadCommand.RunAsync),
    (QualityCommand.Usage, QualityCommand.RunAsync),
    (KindsCommand.Usage, KindsCommand.RunAsync),
    (ReadingCommand.Usage, ReadingCommand.RunAsync),
    (StartupCommand.Usage, StartupCommand.RunAsync),
    (ReplayCommand.Usage, ReplayCommand.RunAsync),
    (ScaleCommand.Usage, ScaleCommand.RunAsync),
    (TelemetryCommand.Usage, TelemetryCommand.RunAsync),
    (HttpOptions.Usage, HttpCommand.RunAsync),
];

switch (args)
{
    // The processes that commands start.
    case [FreshnessInstance.Verb, var role, var variant, var shift, "--urls", var url]:
        return await FreshnessInstance.ServeAsync(role, variant, shift, url);
    case [MeasuredInstance.Verb, var cache, "--urls", var url]:
        return await MeasuredInstance.ServeAsync(cache, url);
    case [ScaleInstance.Verb, var programs, "--urls", var url]:
        return await ScaleInstance.ServeAsync(programs, url);
}

var asked = commands.Where(command => command.Usage.Split(' ')[0] == args.FirstOrDefault()).DefaultIfEmpty(default).Single();
try
{
    return asked.RunAsync is { } run ? await run(new(args[1..])) : throw new UsageException("There are these commands:");
}
catch (UsageException exception)
{
    Console.Error.WriteLine(exception.Message);
    foreach (var command in asked.Usage is null ? commands : [asked])
    {
        Console.Error.WriteLine($"usage: Connect.Benchmarks {command.Usage}");
    }

    return 2;
}
catch (EnvironmentProblemException exception)
{
    Console.Error.WriteLine(exception.Message);
    return 2;
}
