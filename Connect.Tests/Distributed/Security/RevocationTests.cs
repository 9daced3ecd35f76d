using System.Net;
using System.Text.Json.Nodes;
using Connect.Domain.Organizations;
using Microsoft.EntityFrameworkCore;

namespace Connect.Tests.Distributed.Security;

/// <summary>Keys, roles and sessions that end under load: how soon every instance refuses what they opened.</summary>
[Collection(nameof(RunsAlone))]
public sealed class RevocationTests(TwoInstances instances, RunningApplication application, ITestOutputHelper output) : IClassFixture<TwoInstances>
{
    private const int AtOnce = 4;
    private const int Tries = 3_400;
    private const string Programs = "/api/programs?limit=1";

    private static CancellationToken CancellationToken => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(Kind.Key, 120)]
    [InlineData(Kind.Role, 120)]
    [InlineData(Kind.Session, 60)]
    public Task What_was_revoked_is_refused_by_every_instance_within_the_promise(Kind kind, int tries) => RevokeAsync(instances.Site, kind, tries);

    [Fact(Explicit = true)]
    public Task Revoked_keys_are_refused_by_every_process_within_the_promise_in_thousands_of_tries() => RevokeManyAsync(Kind.Key);

    [Fact(Explicit = true)]
    public Task Ended_roles_are_refused_by_every_process_within_the_promise_in_thousands_of_tries() => RevokeManyAsync(Kind.Role);

    [Fact(Explicit = true)]
    public Task Ended_sessions_are_refused_by_every_process_within_the_promise_in_thousands_of_tries() => RevokeManyAsync(Kind.Session);

    private async Task RevokeManyAsync(Kind kind)
    {
        await using var site = await AttackedSite.StartAsync(application, processes: 2);
        await RevokeAsync(site, kind, Tries);
    }

    private async Task RevokeAsync(AttackedSite site, Kind kind, int tries)
    {
        var (next, reads, started) = (-1, 0, TimeProvider.System.GetTimestamp());
        using var load = CancellationTokenSource.CreateLinkedTokenSource(CancellationToken);
        var reader = (await site.SignUpAsync()).Token;
        var loaded = Task.WhenAll(site.Clients.Select(async client =>
        {
            while (!load.IsCancellationRequested)
            {
                Assert.Equal(HttpStatusCode.OK, (await client.GetAsync(Programs, reader)).Status);
                Interlocked.Increment(ref reads);
            }
        }));
        var control = BareNotifications.MeasureAsync(site.ConnectionString, load.Token);
        var tried = await Task.WhenAll(Enumerable.Range(0, AtOnce).Select(async _ =>
        {
            var revoke = await PrepareAsync(site, kind);
            List<Try> own = [];
            while (Interlocked.Increment(ref next) is var number && number < tries)
            {
                var revoked = await revoke(number);
                var at = TimeProvider.System.GetTimestamp();
                own.Add(new(at, await site.AwaitEverywhereAsync(revoked.Refusal, revoked.Token, revoked.Path)));
            }

            return own;
        }));
        await load.CancelAsync();
        await loaded;
        var heard = await control;

        var all = tried.SelectMany(own => own).ToList();
        var late = all.Where(one => one.Last > AttackedSite.Promise).ToList();
        output.WriteLine($"{kind}: {all.Count} revocations in {TimeProvider.System.GetElapsedTime(started).TotalSeconds:0.0} s beside {reads} reads; "
            + $"{all.Sum(one => one.LetIn.Count)} requests let in after the answer; {late.Count} revocations later than {AttackedSite.Promise.TotalMilliseconds} ms, "
            + $"the slowest {all.Max(one => one.Last).TotalMilliseconds:0.0} ms.");
        output.WriteLine($"Control: {heard.Count} bare notifications, {heard.CountOver(AttackedSite.Promise)} later, the slowest "
            + $"{heard.Slowest.TotalMilliseconds:0.0} ms. Late: {string.Join("; ", late.Select(one => Describe(one, started, heard)))}");
        Assert.Equal(tries, all.Count);

        // A busy machine delays a bare notification as well: only a delay beyond that one's is Connect's.
        Assert.Empty(late.Where(one => one.Last - heard.SlowestWithin(one.At, one.Last) > AttackedSite.Promise).Select(one => Describe(one, started, heard)));
    }

    private static string Describe(Try late, long started, BareNotifications heard) =>
        $"at {TimeProvider.System.GetElapsedTime(started, late.At).TotalSeconds:0.0} s by {late.Last.TotalMilliseconds:0} ms "
        + $"(bare {heard.SlowestWithin(late.At, late.Last).TotalMilliseconds:0} ms)";

    private static Task<Func<int, Task<Revoked>>> PrepareAsync(AttackedSite site, Kind kind) => kind switch
    {
        Kind.Key => PrepareKeysAsync(site),
        Kind.Role => PrepareRolesAsync(site),
        _ => PrepareSessionsAsync(site),
    };

    private static async Task<Func<int, Task<Revoked>>> PrepareKeysAsync(AttackedSite site)
    {
        var owner = await site.SignUpMemberAsync("한빛");
        return async number =>
        {
            var key = await site.MakeKeyAsync(owner, "READ");
            await site.AwaitEverywhereAsync(HttpStatusCode.OK, key.Secret, Programs);
            await EndAsync(site, number, HttpStatusCode.NoContent, new("DELETE", $"{AttackedSite.KeysOf(owner)}/{key.Id}") { Token = owner.Token });
            return new(HttpStatusCode.Unauthorized, key.Secret, Programs);
        };
    }

    // Owners are demoted or removed in turns, and made owners again by SQL, as an operator may.
    private static async Task<Func<int, Task<Revoked>>> PrepareRolesAsync(AttackedSite site)
    {
        var team = await Team.CreateAsync(site);
        var member = await Team.PersonAsync(site);
        var owners = $"{team.Path}/invitations";
        return async number =>
        {
            await using (var context = site.CreateContext())
            {
                await context.Users.Where(u => u.Id == member.Id).ExecuteUpdateAsync(
                    set => set.SetProperty(u => u.OrganizationId, team.Id).SetProperty(u => u.OrganizationRole, OrganizationRole.Owner), CancellationToken);
            }

            await site.AwaitEverywhereAsync(HttpStatusCode.OK, member.Token, owners);
            var address = $"{team.Path}/members/{member.Id}";
            if (number % 2 == 0)
            {
                await EndAsync(site, number / 2, HttpStatusCode.OK, new AttackRequest("PATCH", address)
                {
                    Token = team.Owner.Token,
                }.WithJson(new JsonObject { ["role"] = "READER" }));
                return new(HttpStatusCode.Forbidden, member.Token, owners);
            }

            await EndAsync(site, number / 2, HttpStatusCode.NoContent, new("DELETE", address) { Token = team.Owner.Token });
            return new(HttpStatusCode.NotFound, member.Token, owners);
        };
    }

    private static async Task<Func<int, Task<Revoked>>> PrepareSessionsAsync(AttackedSite site)
    {
        var user = await site.SignUpAsync();
        return async number =>
        {
            var session = await AttackedSite.SignInAsync(site.Clients[number % site.Clients.Count], user);
            await site.AwaitEverywhereAsync(HttpStatusCode.OK, session.Token, Programs);
            var path = number % 2 == 0 ? "/auth/logout" : "/auth/logout-everywhere";
            await EndAsync(site, number / 2, HttpStatusCode.NoContent, new("POST", path) { Token = session.Token });
            return new(HttpStatusCode.Unauthorized, session.Token, Programs);
        };
    }

    // By one instance after the other.
    private static async Task EndAsync(AttackedSite site, int number, HttpStatusCode expected, AttackRequest request)
    {
        var answer = await site.Clients[number % site.Clients.Count].SendAsync(request);
        Assert.True(answer.Status == expected, $"{request}: {(int)answer.Status} {answer.Body}");
    }

    /// <summary>What is revoked.</summary>
    public enum Kind
    {
        /// <summary>A program's key.</summary>
        Key,

        /// <summary>A member's role, or the membership.</summary>
        Role,

        /// <summary>A session, or all of a user.</summary>
        Session,
    }

    /// <summary>A revocation: when it was answered, and how much later requests began that were let in still.</summary>
    private sealed record Try(long At, IReadOnlyList<TimeSpan> LetIn)
    {
        public TimeSpan Last => LetIn.DefaultIfEmpty().Max();
    }

    private sealed record Revoked(HttpStatusCode Refusal, string Token, string Path);
}
