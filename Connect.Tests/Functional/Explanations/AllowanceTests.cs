using Connect.Data.Caching;
using Connect.Data.Explanations;
using Connect.Domain.Matching.Explanations;
using Connect.Testing.Instances;
using Connect.Tests.Distributed;
using Connect.Tests.Functional.Caching;
using Connect.Tests.Unit.Explanations;
using Microsoft.EntityFrameworkCore;

namespace Connect.Tests.Functional.Explanations;

/// <summary>The allowance of texts per caller and hour, counted over all instances.</summary>
public sealed class AllowanceTests(RunningApplication application)
{
    private const int PerHour = 3;

    private static CancellationToken CancellationToken => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Exactly_so_many_are_written_when_two_processes_are_asked_for_more_at_once()
    {
        await using var harness = await ExplanationHarness.CreateAsync(application);
        TestInstance[] instances = [await StartAsync(harness), await StartAsync(harness)];
        var owners = await harness.AddMatchesAsync(count: 10);
        var caller = ExplanationHarness.NewCaller();

        var asked = await Task.WhenAll(owners.Select((owner, i) => IsRefusedAsync(instances[i % instances.Length], owner, caller)));

        Assert.Equal(owners.Count - PerHour, asked.Count(wait => wait is not null));
        Assert.All(asked.OfType<TimeSpan>(), wait => Assert.InRange(wait, TimeSpan.FromMinutes(19), TimeSpan.FromMinutes(20)));
        Assert.Equal(PerHour, harness.Model.Requests.Count);
    }

    [Fact]
    public async Task Text_that_is_there_costs_no_allowance()
    {
        await using var harness = await ExplanationHarness.CreateAsync(application);
        var instance = await StartAsync(harness);
        var owners = await harness.AddMatchesAsync(PerHour + 1);
        var caller = ExplanationHarness.NewCaller();
        foreach (var owner in owners.Take(PerHour))
        {
            Assert.Null(await IsRefusedAsync(instance, owner, caller));
        }

        Assert.NotNull(await IsRefusedAsync(instance, owners[PerHour], caller));
        Assert.Null(await IsRefusedAsync(instance, owners[0], caller));

        // Stored in Postgres, but in no cache.
        var forgetful = await StartAsync(harness, new RecordingCache());
        Assert.Null(await IsRefusedAsync(forgetful, owners[0], caller));
        Assert.Equal(PerHour, harness.Model.Requests.Count);
    }

    [Fact]
    public async Task Address_has_an_allowance_of_its_own()
    {
        await using var harness = await ExplanationHarness.CreateAsync(application);
        var instance = await StartAsync(harness, null, ("AddressCallsPerHour", "2"));
        var owners = await harness.AddMatchesAsync(4);
        var home = ExplanationHarness.NewCaller();

        Assert.Null(await IsRefusedAsync(instance, owners[0], home));
        Assert.Null(await IsRefusedAsync(instance, owners[1], home with { UserId = Guid.CreateVersion7() }));
        Assert.NotNull(await IsRefusedAsync(instance, owners[2], home with { UserId = Guid.CreateVersion7() }));
        Assert.Null(await IsRefusedAsync(instance, owners[3], home with { Address = "elsewhere" }));
    }

    [Fact]
    public async Task Bucket_fills_with_time_and_full_ones_are_forgotten()
    {
        await using var harness = await ExplanationHarness.CreateAsync(application);
        var instance = await StartAsync(harness);
        var owners = await harness.AddMatchesAsync(PerHour + 3);
        var caller = ExplanationHarness.NewCaller();
        foreach (var owner in owners.Take(PerHour))
        {
            Assert.Null(await IsRefusedAsync(instance, owner, caller));
        }

        await using var context = harness.Database.CreateContext();
        await PassAsync(TimeSpan.FromMinutes(20));
        Assert.Null(await IsRefusedAsync(instance, owners[PerHour], caller));
        Assert.NotNull(await IsRefusedAsync(instance, owners[PerHour + 1], caller));

        await PassAsync(TimeSpan.FromHours(1));
        var other = ExplanationHarness.NewCaller();
        Assert.Null(await IsRefusedAsync(instance, owners[PerHour + 2], other));
        Assert.Equal(
            [$"address:{other.Address}", $"user:{other.UserId}"],
            await context.ExplanationAllowances.AsNoTracking().Select(row => row.Key).Order().ToListAsync(CancellationToken));

        Task<int> PassAsync(TimeSpan time) =>
            context.Database.ExecuteSqlAsync($"update explanation_allowances set full_at = full_at - {time}", CancellationToken);
    }

    [Fact]
    public async Task Refusal_of_one_caller_is_not_anothers_who_waits_for_the_same_text()
    {
        await using var harness = await ExplanationHarness.CreateAsync(application);
        var instance = await StartAsync(harness);
        var owners = await harness.AddMatchesAsync(PerHour + 1);
        var (poor, rich) = (ExplanationHarness.NewCaller(), ExplanationHarness.NewCaller());
        foreach (var owner in owners.Take(PerHour))
        {
            Assert.Null(await IsRefusedAsync(instance, owner, poor));
        }

        // Both are in one flight, started by either.
        var asked = await Task.WhenAll(IsRefusedAsync(instance, owners[^1], poor), IsRefusedAsync(instance, owners[^1], rich));

        Assert.Null(asked[1]);
        Assert.Equal(PerHour + 1, harness.Model.Requests.Count);
    }

    private static Task<TestInstance> StartAsync(ExplanationHarness harness, RecordingCache? redis = null, params (string, string?)[] settings)
    {
        harness.Model.Respond = (context, _, _) => ModelServer.WriteAsync(context, ExplanationFixtures.Korean);
        return harness.StartAsync(redis, [("UserCallsPerHour", $"{PerHour}"), .. settings]);
    }

    /// <summary>The wait that the answer states; null for a model's text.</summary>
    private static async Task<TimeSpan?> IsRefusedAsync(TestInstance instance, MatchOwner owner, ExplanationCaller caller)
    {
        try
        {
            var explanation = await instance.Get<ExplanationReader>().FindAsync(owner, ExplanationLanguage.Ko, caller, CancellationToken);
            Assert.Null(explanation!.Fallback);
            return null;
        }
        catch (ExplanationLimitException exception)
        {
            return exception.RetryAfter;
        }
    }
}
