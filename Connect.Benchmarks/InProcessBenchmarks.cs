using BenchmarkDotNet.Columns;
using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Loggers;
using BenchmarkDotNet.Reports;
using BenchmarkDotNet.Running;
using BenchmarkDotNet.Toolchains.InProcess.Emit;

namespace Connect.Benchmarks;

/// <summary>Runs BenchmarkDotNet in this process, so that it needs no further build and leaves no files.</summary>
internal static class InProcessBenchmarks
{
    /// <summary>The reports of all classes; null, with a message, where one did not run.</summary>
    public static IReadOnlyList<BenchmarkReport>? Run(int warmups, int iterations, params ReadOnlySpan<Type> classes)
    {
        var artifacts = Directory.CreateTempSubdirectory("connect-benchmark-");
        try
        {
            var config = ManualConfig.CreateEmpty()
                .AddLogger(ConsoleLogger.Unicode)
                .AddColumnProvider(DefaultColumnProviders.Instance)
                .WithArtifactsPath(artifacts.FullName)
                .AddJob(Job.Default
                    .WithToolchain(InProcessEmitToolchain.DontLogOutput)
                    .WithWarmupCount(warmups).WithIterationCount(iterations));
            List<BenchmarkReport> reports = [];
            foreach (var type in classes)
            {
                var summary = BenchmarkRunner.Run(type, config);
                if (summary.HasCriticalValidationErrors || summary.Reports.Any(report => report.ResultStatistics is null))
                {
                    Console.Error.WriteLine("A benchmark did not run.");
                    return null;
                }

                reports.AddRange(summary.Reports);
            }

            return reports;
        }
        finally
        {
            artifacts.Delete(recursive: true);
        }
    }
}
