using Connect.Benchmarks.Freshness;
using Connect.Benchmarks.Freshness.Instances;
using Connect.Benchmarks.Http;
using Connect.Benchmarks.Ingestion;
using Connect.Benchmarks.Load;
using Connect.Benchmarks.Matching;
using Connect.Benchmarks.Micro;
using Connect.Benchmarks.Quality;
using Connect.Benchmarks.Replay;
using Connect.Benchmarks.Scale;
using Connect.Benchmarks.Scale.Worker;
using Connect.Benchmarks.Startup;
using Connect.Benchmarks.Telemetry;

return args switch
{
    [FreshnessCommand.Verb, .. var options] => await FreshnessCommand.RunAsync(options),
    [FreshnessInstance.Verb, var role, var variant, "--port", var port, "--clock-shift", var shift] =>
        await FreshnessInstance.RunAsync(role, variant, port, shift),
    [MicroBenchmarks.Verb] => MicroBenchmarks.Run(),
    [IngestCommand.Verb, .. var options] => await IngestCommand.RunAsync(options) ?? Usage(),
    [ScrapeCommand.Verb, .. var options] => await ScrapeCommand.RunAsync(options) ?? Usage(),
    [MatchCommand.Verb] => MatchCommand.Run(),
    [LoadCommand.Verb, .. var options] => await LoadCommand.RunAsync(options) ?? Usage(),
    [QualityCommand.Verb, .. var options] => QualityCommand.Run(options) ?? Usage(),
    [HttpCommand.Verb, .. var options] => await HttpCommand.RunAsync(options) ?? Usage(),
    [MeasuredInstance.Verb, var cache, "--port", var port] => await MeasuredInstance.ServeAsync(cache, port),
    [StartupCommand.Verb, .. var options] => await StartupCommand.RunAsync(options) ?? Usage(),
    [ReplayCommand.Verb, .. var options] => await ReplayCommand.RunAsync(options) ?? Usage(),
    [ScaleCommand.Verb, .. var options] => await ScaleCommand.RunAsync(options) ?? Usage(),
    [ScaleInstance.Verb, var programs, "--port", var port] => await ScaleInstance.RunAsync(programs, port),
    [TelemetryCommand.Verb, .. var options] => await TelemetryCommand.RunAsync(options) ?? Usage(),
    _ => Usage(),
};

static int Usage()
{
    Console.Error.WriteLine(FreshnessOptions.Usage);
    Console.Error.WriteLine($"       Connect.Benchmarks {MicroBenchmarks.Verb}");
    Console.Error.WriteLine($"       Connect.Benchmarks {IngestCommand.Usage}");
    Console.Error.WriteLine($"       Connect.Benchmarks {ScrapeCommand.Usage}");
    Console.Error.WriteLine($"       Connect.Benchmarks {MatchCommand.Verb}");
    Console.Error.WriteLine($"       Connect.Benchmarks {LoadCommand.Usage}");
    Console.Error.WriteLine($"       Connect.Benchmarks {QualityCommand.Usage}");
    Console.Error.WriteLine($"       Connect.Benchmarks {StartupCommand.Usage}");
    Console.Error.WriteLine($"       Connect.Benchmarks {ReplayCommand.Usage}");
    Console.Error.WriteLine($"       Connect.Benchmarks {ScaleCommand.Usage}");
    Console.Error.WriteLine($"       Connect.Benchmarks {TelemetryCommand.Usage}");
    Console.Error.WriteLine($"       Connect.Benchmarks {HttpOptions.Usage}");
    return 2;
}
