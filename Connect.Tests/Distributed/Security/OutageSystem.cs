using System.Net;
using System.Text.Json.Nodes;
using Connect.Testing.Servers;
using Connect.Tests.Functional;
using Microsoft.EntityFrameworkCore;

namespace Connect.Tests.Distributed.Security;

/// <summary>Two instances of the API on servers that can be stopped, and the requests of a load.</summary>
public sealed class OutageSystem : IAsyncLifetime
{
    // Organizations that are not cached when the database goes away.
    private const int Unread = 4;

    private readonly CheckerProcesses _processes = new();
    private readonly List<AttackUser> _unread = [];
    private AttackedSite _site = null!;
    private AttackUser _reader = null!;

    internal CheckedPostgres Postgres { get; private set; } = null!;

    internal CheckedRedis Redis { get; private set; } = null!;

    internal IReadOnlyList<AttackClient> Clients => _site.Clients;

    public async ValueTask InitializeAsync()
    {
        var cancellationToken = TestContext.Current.CancellationToken;
        Redis = await CheckedRedis.StartNewAsync(_processes, cancellationToken);
        Postgres = await CheckedPostgres.StartNewAsync(_processes, isDurable: false, cancellationToken);
        await using (var context = TestDatabase.CreateContext(Postgres.ConnectionString))
        {
            await context.Database.MigrateAsync(cancellationToken);
        }

        _site = await AttackedSite.HostAsync(
            Postgres.ConnectionString, Redis.Configuration, instances: 2,

            // A short lease and a short break, so that the test need not wait for their ends.
            ("Cache__LeaseDuration", "00:00:01.500"),
            ("Cache__PollInterval", "00:00:00.500"),
            ("Cache__RedisBreakDuration", "00:00:01"),
            ("Cache__GenerationsTimeoutSeconds", "5"),
            ("Cache__FactoryTimeoutSeconds", "5"));
        await _site.AddProgramAsync(1);
        _reader = await _site.SignUpMemberAsync("읽는 회사");
        for (var user = 0; user < Unread; user++)
        {
            _unread.Add(await _site.SignUpMemberAsync("아무도 읽지 않은 회사"));
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _site.DisposeAsync();
        await Postgres.DisposeAsync();
        await Redis.DisposeAsync();
        await _processes.DisposeAsync();
    }

    /// <summary>An answer that is in every cache once it was read.</summary>
    internal Task<AttackAnswer> ReadCachedAsync(int process) => Clients[process].GetAsync($"/api/organizations/{_reader.Organization}/matches", _reader.Token);

    /// <summary>An answer that is never cached.</summary>
    internal Task<AttackAnswer> ReadDatabaseAsync(int process) => Clients[process].GetAsync("/api/programs?limit=5&q=%EA%B3%B5%EA%B3%A0", _reader.Token);

    /// <summary>An answer that could be cached, and is not.</summary>
    internal Task<AttackAnswer> ReadUnreadAsync(int process, int number)
    {
        var user = _unread[number % _unread.Count];
        return Clients[process].GetAsync($"/api/organizations/{user.Organization}/matches", user.Token);
    }

    /// <summary>Changes cached data.</summary>
    internal async Task<AttackAnswer> ChangeAsync(int process, int readinessLevel) => await Clients[process].SendAsync(
        new AttackRequest("PATCH", $"/api/organizations/{_reader.Organization}") { Token = _reader.Token, MediaType = "application/merge-patch+json" }
            .WithJson(new JsonObject { ["technologyReadinessLevel"] = readinessLevel }));

    /// <summary>Whether an instance answers everything, without marks of staleness.</summary>
    internal async Task<bool> IsWellAsync(int process) =>
        await ReadCachedAsync(process) is { Status: HttpStatusCode.OK, IsStale: false }
        && await ReadDatabaseAsync(process) is { Status: HttpStatusCode.OK };
}
