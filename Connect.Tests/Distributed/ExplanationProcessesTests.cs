using System.Net;
using Connect.Domain.Programs;
using Connect.Tests.Distributed.Security;
using Connect.Tests.Functional;
using Connect.Tests.Functional.Caching;
using Connect.Tests.Functional.Explanations;
using Connect.Tests.Unit.Explanations;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using StackExchange.Redis;

namespace Connect.Tests.Distributed;

/// <summary>
/// A text is paid for once, also over two instances of the API (real processes in the long forms) with a database and a
/// key space of Redis of their own, and a model that counts its requests.
/// </summary>
public sealed class ExplanationProcessesTests(RunningApplication application)
{
    private const int Places = 8;
    private const int RedisKeySpace = 13;
    private const int SignUpsAtOnce = 6;

    private static CancellationToken CancellationToken => TestContext.Current.CancellationToken;

    [Fact]
    public Task Organizations_asking_two_instances_at_once_call_the_model_once_per_input() => AskAtOnceAsync(organizations: 2 * Places, areProcesses: false);

    [Fact(Explicit = true)]
    public Task Sixty_organizations_asking_two_processes_at_once_call_the_model_once_per_input() => AskAtOnceAsync(organizations: 60, areProcesses: true);

    private async Task AskAtOnceAsync(int organizations, bool areProcesses)
    {
        await using var system = await StartAsync(areProcesses);
        var users = await SignUpAsync(system, organizations);

        var released = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        system.Model.Respond = async (context, _, _) =>
        {
            await released.Task;
            await ModelServer.WriteAsync(context, ExplanationFixtures.Korean);
        };

        // Every place of both processes is taken by the same inputs: half of them write, half wait for their locks.
        var some = AskAsync(users.Take(Places), system.First, system.Second);
        await TestInstance.EventuallyAsync(async () => await ExplanationHarness.CountWritersAsync(system.Database) >= 2 * Places);
        var others = AskAsync(users.Skip(Places), system.First, system.Second);
        await TestInstance.EventuallyAsync(() => system.Model.Requests.Count >= Places);
        Assert.Equal((Places, 2 * Places), (system.Model.Requests.Count, await ExplanationHarness.CountWritersAsync(system.Database)));
        released.SetResult();
        var answers = (await Task.WhenAll(some, others)).SelectMany(part => part).ToList();

        AssertModels(answers);
        Assert.Equal(organizations, system.Model.Requests.Count);
        Assert.All(system.Model.CountByInput(), input => Assert.Equal(1, input.Value));
        Assert.Equal(areProcesses ? 2 : 1, answers.Select(answer => answer.Instance).Distinct().Count());
        await AssertConfirmedAsync(users[0], system.First, system.Second);

        // Redis is flushed, and the instances with the cached texts are gone.
        await FlushAsync(system.Redis);
        await Task.WhenAll(system.First.DisposeAsync().AsTask(), system.Second.DisposeAsync().AsTask());
        var third = await system.StartApiAsync();
        var fourth = await system.StartApiAsync();
        var again = await AskAsync(users, third, fourth);

        AssertModels(again);
        Assert.Contains(again, answer => answer.Cache == "miss");
        Assert.Equal(organizations, system.Model.Requests.Count);
        await using var context = system.Database.CreateContext();
        Assert.Equal(organizations, await context.Explanations.CountAsync(CancellationToken));
        Assert.Equal(organizations * 1200, (await context.ExplanationBudgetDays.SingleAsync(CancellationToken)).Tokens);
    }

    [Fact(Explicit = true)]
    public async Task Process_that_dies_while_the_model_writes_is_replaced_by_the_one_that_waits()
    {
        await using var system = await StartAsync(areProcesses: true);
        var user = Assert.Single(await SignUpAsync(system, 1));
        var asked = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        system.Model.Respond = async (context, _, number) =>
        {
            if (number == 0)
            {
                var died = new TaskCompletionSource();
                await using var registration = context.RequestAborted.Register(died.SetResult);
                asked.SetResult();
                await died.Task;
                return;
            }

            await ModelServer.WriteAsync(context, ExplanationFixtures.Korean);
        };

        var lost = user.AskAsync(system.First);
        await asked.Task.WaitAsync(CancellationToken);
        var waiting = user.AskAsync(system.Second);
        await TestInstance.EventuallyAsync(async () => await ExplanationHarness.CountWritersAsync(system.Database) == 2);
        Assert.Single(system.Model.Requests);
        await system.First.DisposeAsync();

        await Assert.ThrowsAnyAsync<HttpRequestException>(() => lost);
        AssertModels([await waiting]);
        Assert.Equal(2, system.Model.Requests.Count);
    }

    [Fact]
    public async Task Instance_that_is_half_configured_does_not_start()
    {
        await using var instances = await ApiInstances.CreateAsync(application);

        var refused = await Assert.ThrowsAsync<OptionsValidationException>(() => instances.HostAsync(("Explanations__Model", ModelServer.Model)));

        Assert.Contains("Endpoint, ApiKey and Model are given together", refused.Message, StringComparison.Ordinal);
    }

    private static void AssertModels(IEnumerable<ApiAnswer> answers) => Assert.All(answers, answer =>
    {
        Assert.Equal(HttpStatusCode.OK, answer.Status);
        Assert.Equal(("model", null), (answer.Text("source"), (string?)answer.Body!["fallbackReason"]));
        Assert.Equal(ExplanationFixtures.Korean, answer.Text("text"));
    });

    // The entity tag depends on the inputs only, so each instance confirms the other's.
    private static async Task AssertConfirmedAsync(Member user, IApiInstance first, IApiInstance second)
    {
        var tag = (await user.AskAsync(first)).ETag;
        var answer = await user.AskAsync(second);
        Assert.Equal((tag, "memory"), (answer.ETag, answer.Cache));
        Assert.Equal(HttpStatusCode.NotModified, (await user.AskAsync(second, tag)).Status);
    }

    private static Task<ApiAnswer[]> AskAsync(IEnumerable<Member> users, IApiInstance first, IApiInstance second) =>
        Task.WhenAll(users.SelectMany(user => new[] { user.AskAsync(first), user.AskAsync(second) }));

    /// <summary>
    /// Users with an organization each that differ in one fact, and their match with the one program.
    /// </summary>
    private static async Task<List<Member>> SignUpAsync(Instances system, int count)
    {
        List<Member> members = [];
        foreach (var numbers in Enumerable.Range(1, count).Chunk(SignUpsAtOnce))
        {
            members.AddRange(await Task.WhenAll(numbers.Select(number => SignUpOneAsync(system.First, number))));
        }

        return members;
    }

    private static async Task<Member> SignUpOneAsync(IApiInstance api, int number)
    {
        var (email, password) = ($"{Guid.NewGuid():N}@example.com", "Passw0rd!-1");
        var client = new ApiClient(api.Address);
        Assert.Equal(HttpStatusCode.OK, (await client.SendAsync(HttpMethod.Post, "/auth/register", new { email, password })).Status);
        var token = (await client.SendAsync(HttpMethod.Post, "/auth/login", new { email, password })).Text("accessToken");
        client.WithToken(token);
        var created = await client.SendAsync(HttpMethod.Post, "/api/organizations", new
        {
            type = "COMPANY",
            name = "시험 회사",
            businessNumber = ApiClient.NextBusinessNumber(),
            industrySector = "ICT",
            technologyReadinessLevel = 5,
            collaborationCount = number,
            keyTechnologies = new[] { "인공지능" },
        });
        Assert.Equal(HttpStatusCode.Created, created.Status);
        var matches = (await client.GenerateAsync(Guid.Parse(created.Text("id")))).Body!["matches"]!.AsArray();
        return new Member(token, Assert.Single(matches)!["id"]!.GetValue<Guid>());
    }

    private static async Task FlushAsync(string redis)
    {
        await using var connection = await ConnectionMultiplexer.ConnectAsync($"{redis},allowAdmin=true");
        await connection.GetDatabase().ExecuteAsync("FLUSHDB");
    }

    private async Task<Instances> StartAsync(bool areProcesses)
    {
        var database = await TestDatabase.CreateAsync(application);
        await using (var context = database.CreateContext())
        {
            context.Programs.Add(new FundingProgram
            {
                Title = "2026년도 인공지능 기술개발사업 공고",
                AnnouncementUrl = "https://example.com/1",
                IdentityKey = "1",
                Fingerprint = "1",
                StatedMinTrl = 4,
                StatedMaxTrl = 7,
                Deadline = SeoulTime.NextMidnight(TimeProvider.System.GetUtcNow()).AddDays(45).ToUniversalTime(),
            }.Classified());
            await context.SaveChangesAsync(CancellationToken);
        }

        // A key space of its own: others' keys must survive the flush.
        var cache = await application.GetRedisAsync();
        var system = new Instances(database, await ModelServer.StartAsync(), $"{cache},defaultDatabase={RedisKeySpace}", areProcesses);
        await FlushAsync(system.Redis);
        system.First = await system.StartApiAsync();
        system.Second = await system.StartApiAsync();
        return system;
    }

    /// <summary>A member of an organization and its match.</summary>
    private sealed record Member(string Token, Guid MatchId)
    {
        public Task<ApiAnswer> AskAsync(IApiInstance api, string? known = null) =>
            new ApiClient(api.Address).WithToken(Token).SendAsync(HttpMethod.Get, $"/api/matches/{MatchId}/explanation", ifNoneMatch: known);
    }

    private sealed class Instances(TestDatabase database, ModelServer model, string redis, bool areProcesses) : IAsyncDisposable
    {
        private readonly ApiInstances _instances = new(database.ConnectionString, redis);

        public TestDatabase Database => database;

        public ModelServer Model => model;

        public string Redis => redis;

        public IApiInstance First { get; set; } = null!;

        public IApiInstance Second { get; set; } = null!;

        public async Task<IApiInstance> StartApiAsync()
        {
            (string, string)[] settings =
            [
                // Many callers at once on cold instances: on a busy machine a query may take over a second, which is
                // not
                // under test.
                ("Cache__GenerationsTimeoutSeconds", "20"),
                ("Cache__FactoryTimeoutSeconds", "20"),
                ("Explanations__Endpoint", model.Endpoint.ToString()),
                ("Explanations__ApiKey", "test-key"),
                ("Explanations__Model", ModelServer.Model),
                ("Explanations__MaxConcurrentCalls", $"{Places}"),
            ];
            return areProcesses ? await _instances.StartAsync(settings) : await _instances.HostAsync(settings);
        }

        public async ValueTask DisposeAsync()
        {
            await _instances.DisposeAsync();
            await model.DisposeAsync();
            await database.DisposeAsync();
        }
    }
}
