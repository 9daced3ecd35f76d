using Connect.Api.Explanations;
using Connect.Caching.Flow;
using Connect.Data.Caching;
using Connect.Data.Explanations;
using Connect.Domain.Matching;
using Connect.Domain.Matching.Explanations;
using Connect.Domain.Organizations;
using Connect.Domain.Programs;
using Connect.Testing.Instances;
using Connect.Tests.Distributed;
using Connect.Tests.Functional.Caching;
using Microsoft.Extensions.Configuration;
using Npgsql;

namespace Connect.Tests.Functional.Explanations;

/// <summary>Instances on a database, a Redis and a model of the test's own.</summary>
internal sealed class ExplanationHarness : IAsyncDisposable
{
    private readonly RunningApplication _application;
    private readonly List<TestInstance> _instances = [];

    private ExplanationHarness(RunningApplication application, TestDatabase database, ModelServer model) =>
        (_application, Database, Model) = (application, database, model);

    public TestDatabase Database { get; }

    public ModelServer Model { get; }

    /// <summary>The second tier of instances that are not given another.</summary>
    public RecordingCache Redis { get; } = new();

    /// <summary>Whether anything of the layer is in the second tier.</summary>
    public bool HasExplanationInRedis => Redis.Entries.Keys.Any(key => key.Contains(":ai:explanation:", StringComparison.Ordinal));

    private static CancellationToken CancellationToken => TestContext.Current.CancellationToken;

    public static async Task<ExplanationHarness> CreateAsync(RunningApplication application) =>
        new(application, await TestDatabase.CreateAsync(application), await ModelServer.StartAsync());

    /// <summary>Starts an instance with a model, quick to give up; settings overrule, null takes one out.</summary>
    public async Task<TestInstance> StartAsync(RecordingCache? redis = null, params (string Name, string? Value)[] settings)
    {
        var values = new Dictionary<string, string?>
        {
            ["Endpoint"] = Model.Endpoint.ToString(),
            ["ApiKey"] = "test-key",
            ["Model"] = ModelServer.Model,
            ["RetryDelay"] = "00:00:00.001",
            ["InputPricePerMillionKrw"] = "1000",
            ["OutputPricePerMillionKrw"] = "4000",
        };
        foreach (var (name, value) in settings)
        {
            values[name] = value;
        }

        var instance = await TestInstance.StartAsync(_application, Database.ConnectionString, new()
        {
            Redis = redis ?? Redis,
            Host = builder =>
            {
                builder.Configuration.AddInMemoryCollection(values.Where(value => value.Value is not null)
                    .Select(value => KeyValuePair.Create($"{ExplanationOptions.SectionName}:{value.Key}", value.Value)));
                builder.AddExplanationModel();
            },
        });
        _instances.Add(instance);
        return instance;
    }

    /// <summary>Organizations that differ in a fact for the model, and one program that matches all of them.</summary>
    public async Task<List<MatchOwner>> AddMatchesAsync(int count = 1)
    {
        await using var context = Database.CreateContext();
        var program = new FundingProgram
        {
            Title = "2026년도 인공지능 기술개발사업 공고",
            AnnouncementUrl = "https://example.com/1",
            IdentityKey = $"{Guid.NewGuid():N}",
            Fingerprint = $"{Guid.NewGuid():N}",
            StatedMinTrl = 4,
            StatedMaxTrl = 7,
            BudgetAmount = 150_000_000,
            Deadline = SeoulTime.NextMidnight(TimeProvider.System.GetUtcNow()).AddDays(45).ToUniversalTime(),
        };
        context.Programs.Add(program.Classified());
        List<MatchOwner> owners = [];
        for (var i = 0; i < count; i++)
        {
            var organization = new Organization
            {
                Name = "시험",
                BusinessNumberEncrypted = "",
                BusinessNumberHash = $"{Guid.NewGuid():N}",
                IndustrySector = Sector.Ict,
                TechnologyReadinessLevel = 5,
                CollaborationCount = i,
                KeyTechnologies = ["인공지능"],
                ProfileCompleted = true,
            };
            context.Organizations.Add(organization);
            owners.Add(new MatchOwner(MatchId.For(organization.Id, program.Id), organization.Id, program.Id));
        }

        await context.SaveChangesAsync(CancellationToken);
        return owners;
    }

    /// <summary>A caller without earlier requests.</summary>
    public static ExplanationCaller NewCaller() => new(Guid.CreateVersion7(), $"test:{Guid.NewGuid():N}");

    /// <summary>Explains as a request would.</summary>
    public static async Task<(Explanation Value, CacheTrace Trace)> ExplainAsync(
        TestInstance instance, MatchOwner owner, ExplanationLanguage language = ExplanationLanguage.Ko, ExplanationCaller? caller = null) =>
        await TestInstance.TraceAsync(async () =>
        {
            var explanation = await instance.Get<ExplanationReader>().FindAsync(owner, language, caller ?? NewCaller(), CancellationToken);
            return explanation ?? throw new InvalidOperationException("The match is gone.");
        });

    /// <summary>Connections that hold or await the lock of a text, of all processes on a database.</summary>
    public static async Task<long> CountWritersAsync(TestDatabase database)
    {
        await using var connection = new NpgsqlConnection(database.ConnectionString);
        await connection.OpenAsync(CancellationToken);
        await using var command = new NpgsqlCommand(
            "select count(*) from pg_stat_activity where datname = current_database() and application_name = 'connect-explanations'", connection);
        return (long)(await command.ExecuteScalarAsync(CancellationToken))!;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var instance in _instances)
        {
            await instance.DisposeAsync();
        }

        await Model.DisposeAsync();
        await Database.DisposeAsync();
    }
}
