namespace Connect.Tests.Distributed;

/// <summary>The freshness checker in short with nothing beside it, so that the bound of a tenth of a second holds too.</summary>
[Collection(nameof(RunsAlone))]
public sealed class FreshnessPromiseTests(FreshnessCheckTests.SharedSystem shared) : IClassFixture<FreshnessCheckTests.SharedSystem>
{
    [Fact(Explicit = true)]
    public async Task Connect_is_not_stale_for_longer_than_a_tenth_of_a_second_whatever_fails() =>
        FreshnessCheckTests.AssertKept(await shared.CheckAsync(FreshnessCheckTests.Short));
}
