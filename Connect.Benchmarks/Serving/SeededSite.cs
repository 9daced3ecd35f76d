using System.Security.Claims;
using Connect.Api;
using Connect.Api.Identity.ApiKeys;
using Connect.Api.Identity.Sessions;
using Connect.Api.Organizations;
using Connect.Data.Model;
using Connect.Domain.Organizations;
using Connect.Domain.Programs;
using Connect.Testing.Data;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.BearerToken;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Connect.Benchmarks.Serving;

/// <summary>An organization and a token of its only member.</summary>
internal sealed record SeededOrganization(Guid Id, string Token)
{
    /// <summary>A request of the member's to the organization's resource, or to one below it.</summary>
    public HttpRequestMessage Request(HttpMethod method, string path = "") => Signed(method, $"/api/organizations/{Id}{path}");

    /// <summary>A request of the member's.</summary>
    public HttpRequestMessage Signed(HttpMethod method, string path) => new(method, path)
    {
        Headers = { Authorization = new("Bearer", Token) },
    };
}

/// <summary>
/// Many programs, organizations and signed-in members at once: stored by the product's own model, encrypted and signed with
/// its own keys. Registering them one by one would take a password's hashing each.
/// </summary>
internal static class SeededSite
{
    private const int BatchSize = 2_000;

    private static readonly TimeSpan TokenLifetime = TimeSpan.FromDays(1);

    public static async Task MigrateAsync(CheckedPostgres postgres)
    {
        await using var context = Open(postgres);
        await context.Database.MigrateAsync();
    }

    /// <summary>Makes the tables and stores open programs and organizations.</summary>
    public static async Task<ImmutableArray<SeededOrganization>> SeedAsync(
        CheckedServers servers, int programs, int organizations, string? password = null)
    {
        await MigrateAsync(servers.Postgres);

        // Deadlines lie as far ahead as they do when they are generated.
        var now = TimeProvider.System.GetUtcNow();
        var shift = now - GeneratedPrograms.Now;
        await InsertAsync(servers.Postgres, GeneratedPrograms.Programs(programs).Select(program => ToProgram(program, shift, now)));
        return await SeedOrganizationsAsync(servers, organizations, password);
    }

    /// <summary>Stores organizations with one signed-in member each; a given password is that of every member.</summary>
    public static async Task<ImmutableArray<SeededOrganization>> SeedOrganizationsAsync(
        CheckedServers servers, int organizations, string? password = null)
    {
        await using var host = new MeasuredHost<ApiMarker>("http://127.0.0.1:0", ApiSettings.Of(servers));
        await host.ListenAsync();
        var numbers = host.Services.GetRequiredService<BusinessNumbers>();
        var now = TimeProvider.System.GetUtcNow();
        List<Organization> stored = new(organizations);
        List<User> users = new(organizations);
        foreach (var (place, profile) in GeneratedPrograms.Organizations(organizations).Index())
        {
            var number = NumberOf(place);
            stored.Add(ToOrganization(profile, number, await numbers.ProtectAsync(number, CancellationToken.None), now));
            users.Add(ToUser(place, profile.Id));
        }

        if (password is not null)
        {
            // One hash for all members, because hashing is slow by design.
            await using var scope = host.Services.CreateAsyncScope();
            var hash = scope.ServiceProvider.GetRequiredService<IPasswordHasher<User>>().HashPassword(users[0], password);
            users.ForEach(user => user.PasswordHash = hash);
        }

        await InsertAsync(servers.Postgres, stored);
        await InsertAsync(servers.Postgres, users);
        return [.. SignIn(host.Services, users)];
    }

    /// <summary>Stores a key of an organization that reads; its secret.</summary>
    public static async Task<string> MakeKeyAsync(CheckedServers servers, SeededOrganization organization)
    {
        await using var host = new MeasuredHost<ApiMarker>("http://127.0.0.1:0", ApiSettings.Of(servers));
        await host.ListenAsync();
        var id = Guid.CreateVersion7();
        var (text, hash) = await host.Services.GetRequiredService<KeySecrets>().CreateAsync(id, CancellationToken.None);
        var now = TimeProvider.System.GetUtcNow();
        await InsertAsync(servers.Postgres, [new ApiKey
        {
            Id = id,
            OrganizationId = organization.Id,
            Name = "measured",
            Scope = ApiKeyScope.Read,
            SecretHash = hash,
            CreatedAt = now,
            ExpiresAt = now + TokenLifetime,
        }]);
        return text;
    }

    /// <summary>A business number of an organization's own.</summary>
    public static BusinessNumber NumberOf(int place) => BusinessNumber.Of(100_000_000 + place);

    /// <summary>The address that a member signs in with.</summary>
    public static string EmailOf(int place) => $"seeded-{place}@example.com";

    /// <summary>A context of the driver's own; it records no evictions.</summary>
    public static ConnectDbContext Open(CheckedPostgres postgres)
    {
        var options = new DbContextOptionsBuilder<ConnectDbContext>().UseNpgsql(postgres.ConnectionString).UseSnakeCaseNamingConvention();
        return new ConnectDbContext(options.Options);
    }

    private static async Task InsertAsync<T>(CheckedPostgres postgres, IEnumerable<T> rows)
        where T : class
    {
        foreach (var batch in rows.Chunk(BatchSize))
        {
            await using var context = Open(postgres);
            context.ChangeTracker.AutoDetectChangesEnabled = false;
            context.AddRange(batch);
            await context.SaveChangesAsync();
        }
    }

    private static FundingProgram ToProgram(ActiveProgram program, TimeSpan shift, DateTimeOffset now) => new()
    {
        Id = program.Id,
        Agency = program.Agency,
        Kind = ProgramKind.Call,
        Title = program.Title,
        Ministry = program.Ministry,
        Category = program.Category,
        Keywords = [.. program.Keywords],
        TargetTypes = [.. program.TargetTypes],
        MinTrl = program.MinTrl,
        MaxTrl = program.MaxTrl,
        BudgetAmount = program.BudgetAmount,
        Deadline = (program.Deadline + shift)?.ToUniversalTime(),
        Traits = program.Traits,
        AnnouncementUrl = program.AnnouncementUrl,
        IdentityKey = program.AnnouncementUrl,
        Fingerprint = program.AnnouncementUrl,
        CreatedAt = now,
        UpdatedAt = now,
    };

    private static Organization ToOrganization(
        OrganizationProfile profile, BusinessNumber number, StoredBusinessNumber stored, DateTimeOffset now)
    {
        var organization = new Organization
        {
            Id = profile.Id,
            Type = profile.Type,
            Name = $"측정 기관 {number.Digits}",
            BusinessNumberEncrypted = stored.Encrypted,
            BusinessNumberHash = stored.Hash,
            BusinessStructure = profile.Structure,
            IndustrySector = profile.Sector,
            RdExperience = profile.RdExperience,
            CollaborationCount = profile.CollaborationCount,
            TechnologyReadinessLevel = profile.Trl,
            TargetResearchTrl = profile.TargetTrl,
            CompanyScale = profile.Scale,
            EstablishedOn = profile.EstablishedOn,
            Regions = [.. profile.Regions],
            ExcludedSectors = [.. profile.ExcludedSectors],
            ResearchFocusAreas = [.. profile.ResearchFocusAreas],
            KeyTechnologies = [.. profile.KeyTechnologies],
            CreatedAt = now,
            UpdatedAt = now,
        };
        organization.ProfileCompleted = ProfileCompleteness.IsComplete(organization);
        organization.ProfileScore = ProfileCompleteness.Score(organization);
        return organization;
    }

    private static User ToUser(int place, Guid organizationId)
    {
        var email = EmailOf(place);
        return new User
        {
            Id = Guid.CreateVersion7(),
            UserName = email,
            NormalizedUserName = email.ToUpperInvariant(),
            Email = email,
            NormalizedEmail = email.ToUpperInvariant(),
            SecurityStamp = Guid.NewGuid().ToString("N"),
            OrganizationId = organizationId,
        };
    }

    // The steps of signing in after the password's check.
    private static IEnumerable<SeededOrganization> SignIn(IServiceProvider services, IEnumerable<User> users)
    {
        var options = services.GetRequiredService<IOptionsMonitor<BearerTokenOptions>>().Get(IdentityConstants.BearerScheme);
        var claims = services.GetRequiredService<IOptions<IdentityOptions>>().Value.ClaimsIdentity;
        foreach (var user in users)
        {
            var principal = new ClaimsPrincipal(new ClaimsIdentity(
                [
                    new(claims.UserIdClaimType, user.Id.ToString()), new(claims.UserNameClaimType, user.UserName!),
                    new(claims.EmailClaimType, user.Email!), new(claims.SecurityStampClaimType, user.SecurityStamp!),
                    new("amr", "pwd"),
                ],
                IdentityConstants.BearerScheme, claims.UserNameClaimType, claims.RoleClaimType));
            SessionClaims.Add(principal, Guid.CreateVersion7(), sequence: 0);
            var ticket = new AuthenticationTicket(
                principal, new() { ExpiresUtc = TimeProvider.System.GetUtcNow() + TokenLifetime }, $"{IdentityConstants.BearerScheme}:AccessToken");
            yield return new(user.OrganizationId!.Value, options.BearerTokenProtector.Protect(ticket));
        }
    }
}
