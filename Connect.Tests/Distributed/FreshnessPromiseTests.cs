namespace Connect.Tests.Distributed;

/// <summary>
/// The freshness checker in short: it finds no overruled answer in Connect under any fault. With nothing beside it, because the
/// bounds of a tenth of a second and of no failed request need a free processor. The long form is in <c>docs/freshness.md</c>.
/// </summary>
[Collection(nameof(RunsAlone))]
public sealed class FreshnessPromiseTests(FreshnessCheckTests.SharedSystem shared) : IClassFixture<FreshnessCheckTests.SharedSystem>
{
    [Fact(Explicit = true)]
    public async Task Connect_is_not_stale_for_longer_than_a_tenth_of_a_second_whatever_fails()
    {
        var report = await shared.CheckAsync(FreshnessCheckTests.Short);

        Assert.True(report.Broken.Count == 0, string.Join('\n', [.. report.Broken, .. report.Lines()]));
        Assert.Equal(0, report.Verdict.StaleReads);
        Assert.Equal(0, report.WrongAfterRecovery);
        Assert.InRange(report.Verdict.Reads, 500, long.MaxValue);
        Assert.InRange(report.Evictions, 20, long.MaxValue);
    }
}
