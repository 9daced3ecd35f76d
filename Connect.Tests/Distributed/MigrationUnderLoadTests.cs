using System.Collections.Concurrent;
using System.Net;
using System.Text.Json.Nodes;
using Connect.Caching.Generations;
using Connect.Domain.Programs;
using Connect.Tests.Distributed.Security;
using Connect.Tests.Functional;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace Connect.Tests.Distributed;

/// <summary>
/// The worker migrates while replicas answer. Reads of the cache are prepared statements, and PostgreSQL refuses those whose columns have
/// changed (0A000, "cached plan must not change result type").
/// </summary>
public sealed class MigrationUnderLoadTests(RunningApplication application)
{
    private const int MostRounds = 40;

    // Columns that are read get other types and their own again; others come and go.
    private static readonly string[] Changes =
    [
        .. from table in (string[])["organizations", "programs", "matches", "users"]
           from change in (string[])["add column extra integer not null default 1", "alter column extra type bigint", "drop column extra"]
           select $"alter table {table} {change}",
        .. from column in (string[])
            ["organizations industry_sector", "organizations type", "programs kind", "programs agency", "matches algorithm_version", "users normalized_email"]
           let parts = column.Split(' ')
           from type in (string[])["character varying(200)", "character varying(256)"]
           select $"alter table {parts[0]} alter column {parts[1]} type {type}",
        "alter table organizations alter column collaboration_count type bigint",
        "alter table organizations alter column collaboration_count type integer",
    ];

    private static CancellationToken CancellationToken => TestContext.Current.CancellationToken;

    [Fact]
    public async Task No_request_fails_while_columns_change()
    {
        await using var instances = await ApiInstances.CreateAsync(application);
        await AddProgramAsync(instances);
        ApiHost[] hosts = [await HostAsync(instances), await HostAsync(instances)];
        using var first = new AttackClient(hosts[0].Address);
        using var second = new AttackClient(hosts[1].Address);
        var members = new List<Member>();
        foreach (var client in (AttackClient[])[first, second])
        {
            var user = await AttackedSite.SignUpAsync(client, $"{Guid.NewGuid():N}@example.com", "Passw0rd!-1");
            members.Add(new Member(client, await AttackedSite.CreateOrganizationAsync(client, user, "시험 회사")));
        }

        // Npgsql prepares a statement when a connection has run it a few times.
        var rounds = 0;
        while ((await Task.WhenAll(hosts.Select(CountPreparedAsync))).Contains(0))
        {
            Assert.True(rounds++ < MostRounds, "Reads of organizations are not prepared.");
            await Task.WhenAll(members.Select(member => member.AskEverythingAsync()));
        }

        await using var database = NpgsqlDataSource.Create(instances.ConnectionString);
        foreach (var change in Changes)
        {
            var round = Task.WhenAll(members.Select(member => member.AskEverythingAsync()));
            await using (var command = database.CreateCommand(change))
            {
                await command.ExecuteNonQueryAsync(CancellationToken);
            }

            await round;
            await Task.WhenAll(members.Select(member => member.AskEverythingAsync()));
        }

        var answers = members.SelectMany(member => member.Answers).ToList();
        TestContext.Current.TestOutputHelper!.WriteLine(
            $"{answers.Count} answers during {Changes.Length} changes: {string.Join(", ", answers.CountBy(answer => (int)answer.Answer.Status).OrderBy(group => group.Key))}");
        Assert.Empty(answers.Where(answer => answer.Answer.Status >= HttpStatusCode.InternalServerError).Select(answer => $"{answer.Request}: {answer.Answer.Status} {answer.Answer.Body}"));
        Assert.All(answers, answer => Assert.True(answer.Answer.Status == HttpStatusCode.OK, $"{answer.Request}: {answer.Answer.Status} {answer.Answer.Body}"));
        Assert.True(answers.Count > Changes.Length * members.Count * 10);
    }

    // Long time-outs: the speed of a busy machine is not under test.
    private static Task<ApiHost> HostAsync(ApiInstances instances) =>
        instances.HostAsync(("Cache__GenerationsTimeoutSeconds", "20"), ("Cache__FactoryTimeoutSeconds", "20"), ("Edge__RequestTimeout", "00:01:00"));

    // Statements belong to connections: those that are idle, and some new ones.
    private static async Task<long> CountPreparedAsync(ApiHost host)
    {
        var connections = new List<NpgsqlConnection>();
        try
        {
            var count = 0L;
            for (var connection = 0; connection < 8; connection++)
            {
                connections.Add(await host.Services.GetRequiredService<PrimaryDatabase>().Pooled.OpenConnectionAsync(CancellationToken));
                await using var command = new NpgsqlCommand(
                    "select count(*) from pg_prepared_statements where statement ilike '%from organizations%'", connections[^1]);
                count += (long)(await command.ExecuteScalarAsync(CancellationToken))!;
            }

            return count;
        }
        finally
        {
            foreach (var connection in connections)
            {
                await connection.DisposeAsync();
            }
        }
    }

    private static async Task AddProgramAsync(ApiInstances instances)
    {
        await using var context = instances.CreateContext();
        context.Programs.Add(new FundingProgram
        {
            Title = "2099년도 인공지능 기술개발사업 신규과제 공고",
            AnnouncementUrl = "https://example.com/1",
            IdentityKey = "1",
            Fingerprint = "1",
            Deadline = new DateTimeOffset(2099, 7, 31, 9, 0, 0, TimeSpan.Zero),
        }.Classified());
        await context.SaveChangesAsync(CancellationToken);
    }

    private sealed class Member(AttackClient client, AttackUser user)
    {
        private string _refresh = user.RefreshToken;
        private int _level = 1;

        public ConcurrentQueue<(string Request, AttackAnswer Answer)> Answers { get; } = [];

        // The change of the profile evicts members, profile and ranking, so the reads after it are computed.
        public async Task AskEverythingAsync()
        {
            var organization = $"/api/organizations/{user.Organization}";
            _level = (_level % 9) + 1;
            await AskAsync("PATCH", organization, new JsonObject { ["technologyReadinessLevel"] = _level });
            await AskAsync("GET", organization);
            var ranking = await AskAsync("POST", $"/api/matches/generate?organizationId={user.Organization}&explain=true");
            if (ranking.Status != HttpStatusCode.OK)
            {
                return;
            }

            await AskAsync("GET", $"{organization}/matches");
            await AskAsync("GET", $"/api/matches?organizationId={user.Organization}");
            await AskAsync("GET", "/api/programs?limit=5");
            await AskAsync("GET", $"/api/programs/{ranking.Json["matches"]![0]!["program"]!["id"]}");
            await AskAsync("GET", $"/api/matches/{ranking.Json["matches"]![0]!["id"]}/explanation");
            await AskAsync("PATCH", $"/api/matches/{ranking.Json["matches"]![0]!["id"]}", new JsonObject { ["saved"] = _level % 2 == 0 });
            await AskAsync("POST", "/auth/login", new JsonObject { ["email"] = user.Email, ["password"] = user.Password });
            var refreshed = await AskAsync("POST", "/auth/refresh", new JsonObject { ["refreshToken"] = _refresh });
            _refresh = refreshed.Status == HttpStatusCode.OK ? refreshed.Json["refreshToken"]!.GetValue<string>() : _refresh;
        }

        private async Task<AttackAnswer> AskAsync(string method, string path, JsonNode? body = null)
        {
            var answer = await client.SendAsync(new AttackRequest(method, path) { Token = user.Token }.WithJson(body));
            Answers.Enqueue(($"{method} {path}", answer));
            return answer;
        }
    }
}
