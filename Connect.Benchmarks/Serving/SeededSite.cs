using System.Collections.Immutable;
using System.Globalization;
using System.Security.Claims;
using Connect.Api.Organizations;
using Connect.Data.Model;
using Connect.Domain.Organizations;
using Connect.Domain.Programs;
using Connect.Testing.Data;
using Connect.Testing.Servers;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.BearerToken;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Connect.Benchmarks.Serving;

/// <summary>An organization, its only member, and a token of that member's that the API has signed.</summary>
internal sealed record SeededOrganization(Guid Id, Guid UserId, string Token);

/// <summary>
/// Many programs, organizations and signed-in members at once: stored by the product's own model, encrypted and signed with
/// its own keys. Registering them one by one would take a password's hashing each.
/// </summary>
internal static class SeededSite
{
    private const int BatchSize = 2_000;

    private static readonly TimeSpan TokenLifetime = TimeSpan.FromDays(1);

    /// <summary>Makes the tables.</summary>
    public static async Task MigrateAsync(CheckedPostgres postgres)
    {
        await using var context = Open(postgres);
        await context.Database.MigrateAsync();
    }

    /// <summary>Stores open programs, the first of <see cref="GeneratedPrograms"/>, with deadlines as far from <paramref name="now"/> as there.</summary>
    public static async Task SeedProgramsAsync(CheckedPostgres postgres, int count, DateTimeOffset now)
    {
        var shift = now - GeneratedPrograms.Now;
        await InsertAsync(postgres, GeneratedPrograms.Programs(count).Select(program => ToProgram(program, shift, now)));
    }

    /// <summary>Stores organizations with one member each, and signs those in.</summary>
    /// <param name="postgres">A migrated database.</param>
    /// <param name="redis">The Redis of the API that encrypts and signs.</param>
    /// <param name="count">The number of organizations.</param>
    /// <param name="password">The password of all members; null if they need not sign in themselves.</param>
    public static async Task<ImmutableArray<SeededOrganization>> SeedOrganizationsAsync(
        CheckedPostgres postgres, CheckedRedis redis, int count, string? password = null)
    {
        await using var host = new MeasuredHost(ApiSettings.Of(postgres, redis, "http://127.0.0.1:0"));
        await host.ListenAsync();
        var numbers = host.Services.GetRequiredService<BusinessNumbers>();
        var now = TimeProvider.System.GetUtcNow();
        List<Organization> organizations = new(count);
        List<User> users = new(count);
        foreach (var (place, profile) in GeneratedPrograms.Organizations(count).Index())
        {
            var number = string.Create(CultureInfo.InvariantCulture, $"{place / 10_000 + 100:000}{place / 100 % 100:00}{place % 100_000:00000}");
            var organization = ToOrganization(profile, number, numbers, now);
            organization.BusinessNumberHash = await numbers.HashAsync(number, CancellationToken.None);
            organizations.Add(organization);
            users.Add(ToUser(place, organization.Id));
        }

        if (password is not null)
        {
            // One hash for all members, because hashing is slow by design.
            await using var scope = host.Services.CreateAsyncScope();
            var hash = scope.ServiceProvider.GetRequiredService<IPasswordHasher<User>>().HashPassword(users[0], password);
            users.ForEach(user => user.PasswordHash = hash);
        }

        await InsertAsync(postgres, organizations);
        await InsertAsync(postgres, users);
        return [.. SignIn(host.Services, users)];
    }

    /// <summary>The address that a member signs in with.</summary>
    public static string EmailOf(int place) => string.Create(CultureInfo.InvariantCulture, $"seeded-{place}@example.com");

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

    private static Organization ToOrganization(OrganizationProfile profile, string number, BusinessNumbers numbers, DateTimeOffset now)
    {
        var organization = new Organization
        {
            Id = profile.Id,
            Type = profile.Type,
            Name = $"측정 기관 {number}",
            BusinessNumberEncrypted = numbers.Encrypt(number),
            BusinessNumberHash = "",
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
            var ticket = new AuthenticationTicket(
                principal, new() { ExpiresUtc = TimeProvider.System.GetUtcNow() + TokenLifetime }, $"{IdentityConstants.BearerScheme}:AccessToken");
            yield return new(user.OrganizationId!.Value, user.Id, options.BearerTokenProtector.Protect(ticket));
        }
    }
}
