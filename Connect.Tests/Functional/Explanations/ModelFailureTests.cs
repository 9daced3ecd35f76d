using System.Diagnostics;
using System.Diagnostics.Metrics;
using System.Net;
using Connect.Caching.Generations;
using Connect.Data.Caching;
using Connect.Data.Explanations;
using Connect.Data.Model;
using Connect.Domain.Matching.Explanations;
using Connect.Tests.Distributed;
using Connect.Tests.Functional.Caching;
using Connect.Tests.Unit.Explanations;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Diagnostics.Metrics.Testing;
using Npgsql;

namespace Connect.Tests.Functional.Explanations;

/// <summary>After every failure of the model the rules explain, and their text is not stored.</summary>
public sealed class ModelFailureTests(RunningApplication application)
{
    private const string WrongNumber = " 귀사의 점수는 99점입니다.";

    private static CancellationToken CancellationToken => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Rules_step_in_for_server_errors_until_the_model_is_back()
    {
        await using var harness = await ExplanationHarness.CreateAsync(application);
        harness.Model.Respond = (context, _, _) => ModelServer.FailAsync(context, HttpStatusCode.InternalServerError);

        var (instance, owner) = await AssertFallsBackAsync(harness, ExplanationFallback.Unavailable, requests: 3, ("Retries", "2"));
        harness.Model.Respond = null;

        Assert.Null((await ExplanationHarness.ExplainAsync(instance, owner)).Value.Fallback);
        await AssertChargedAsync(harness, tokens: 1200, costKrw: 1.8m, calls: 2);
    }

    [Theory]
    [InlineData("not json")]
    [InlineData("{}")]
    [InlineData("{\"choices\":7}")]
    public async Task Rules_step_in_for_garbage(string body)
    {
        await using var harness = await ExplanationHarness.CreateAsync(application);
        harness.Model.Respond = (context, _, _) =>
        {
            context.Response.ContentType = "application/json";
            return context.Response.WriteAsync(body);
        };

        var instance = await harness.StartAsync();
        var (answer, _) = await ExplanationHarness.ExplainAsync(instance, (await harness.AddMatchesAsync())[0]);

        Assert.Contains(answer.Fallback, new ExplanationFallback?[] { ExplanationFallback.Unavailable, ExplanationFallback.Refused });
        await AssertNothingStoredAsync(harness);
    }

    [Fact]
    public async Task Rules_step_in_when_the_model_is_slow_and_the_database_is_not_blamed()
    {
        await using var harness = await ExplanationHarness.CreateAsync(application);
        harness.Model.Respond = async (context, _, _) =>
        {
            var aborted = new TaskCompletionSource();
            await using var registration = context.RequestAborted.Register(aborted.SetResult);
            await aborted.Task;
        };

        var (instance, _) = await AssertFallsBackAsync(harness, ExplanationFallback.Timeout, requests: 1, ("AttemptTimeout", "00:00:00.300"));

        Assert.True(instance.State.IsVerified);
        await using var context = harness.Database.CreateContext();
        Assert.Equal(ExplanationCallOutcome.TimedOut, (await context.ExplanationCalls.SingleAsync(CancellationToken)).Outcome);

        // The provider may charge for it, so the reservation stays charged.
        Assert.True((await context.ExplanationBudgetDays.SingleAsync(CancellationToken)).Tokens > 1200);
    }

    [Fact]
    public async Task Breaker_keeps_a_dead_model_from_being_asked()
    {
        await using var harness = await ExplanationHarness.CreateAsync(application);
        var owner = (await harness.AddMatchesAsync())[0];
        harness.Model.Respond = (context, _, _) => ModelServer.FailAsync(context, HttpStatusCode.BadGateway);
        var instance = await harness.StartAsync(null, ("Retries", "0"), ("AttemptsToBreak", "2"), ("BreakDuration", "00:05:00"));

        for (var i = 0; i < 4; i++)
        {
            Assert.Equal(ExplanationFallback.Unavailable, (await ExplanationHarness.ExplainAsync(instance, owner)).Value.Fallback);
        }

        Assert.Equal(2, harness.Model.Requests.Count);
        await AssertChargedAsync(harness, tokens: 0, costKrw: 0, calls: 4);
    }

    [Fact]
    public async Task Retry_After_is_waited_for()
    {
        await using var harness = await ExplanationHarness.CreateAsync(application);
        harness.Model.Respond = (context, _, number) => number == 0
            ? ModelServer.FailAsync(context, HttpStatusCode.TooManyRequests, "1")
            : ModelServer.WriteAsync(context, ExplanationFixtures.Korean);
        var instance = await harness.StartAsync();
        var owner = (await harness.AddMatchesAsync())[0];
        var started = Stopwatch.GetTimestamp();

        var (answer, _) = await ExplanationHarness.ExplainAsync(instance, owner);

        Assert.Null(answer.Fallback);
        Assert.True(Stopwatch.GetElapsedTime(started) >= TimeSpan.FromSeconds(0.9));
        Assert.Equal(2, harness.Model.Requests.Count);
    }

    [Fact]
    public async Task Rules_step_in_when_the_model_says_to_come_back_much_later()
    {
        await using var harness = await ExplanationHarness.CreateAsync(application);
        harness.Model.Respond = (context, _, _) => ModelServer.FailAsync(context, HttpStatusCode.TooManyRequests, "3600");

        await AssertFallsBackAsync(harness, ExplanationFallback.Unavailable, requests: 1);
    }

    [Fact]
    public async Task Wrong_number_is_given_one_more_chance()
    {
        await using var harness = await ExplanationHarness.CreateAsync(application);
        harness.Model.Respond = (context, _, number) =>
            ModelServer.WriteAsync(context, ExplanationFixtures.Korean + (number == 0 ? WrongNumber : ""));
        var instance = await harness.StartAsync();

        var (answer, _) = await ExplanationHarness.ExplainAsync(instance, (await harness.AddMatchesAsync())[0]);

        Assert.Equal((ExplanationFixtures.Korean, null), (answer.Text, answer.Fallback));
        Assert.Equal([2, 3], harness.Model.Requests.Select(request => request.Body["messages"]!.AsArray().Count));
        await AssertChargedAsync(harness, tokens: 2400, costKrw: 3.6m, calls: 2);
    }

    [Fact]
    public async Task Input_that_is_answered_wrongly_is_not_paid_for_again_and_again()
    {
        await using var harness = await ExplanationHarness.CreateAsync(application);
        harness.Model.Respond = (context, _, _) => ModelServer.WriteAsync(context, ExplanationFixtures.Korean + WrongNumber);

        var (instance, owner) = await AssertFallsBackAsync(harness, ExplanationFallback.Refused, requests: 2);
        await ExplanationHarness.ExplainAsync(instance, owner);

        Assert.Equal(2, harness.Model.Requests.Count);
    }

    [Fact]
    public async Task Answer_that_was_cut_off_is_refused()
    {
        await using var harness = await ExplanationHarness.CreateAsync(application);
        harness.Model.Respond = (context, _, _) => ModelServer.WriteAsync(context, ExplanationFixtures.Korean, "length");

        await AssertFallsBackAsync(harness, ExplanationFallback.Refused, requests: 2);
    }

    [Theory]
    [InlineData("DailyTokenBudget", "1000")]
    [InlineData("DailyBudgetKrw", "1")]
    public async Task Rules_step_in_when_the_budget_is_used_up(string option, string value)
    {
        await using var harness = await ExplanationHarness.CreateAsync(application);

        await AssertFallsBackAsync(harness, ExplanationFallback.Budget, requests: 0, (option, value));
    }

    [Fact]
    public async Task Budget_cannot_be_overdrawn_by_many_at_once()
    {
        await using var harness = await ExplanationHarness.CreateAsync(application);
        ExplanationBudget[] budgets =
        [
            (await harness.StartAsync(null, ("DailyTokenBudget", "3500"))).Get<ExplanationBudget>(),
            (await harness.StartAsync(null, ("DailyTokenBudget", "3500"))).Get<ExplanationBudget>(),
        ];

        var taken = await Task.WhenAll(Enumerable.Range(0, 20).Select(i => budgets[i % 2].TryReserveAsync(900, 100, CancellationToken)));

        Assert.Equal(3, taken.Count(reservation => reservation is not null));
        await using var context = harness.Database.CreateContext();
        Assert.Equal(3000, (await context.ExplanationBudgetDays.SingleAsync(CancellationToken)).Tokens);
    }

    [Fact]
    public async Task Lock_of_a_process_that_dies_is_taken_over()
    {
        await using var harness = await ExplanationHarness.CreateAsync(application);
        var owner = (await harness.AddMatchesAsync())[0];
        var instance = await harness.StartAsync();
        await using var other = await LockAsync(harness, instance, owner);

        var asking = ExplanationHarness.ExplainAsync(instance, owner);
        await TestInstance.EventuallyAsync(async () => await CountWaitingAsync(harness) > 0);
        Assert.Empty(harness.Model.Requests);
        await ExecuteAsync(harness, $"select pg_terminate_backend({other.ProcessID})");

        Assert.Null((await asking).Value.Fallback);
        Assert.Single(harness.Model.Requests);
    }

    [Fact]
    public async Task Rules_step_in_when_the_lock_is_held_for_too_long_and_the_database_is_not_blamed()
    {
        await using var harness = await ExplanationHarness.CreateAsync(application);
        var owner = (await harness.AddMatchesAsync())[0];
        var instance = await harness.StartAsync(null, ("MaxWait", "00:00:00.200"));
        await using var other = await LockAsync(harness, instance, owner);

        var (answer, _) = await ExplanationHarness.ExplainAsync(instance, owner);

        Assert.Equal(ExplanationFallback.Busy, answer.Fallback);
        Assert.True(instance.State.IsVerified);
        Assert.Empty(harness.Model.Requests);
    }

    [Fact]
    public async Task Text_survives_the_loss_of_its_lock()
    {
        await using var harness = await ExplanationHarness.CreateAsync(application);
        var owner = (await harness.AddMatchesAsync())[0];
        var instance = await harness.StartAsync();
        harness.Model.Respond = async (context, _, _) =>
        {
            await ExecuteAsync(harness, "select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and application_name = 'connect-explanations'");
            await ModelServer.WriteAsync(context, ExplanationFixtures.Korean);
        };

        var (answer, _) = await ExplanationHarness.ExplainAsync(instance, owner);

        Assert.Equal(ExplanationFixtures.Korean, answer.Text);
        await using var database = harness.Database.CreateContext();
        Assert.Equal(ExplanationFixtures.Korean, (await database.Explanations.SingleAsync(CancellationToken)).Text);
    }

    [Fact]
    public async Task Numbers_tell_calls_tokens_cost_and_fallbacks()
    {
        await using var harness = await ExplanationHarness.CreateAsync(application);
        var owners = await harness.AddMatchesAsync(2);
        var instance = await harness.StartAsync();
        var meters = instance.Get<IMeterFactory>();
        using var calls = new MetricCollector<long>(meters, "Connect.Explanations", "connect.explanations.calls");
        using var tokens = new MetricCollector<long>(meters, "Connect.Explanations", "connect.explanations.tokens");
        using var cost = new MetricCollector<double>(meters, "Connect.Explanations", "connect.explanations.cost");
        using var fallbacks = new MetricCollector<long>(meters, "Connect.Explanations", "connect.explanations.fallbacks");

        await ExplanationHarness.ExplainAsync(instance, owners[0]);
        harness.Model.Respond = (context, _, _) => ModelServer.FailAsync(context, HttpStatusCode.BadRequest);
        await ExplanationHarness.ExplainAsync(instance, owners[1]);

        Assert.Equal(["answered", "failed"], calls.ReadCounted().Select(measurement => measurement.Tags["outcome"]).Order());
        Assert.Equal(1200, tokens.ReadCounted().Sum(measurement => measurement.Value));
        Assert.Equal(1.8, cost.ReadCounted().Sum(measurement => measurement.Value), 6);
        Assert.Equal("unavailable", Assert.Single(fallbacks.ReadCounted()).Tags["reason"]);
    }

    private static async Task<(TestInstance Instance, MatchOwner Owner)> AssertFallsBackAsync(
        ExplanationHarness harness, ExplanationFallback expected, int requests, params (string Name, string? Value)[] settings)
    {
        var owner = (await harness.AddMatchesAsync())[0];
        var instance = await harness.StartAsync(null, settings);

        var (answer, _) = await ExplanationHarness.ExplainAsync(instance, owner);

        Assert.Equal((expected, null, null), (answer.Fallback, answer.Model, answer.InputHash));
        Assert.Contains("적합도", answer.Text, StringComparison.Ordinal);
        Assert.Equal(requests, harness.Model.Requests.Count);
        await AssertNothingStoredAsync(harness);
        return (instance, owner);
    }

    private static async Task AssertNothingStoredAsync(ExplanationHarness harness)
    {
        Assert.False(harness.HasExplanationInRedis);
        await using var context = harness.Database.CreateContext();
        Assert.False(await context.Explanations.AnyAsync(CancellationToken));
    }

    private static async Task AssertChargedAsync(ExplanationHarness harness, long tokens, decimal costKrw, int calls)
    {
        await using var context = harness.Database.CreateContext();
        var day = await context.ExplanationBudgetDays.SingleAsync(CancellationToken);
        Assert.Equal((tokens, (long)(costKrw * 1_000_000)), (day.Tokens, day.CostMicroKrw));
        Assert.Equal(calls, await context.ExplanationCalls.CountAsync(CancellationToken));
    }

    /// <summary>Takes the lock that the instance will want, as another process would.</summary>
    private static async Task<NpgsqlConnection> LockAsync(ExplanationHarness harness, TestInstance instance, MatchOwner owner)
    {
        var facts = await instance.Get<MatchFactsReader>().FindAsync(owner, CancellationToken);
        var hash = ExplanationPrompt.For(facts!, ExplanationLanguage.Ko, ModelServer.Model).InputHash;
        var connection = instance.Get<PrimaryDatabase>().CreateUnpooled("other");
        await connection.OpenAsync(CancellationToken);
        await using var command = new NpgsqlCommand($"select pg_advisory_lock({ExplanationLock.KeyOf(hash)})", connection);
        await command.ExecuteNonQueryAsync(CancellationToken);
        return connection;
    }

    private static async Task<long> CountWaitingAsync(ExplanationHarness harness) => (long)(await ExecuteAsync(
        harness,
        "select count(*) from pg_locks l join pg_database d on d.oid = l.database where d.datname = current_database() and locktype = 'advisory' and not granted"))!;

    private static async Task<object?> ExecuteAsync(ExplanationHarness harness, string sql)
    {
        await using var connection = new NpgsqlConnection(harness.Database.ConnectionString);
        await connection.OpenAsync(CancellationToken);
        await using var command = new NpgsqlCommand(sql, connection);
        return await command.ExecuteScalarAsync(CancellationToken);
    }
}
