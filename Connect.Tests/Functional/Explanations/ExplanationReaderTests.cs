using Connect.Caching;
using Connect.Caching.Flow;
using Connect.Caching.Layers;
using Connect.Data.Caching;
using Connect.Data.Explanations;
using Connect.Data.Matching;
using Connect.Domain.Matching.Explanations;
using Connect.Domain.Programs;
using Connect.Testing.Instances;
using Connect.Tests.Distributed;
using Connect.Tests.Functional.Caching;
using Connect.Tests.Unit.Explanations;
using Microsoft.EntityFrameworkCore;

namespace Connect.Tests.Functional.Explanations;

/// <summary>The requests to the model, their number, and where its texts are kept.</summary>
public sealed class ExplanationReaderTests(RunningApplication application)
{
    private static CancellationToken CancellationToken => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Model_is_asked_once_over_all_callers_and_losses()
    {
        await using var harness = await ExplanationHarness.CreateAsync(application);
        var owner = (await harness.AddMatchesAsync())[0];
        var (first, second) = (await harness.StartAsync(), await harness.StartAsync());

        var (written, trace) = await ExplanationHarness.ExplainAsync(first, owner);
        await TestInstance.EventuallyAsync(() => harness.HasExplanationInRedis);
        var again = await ExplanationHarness.ExplainAsync(first, owner);
        var other = await ExplanationHarness.ExplainAsync(second, owner);
        var flushed = await ExplanationHarness.ExplainAsync(await harness.StartAsync(new RecordingCache()), owner);

        Assert.Equal((ExplanationFixtures.Korean, ModelServer.Model, null), (written.Text, written.Model, written.Fallback));
        Assert.Equal(
            [CacheOutcome.Miss, CacheOutcome.Memory, CacheOutcome.Redis, CacheOutcome.Miss],
            new[] { trace, again.Trace, other.Trace, flushed.Trace }.Select(t => t.ReadOf(CacheLayers.Explanations)!.Value.Outcome));
        Assert.Equal(0, again.Trace.Queries);
        Assert.All([again.Value, other.Value, flushed.Value], value => Assert.Equal(written.InputHash, value.InputHash));
        Assert.Single(harness.Model.Requests);
    }

    [Fact]
    public async Task Languages_are_texts_of_their_own()
    {
        await using var harness = await ExplanationHarness.CreateAsync(application);
        var owner = (await harness.AddMatchesAsync())[0];
        var instance = await harness.StartAsync();

        var (korean, _) = await ExplanationHarness.ExplainAsync(instance, owner);
        var (english, _) = await ExplanationHarness.ExplainAsync(instance, owner, ExplanationLanguage.En);

        Assert.Equal((ExplanationFixtures.Korean, ExplanationFixtures.English), (korean.Text, english.Text));
        Assert.Equal(2, harness.Model.Requests.Count);
    }

    [Fact]
    public async Task Many_at_once_on_two_instances_ask_once_per_input_within_the_bound()
    {
        const int Organizations = 24, Places = 2;
        await using var harness = await ExplanationHarness.CreateAsync(application);
        var owners = await harness.AddMatchesAsync(Organizations);
        var released = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        harness.Model.Respond = async (context, _, _) =>
        {
            await released.Task;
            await ModelServer.WriteAsync(context, ExplanationFixtures.Korean);
        };
        TestInstance[] instances =
        [
            await harness.StartAsync(new RecordingCache(), ("MaxConcurrentCalls", $"{Places}")),
            await harness.StartAsync(new RecordingCache(), ("MaxConcurrentCalls", $"{Places}")),
        ];

        // Every place of both instances is taken by the same inputs: half of them write, half wait for their locks.
        var asking = AskAsync(owners.Take(Places)).ToList();
        await TestInstance.EventuallyAsync(async () => await ExplanationHarness.CountWritersAsync(harness.Database) >= 2 * Places);
        asking.AddRange(AskAsync(owners.Skip(Places)));
        await TestInstance.EventuallyAsync(() => harness.Model.Requests.Count >= Places);
        Assert.Equal((Places, 2 * Places), (harness.Model.Requests.Count, await ExplanationHarness.CountWritersAsync(harness.Database)));
        released.SetResult();
        var answers = await Task.WhenAll(asking);

        Assert.All(answers, answer => Assert.Null(answer.Value.Fallback));
        Assert.Equal(Organizations, harness.Model.Requests.Count);
        Assert.All(harness.Model.CountByInput(), input => Assert.Equal(1, input.Value));

        IEnumerable<Task<(Explanation Value, CacheTrace Trace)>> AskAsync(IEnumerable<MatchOwner> some) =>
            some.SelectMany(owner => instances.Select(instance => ExplanationHarness.ExplainAsync(instance, owner))).ToList();
    }

    [Fact]
    public async Task Same_facts_of_two_organizations_are_paid_once()
    {
        await using var harness = await ExplanationHarness.CreateAsync(application);
        var owners = await harness.AddMatchesAsync(2);
        await using (var context = harness.Database.CreateContext())
        {
            await context.Organizations.ExecuteUpdateAsync(set => set.SetProperty(o => o.CollaborationCount, 1), CancellationToken);
        }

        var instance = await harness.StartAsync();

        var answers = await Task.WhenAll(owners.Select(owner => ExplanationHarness.ExplainAsync(instance, owner)));

        Assert.Single(harness.Model.Requests);
        Assert.Equal(owners.Select(owner => owner.MatchId), answers.Select(answer => answer.Value.Owner.MatchId));
    }

    [Fact]
    public async Task Changed_profile_has_another_text_at_once()
    {
        await using var harness = await ExplanationHarness.CreateAsync(application);
        var owner = (await harness.AddMatchesAsync())[0];
        var instance = await harness.StartAsync();
        var (before, _) = await ExplanationHarness.ExplainAsync(instance, owner);

        await instance.Transaction.ExecuteAsync(
            async (context, token) =>
            {
                (await context.Organizations.SingleAsync(token)).RdExperience = true;
                context.EvictTags("profile-changed", ConnectTags.Organization(owner.OrganizationId));
            },
            CancellationToken);
        var (after, trace) = await ExplanationHarness.ExplainAsync(instance, owner);

        Assert.NotEqual(before.InputHash, after.InputHash);
        Assert.NotEqual(before.Breakdown, after.Breakdown);
        Assert.Equal(CacheOutcome.Miss, trace.ReadOf(CacheLayers.Explanations)?.Outcome);
        Assert.Equal(2, harness.Model.Requests.Count);
    }

    [Fact]
    public async Task Text_is_stored_although_its_caller_has_gone()
    {
        await using var harness = await ExplanationHarness.CreateAsync(application);
        var owner = (await harness.AddMatchesAsync())[0];
        var instance = await harness.StartAsync();
        var (asked, gone) = (new TaskCompletionSource(), new TaskCompletionSource());
        harness.Model.Respond = async (context, _, _) =>
        {
            asked.TrySetResult();
            await gone.Task;
            await ModelServer.WriteAsync(context, ExplanationFixtures.Korean);
        };
        using var patience = new CancellationTokenSource();

        var asking = instance.Get<ExplanationReader>().FindAsync(owner, ExplanationLanguage.Ko, ExplanationHarness.NewCaller(), patience.Token).AsTask();
        await asked.Task.WaitAsync(CancellationToken);
        await patience.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => asking);
        gone.SetResult();

        await using var context = harness.Database.CreateContext();
        await TestInstance.EventuallyAsync(() => context.Explanations.AnyAsync(CancellationToken));
        Assert.Null((await ExplanationHarness.ExplainAsync(instance, owner)).Value.Fallback);
        Assert.Single(harness.Model.Requests);
    }

    [Fact]
    public async Task Match_outside_the_ranking_is_explained_from_its_row()
    {
        await using var harness = await ExplanationHarness.CreateAsync(application);
        var owner = (await harness.AddMatchesAsync())[0];
        var instance = await harness.StartAsync();
        var (inside, _) = await ExplanationHarness.ExplainAsync(instance, owner);

        // Fifteen better matches push it out; its row stays as it was.
        await instance.Transaction.ExecuteAsync(
            (context, _) =>
            {
                for (var i = 0; i < MatchResults.MaxRanking; i++)
                {
                    context.Programs.Add(new FundingProgram
                    {
                        Title = $"인공지능 소프트웨어 {(char)('가' + i)} 공모",
                        AnnouncementUrl = "https://example.com/2",
                        IdentityKey = $"{i}",
                        Fingerprint = $"{i}",
                        StatedMinTrl = 5,
                        StatedMaxTrl = 5,
                        Deadline = TimeProvider.System.GetUtcNow().AddDays(6),
                    }.Classified());
                }

                context.EvictTags("test", ConnectTags.Programs, ConnectTags.Matches);
                return Task.CompletedTask;
            },
            CancellationToken);
        Assert.DoesNotContain(
            (await instance.Get<MatchReader>().GetAsync(owner.OrganizationId, CancellationToken)).Ranking, match => match.Program.Id == owner.ProgramId);
        var (outside, _) = await ExplanationHarness.ExplainAsync(instance, owner);

        // The same numbers from the same facts are the same input.
        Assert.Equal((inside.InputHash, inside.Breakdown), (outside.InputHash, outside.Breakdown));

        await instance.Transaction.ExecuteAsync(
            async (context, token) =>
            {
                (await context.Organizations.SingleAsync(token)).RdExperience = true;
                context.EvictTags("test", ConnectTags.Organization(owner.OrganizationId));
            },
            CancellationToken);
        var (outdated, _) = await ExplanationHarness.ExplainAsync(instance, owner);

        Assert.Equal((ExplanationFallback.Outdated, inside.Breakdown), (outdated.Fallback, outdated.Breakdown));
        Assert.Single(harness.Model.Requests);
    }

    [Fact]
    public async Task Upcoming_program_is_explained_by_the_model()
    {
        await using var harness = await ExplanationHarness.CreateAsync(application);
        var owner = (await harness.AddMatchesAsync())[0];
        var instance = await harness.StartAsync();
        await instance.Get<MatchReader>().GetAsync(owner.OrganizationId, CancellationToken);
        await instance.Transaction.ExecuteAsync(
            async (context, token) =>
            {
                (await context.Programs.SingleAsync(token)).Status = ProgramStatus.Upcoming;
                context.EvictTags("test", ConnectTags.Programs, ConnectTags.Matches);
            },
            CancellationToken);

        var (upcoming, _) = await ExplanationHarness.ExplainAsync(instance, owner);

        Assert.Equal((null, 1), (upcoming.Fallback, harness.Model.Requests.Count));
    }

    [Fact]
    public async Task Closed_program_is_explained_by_rules_and_a_deleted_match_not_at_all()
    {
        await using var harness = await ExplanationHarness.CreateAsync(application);
        var owner = (await harness.AddMatchesAsync())[0];
        var instance = await harness.StartAsync();
        await ExplanationHarness.ExplainAsync(instance, owner);

        await instance.Transaction.ExecuteAsync(
            async (context, token) =>
            {
                var program = await context.Programs.SingleAsync(token);
                (program.Status, program.Deadline) = (ProgramStatus.Expired, TimeProvider.System.GetUtcNow().AddDays(-1));
                context.EvictTags("test", ConnectTags.Programs, ConnectTags.Matches);
            },
            CancellationToken);
        var (closed, _) = await ExplanationHarness.ExplainAsync(instance, owner);

        Assert.Equal(ExplanationFallback.Closed, closed.Fallback);
        Assert.Contains("마감되었습니다", closed.Text, StringComparison.Ordinal);

        await instance.Transaction.ExecuteAsync(
            async (context, token) =>
            {
                await context.Matches.ExecuteDeleteAsync(token);
                context.EvictTags("test", ConnectTags.Matches);
            },
            CancellationToken);
        Assert.Null(await instance.Get<ExplanationReader>().FindAsync(owner, ExplanationLanguage.Ko, ExplanationHarness.NewCaller(), CancellationToken));
    }

    [Fact]
    public async Task Owner_is_kept_for_long_and_an_unknown_id_is_not_kept_in_Redis()
    {
        await using var harness = await ExplanationHarness.CreateAsync(application);
        var owner = (await harness.AddMatchesAsync())[0];
        var instance = await harness.StartAsync();
        var unknown = Guid.CreateVersion7();
        await ExplanationHarness.ExplainAsync(instance, owner);
        var owners = instance.Get<MatchOwnerReader>();

        Assert.Equal(owner, await owners.FindAsync(owner.MatchId, CancellationToken));
        Assert.Null(await owners.FindAsync(unknown, CancellationToken));
        var (again, trace) = await TestInstance.TraceAsync(async () => await owners.FindAsync(unknown, CancellationToken));

        Assert.Null(again);
        Assert.Equal(0, trace.Queries);
        await TestInstance.EventuallyAsync(() => harness.Redis.Entries.Keys.Any(key => key.Contains($"match:owner:{owner.MatchId}", StringComparison.Ordinal)));
        Assert.DoesNotContain(harness.Redis.Entries.Keys, key => key.Contains(unknown.ToString(), StringComparison.Ordinal));
    }

    [Fact]
    public async Task Rules_explain_without_a_provider_and_leave_nothing_behind()
    {
        await using var harness = await ExplanationHarness.CreateAsync(application);
        var owner = (await harness.AddMatchesAsync())[0];
        var instance = await harness.StartAsync(null, ("Endpoint", null), ("ApiKey", null), ("Model", null));

        var (first, _) = await ExplanationHarness.ExplainAsync(instance, owner);
        var (second, trace) = await ExplanationHarness.ExplainAsync(instance, owner, ExplanationLanguage.En);

        Assert.Equal((ExplanationFallback.NotConfigured, null, null), (first.Fallback, first.Model, first.InputHash));
        Assert.Contains("적합도", first.Text, StringComparison.Ordinal);
        Assert.Contains("score", second.Text, StringComparison.Ordinal);
        Assert.Equal((0, null), (trace.Queries, trace.ReadOf(CacheLayers.Explanations)));
        Assert.Empty(harness.Model.Requests);
        Assert.False(harness.HasExplanationInRedis);
    }
}
