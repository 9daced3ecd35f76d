using Connect.Benchmarks.Freshness;
using Connect.Benchmarks.Freshness.Variants;

namespace Connect.Tests.Distributed;

/// <summary>
/// The freshness checker detects every variant with a rule removed. That it finds nothing in Connect is
/// <see cref="FreshnessPromiseTests"/>.
/// </summary>
public sealed class FreshnessCheckTests(FreshnessCheckTests.SharedSystem shared) : IClassFixture<FreshnessCheckTests.SharedSystem>
{
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(1);

    // A short lease, so that a test need not wait for it.
    internal static readonly FreshnessOptions Short = new()
    {
        Instances = 2,
        Idle = TimeSpan.Zero,
        Duration = TimeSpan.FromSeconds(6),
        LeaseDuration = TimeSpan.FromSeconds(1),
        ReadsPerSecond = 400,
        EvictionsPerSecond = 20,
        Organizations = 6,
        Programs = 64,
        Quick = true,
        Faults = ["redis-killed", "redis-old-snapshot", "listeners-terminated", "listeners-stopped", "instance-stopped", "postgres-restarted"],
    };

    public static TheoryData<string> Sabotaged =>
        [.. FreshnessVariant.All.Select(variant => variant.Name).Where(name => name != FreshnessVariant.Connect)];

    [Theory(Explicit = true)]
    [MemberData(nameof(Sabotaged))]
    public async Task Missing_rule_is_caught(string name)
    {
        var variant = FreshnessVariant.Find(name)!;

        var report = await shared.CheckAsync(Short with
        {
            Variant = variant,
            Faults = variant.NeededFault is { } fault ? [fault] : [],

            // Most are caught within seconds; a killed writer loses an eviction by chance, so the fault comes again.
            Duration = Longest,
            StopWhenStale = true,
        });

        Assert.Contains("stale reads", report.Broken);
        Assert.True(report.LoadSeconds < Longest.TotalSeconds, $"It took {report.LoadSeconds:0.0} s.");
    }

    /// <summary>Servers, worker and data: each check brings instances of its own.</summary>
    public sealed class SharedSystem : IAsyncDisposable
    {
        private CheckedSystem? _system;

        public async ValueTask DisposeAsync()
        {
            if (_system is not null)
            {
                await _system.DisposeAsync();
            }
        }

        internal async Task<FreshnessReport> CheckAsync(FreshnessOptions options)
        {
            var output = TestContext.Current.TestOutputHelper;
            _system ??= await CheckedSystem.StartAsync(Short, TestContext.Current.CancellationToken);
            return await new FreshnessCheck(options, _system, text => output?.WriteLine(text)).RunAsync(TestContext.Current.CancellationToken);
        }
    }
}
