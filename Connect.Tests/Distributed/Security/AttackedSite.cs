using System.Net;
using System.Text.Json.Nodes;
using Connect.Data.Model;
using Connect.Domain.Programs;
using Connect.Tests.Functional;

namespace Connect.Tests.Distributed.Security;

/// <summary>A signed-in user.</summary>
internal sealed record AttackUser(string Email, string Password, string Token, string RefreshToken)
{
    /// <summary>The organization that the user belongs to.</summary>
    public Guid Organization { get; init; }
}

/// <summary>A program's key.</summary>
internal sealed record AttackKey(Guid Id, string Secret);

/// <summary>Instances of the API on a database of their own, so that an attack disturbs no other test.</summary>
internal sealed partial class AttackedSite : IAsyncDisposable
{
    public const string Password = "Passw0rd!-1";

    // Long time-outs: the speed of a busy machine is not under test.
    private static readonly (string Name, string Value)[] Patient =
    [
        ("Cache__GenerationsTimeoutSeconds", "20"), ("Cache__FactoryTimeoutSeconds", "20"),

        // Mails are written; a worker that would send them does not run.
        ("Mail__Host", "mail.invalid"), ("Mail__From", "connect@example.kr"), ("Mail__PublicAddress", "https://connect.example.kr"),
    ];

    private readonly ApiInstances _instances;
    private readonly List<AttackClient> _clients = [];

    private AttackedSite(ApiInstances instances) => _instances = instances;

    public string ConnectionString => _instances.ConnectionString;

    public IReadOnlyList<ServiceProcess> Processes => _instances.Processes;

    /// <summary>A client of each instance.</summary>
    public IReadOnlyList<AttackClient> Clients => _clients;

    /// <summary>Hosts instances in this process, on a new database and the running application's Redis.</summary>
    public static async Task<AttackedSite> HostAsync(RunningApplication application, int instances, params (string Name, string Value)[] settings) =>
        await new AttackedSite(await ApiInstances.CreateAsync(application)).HostAsync(instances, settings);

    /// <summary>Hosts instances in this process, on others' servers, whose database is migrated.</summary>
    public static Task<AttackedSite> HostAsync(string database, string redis, int instances, params (string Name, string Value)[] settings) =>
        new AttackedSite(new ApiInstances(database, redis)).HostAsync(instances, settings);

    /// <summary>Starts processes on a new database and the running application's Redis.</summary>
    public static async Task<AttackedSite> StartAsync(RunningApplication application, int processes, params (string Name, string Value)[] settings) =>
        await new AttackedSite(await ApiInstances.CreateAsync(application)).StartAsync(processes, settings);

    /// <summary>Starts processes on others' servers, whose database is migrated.</summary>
    public static Task<AttackedSite> StartAsync(string database, string redis, int processes, params (string Name, string Value)[] settings) =>
        new AttackedSite(new ApiInstances(database, redis)).StartAsync(processes, settings);

    /// <summary>A context of the test's own, for arranging and looking.</summary>
    public ConnectDbContext CreateContext() => _instances.CreateContext();

    /// <summary>A program that the organizations of <see cref="SignUpMemberAsync"/> match.</summary>
    public async Task<Guid> AddProgramAsync(int number)
    {
        await using var context = CreateContext();
        var program = new FundingProgram
        {
            Title = $"2026년도 제{number}차 인공지능 기술개발사업 공고",
            AnnouncementUrl = $"https://example.com/{number}",
            IdentityKey = $"{number}",
            Fingerprint = $"{number}",
            Deadline = SeoulTime.NextMidnight(TimeProvider.System.GetUtcNow()).AddDays(45).ToUniversalTime(),
        }.Classified();
        context.Programs.Add(program);
        await context.SaveChangesAsync(TestContext.Current.CancellationToken);
        return program.Id;
    }

    public Task<AttackUser> SignInAsAdministratorAsync() => SignInAsync(_clients[0], RunningApplication.AdminEmail, RunningApplication.AdminPassword);

    /// <summary>A new user without an organization.</summary>
    public Task<AttackUser> SignUpAsync() => SignUpAsync(_clients[0], $"{Guid.NewGuid():N}@example.com", Password);

    /// <summary>A new user with an organization.</summary>
    public async Task<AttackUser> SignUpMemberAsync(string name, int readinessLevel = 5) =>
        await CreateOrganizationAsync(_clients[0], await SignUpAsync(), name, readinessLevel);

    public static async Task<AttackUser> SignUpAsync(AttackClient client, string email, string password)
    {
        var registered = await client.PostAsync("/auth/register", new JsonObject { ["email"] = email, ["password"] = password });
        Assert.True(registered.Status == HttpStatusCode.OK, registered.Body);
        return await SignInAsync(client, email, password);
    }

    public static async Task<AttackUser> CreateOrganizationAsync(AttackClient client, AttackUser user, string name, int readinessLevel = 5)
    {
        var created = await client.PostAsync("/api/organizations", Organization(name, readinessLevel), user.Token);
        Assert.True(created.Status == HttpStatusCode.Created, created.Body);
        return user with { Organization = created.Json["id"]!.GetValue<Guid>() };
    }

    /// <summary>A complete profile.</summary>
    public static JsonObject Organization(string name, int readinessLevel) => new()
    {
        ["type"] = "COMPANY",
        ["name"] = name,
        ["businessNumber"] = ApiClient.NextBusinessNumber(),
        ["industrySector"] = "ICT",
        ["technologyReadinessLevel"] = readinessLevel,
        ["keyTechnologies"] = new JsonArray("인공지능"),
    };

    /// <summary>A new key of the organization that the user owns.</summary>
    public Task<AttackKey> MakeKeyAsync(AttackUser owner, string scope) => MakeKeyAsync(KeysOf(owner), owner.Token, scope);

    /// <summary>A new key.</summary>
    public async Task<AttackKey> MakeKeyAsync(string path, string token, string scope)
    {
        var made = await _clients[0].PostAsync(path, NewKey(scope), token);
        Assert.True(made.Status == HttpStatusCode.Created, made.Body);
        return new AttackKey(made.Json["key"]!["id"]!.GetValue<Guid>(), made.Json["secret"]!.GetValue<string>());
    }

    /// <summary>The address of an organization's keys.</summary>
    public static string KeysOf(AttackUser owner) => $"/api/organizations/{owner.Organization}/keys";

    /// <summary>A request for a key with a name of its own.</summary>
    public static JsonObject NewKey(string scope) => new() { ["name"] = $"{Guid.NewGuid():N}", ["scope"] = scope };

    public async ValueTask DisposeAsync()
    {
        _clients.ForEach(client => client.Dispose());
        await _instances.DisposeAsync();
    }

    /// <summary>Another session of a user.</summary>
    public static Task<AttackUser> SignInAsync(AttackClient client, AttackUser user) => SignInAsync(client, user.Email, user.Password);

    private static async Task<AttackUser> SignInAsync(AttackClient client, string email, string password)
    {
        var answer = await client.PostAsync("/auth/login", new JsonObject { ["email"] = email, ["password"] = password });
        Assert.True(answer.Status == HttpStatusCode.OK, answer.Body);
        return new AttackUser(
            email, password, answer.Json["accessToken"]!.GetValue<string>(), answer.Json["refreshToken"]!.GetValue<string>());
    }

    private Task<AttackedSite> HostAsync(int instances, (string Name, string Value)[] settings) =>
        AddAsync(instances, async (site, own) => (await site.HostAsync(own)).Address, settings);

    private Task<AttackedSite> StartAsync(int processes, (string Name, string Value)[] settings) =>
        AddAsync(processes, async (site, own) => (await site.StartAsync(own)).Address, settings);

    private async Task<AttackedSite> AddAsync(
        int count, Func<ApiInstances, (string Name, string Value)[], Task<Uri>> add, (string Name, string Value)[] settings)
    {
        try
        {
            for (var instance = 0; instance < count; instance++)
            {
                _clients.Add(new AttackClient(await add(_instances, [.. Patient, .. settings])));
            }

            return this;
        }
        catch
        {
            await DisposeAsync();
            throw;
        }
    }
}
