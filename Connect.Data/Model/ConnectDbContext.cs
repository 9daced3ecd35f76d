using Connect.Caching;
using Connect.Caching.Generations;
using Connect.Domain.Matching;
using Connect.Domain.Organizations;
using Connect.Domain.Programs;
using Microsoft.AspNetCore.DataProtection.EntityFrameworkCore;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Identity.EntityFrameworkCore;

namespace Connect.Data.Model;

/// <summary>
/// Connect's database. A write that makes cached values outdated runs inside a
/// <see cref="CacheTransaction{TContext}"/>; anywhere else saving it throws. The tag of organizations is declared.
/// Writes of programs record theirs with
/// <see cref="DbContextEvictions.EvictTags(DbContext, string, ReadOnlySpan{string})"/>, because most are statements on sets.
/// </summary>
public class ConnectDbContext : IdentityDbContext<User, IdentityRole<Guid>, Guid>, IDataProtectionKeyContext
{
    public ConnectDbContext(DbContextOptions<ConnectDbContext> options)
        : base(options)
    {
    }

    protected ConnectDbContext(DbContextOptions options)
        : base(options)
    {
    }

    public DbSet<Organization> Organizations => Set<Organization>();

    public DbSet<UserSession> UserSessions => Set<UserSession>();

    public DbSet<ApiKey> ApiKeys => Set<ApiKey>();

    public DbSet<Invitation> Invitations => Set<Invitation>();

    public DbSet<Mail> Mails => Set<Mail>();

    public DbSet<FundingProgram> Programs => Set<FundingProgram>();

    public DbSet<ProgramPosting> ProgramPostings => Set<ProgramPosting>();

    public DbSet<ProgramChange> ProgramChanges => Set<ProgramChange>();

    public DbSet<ProgramCorrection> ProgramCorrections => Set<ProgramCorrection>();

    public DbSet<FundingMatch> Matches => Set<FundingMatch>();

    public DbSet<MatchMarkChange> MatchMarkChanges => Set<MatchMarkChange>();

    public DbSet<StoredExplanation> Explanations => Set<StoredExplanation>();

    public DbSet<ExplanationBudgetDay> ExplanationBudgetDays => Set<ExplanationBudgetDay>();

    public DbSet<ExplanationCall> ExplanationCalls => Set<ExplanationCall>();

    public DbSet<ExplanationAllowanceRow> ExplanationAllowances => Set<ExplanationAllowanceRow>();

    public DbSet<Board> Boards => Set<Board>();

    public DbSet<ScrapeRun> ScrapeRuns => Set<ScrapeRun>();

    public DbSet<ScrapePage> ScrapePages => Set<ScrapePage>();

    public DbSet<HostLimit> HostLimits => Set<HostLimit>();

    public DbSet<OrganizationActivity> OrganizationActivity => Set<OrganizationActivity>();

    public DbSet<CacheEviction> CacheEvictions => Set<CacheEviction>();

    public DbSet<CacheMinute> CacheMinutes => Set<CacheMinute>();

    public DbSet<CacheInstance> CacheInstances => Set<CacheInstance>();

    public DbSet<CacheWarming> CacheWarmings => Set<CacheWarming>();

    public DbSet<IdempotencyKey> IdempotencyKeys => Set<IdempotencyKey>();

    public DbSet<AuditEntry> AuditEntries => Set<AuditEntry>();

    public DbSet<AppSecret> AppSecrets => Set<AppSecret>();

    public DbSet<DataProtectionKey> DataProtectionKeys => Set<DataProtectionKey>();

    /// <summary>Options that every context of this database has.</summary>
    public static void Configure(DbContextOptionsBuilder options) => options.UseSnakeCaseNamingConvention().UseCacheInvalidation();

    /// <summary>In a query, the searched form of a text, as the database computes it.</summary>
    /// <exception cref="NotSupportedException">Always, outside of a query.</exception>
    public static string SearchForm(string? text) => throw new NotSupportedException("The database computes it, in a query.");

    /// <inheritdoc />
    protected override void OnModelCreating(ModelBuilder builder)
    {
        base.OnModelCreating(builder);
        builder.AddCacheTables();
        builder.HasDbFunction(typeof(ConnectDbContext).GetMethod(nameof(SearchForm))!).HasName("search_form").IsNullable(false);
        builder.ApplyConfigurationsFromAssembly(typeof(ConnectDbContext).Assembly);

        // Identity names its tables AspNetUsers and so on.
        builder.Entity<IdentityRole<Guid>>().ToTable("roles");
        builder.Entity<IdentityRoleClaim<Guid>>().ToTable("role_claims");
        builder.Entity<IdentityUserClaim<Guid>>().ToTable("user_claims");
        builder.Entity<IdentityUserLogin<Guid>>().ToTable("user_logins");
        builder.Entity<IdentityUserRole<Guid>>().ToTable("user_roles");
        builder.Entity<IdentityUserToken<Guid>>().ToTable("user_tokens");
    }
}
