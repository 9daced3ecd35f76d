using Connect.Core.Administration;
using Connect.Core.Caching;
using Connect.Core.Caching.Nodes;
using Connect.Core.Caching.Warming;
using Connect.Core.Explanations;
using Connect.Core.Idempotency;
using Connect.Core.Matching;
using Connect.Core.Organizations;
using Connect.Core.Programs;
using Connect.Core.Scraping;
using Microsoft.AspNetCore.DataProtection.EntityFrameworkCore;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Identity.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore;

namespace Connect.Core.Data;

/// <summary>
/// Connect's database. A write that a cached answer could contradict records the tags that it overrules with
/// <see cref="EvictTags(string, ReadOnlySpan{string})"/> and runs inside <see cref="EvictingTransaction"/>; anywhere else saving it throws.
/// </summary>
public class ConnectDbContext : IdentityDbContext<User, IdentityRole<Guid>, Guid>, IDataProtectionKeyContext
{
    private readonly SortedSet<string> _evictedTags = new(StringComparer.Ordinal);
    private string? _evictionReason;
    private Guid? _evictingRunId;

    public ConnectDbContext(DbContextOptions<ConnectDbContext> options)
        : base(options)
    {
    }

    protected ConnectDbContext(DbContextOptions options)
        : base(options)
    {
    }

    public DbSet<Organization> Organizations => Set<Organization>();

    public DbSet<FundingProgram> Programs => Set<FundingProgram>();

    public DbSet<ProgramPosting> ProgramPostings => Set<ProgramPosting>();

    public DbSet<ProgramChange> ProgramChanges => Set<ProgramChange>();

    public DbSet<FundingMatch> Matches => Set<FundingMatch>();

    public DbSet<StoredExplanation> Explanations => Set<StoredExplanation>();

    public DbSet<ExplanationBudgetDay> ExplanationBudgetDays => Set<ExplanationBudgetDay>();

    public DbSet<ExplanationCall> ExplanationCalls => Set<ExplanationCall>();

    public DbSet<ExplanationAllowanceRow> ExplanationAllowances => Set<ExplanationAllowanceRow>();

    public DbSet<Board> Boards => Set<Board>();

    public DbSet<ScrapeRun> ScrapeRuns => Set<ScrapeRun>();

    public DbSet<HostLimit> HostLimits => Set<HostLimit>();

    public DbSet<OrganizationActivity> OrganizationActivity => Set<OrganizationActivity>();

    public DbSet<CacheGeneration> CacheGenerations => Set<CacheGeneration>();

    public DbSet<CacheEviction> CacheEvictions => Set<CacheEviction>();

    public DbSet<CacheMinute> CacheMinutes => Set<CacheMinute>();

    public DbSet<CacheNode> CacheNodes => Set<CacheNode>();

    public DbSet<CacheWarming> CacheWarmings => Set<CacheWarming>();

    public DbSet<IdempotencyKey> IdempotencyKeys => Set<IdempotencyKey>();

    public DbSet<AuditEntry> AuditEntries => Set<AuditEntry>();

    public DbSet<AppSecret> AppSecrets => Set<AppSecret>();

    public DbSet<DataProtectionKey> DataProtectionKeys => Set<DataProtectionKey>();

    /// <summary>The tags recorded so far, in ordinal order: the order in which their rows are locked.</summary>
    internal IReadOnlyCollection<string> EvictedTags => _evictedTags;

    /// <summary>Why the first of them was recorded.</summary>
    internal string EvictionReason => _evictionReason ?? "unknown";

    /// <summary>The scrape run that is the cause, if one is.</summary>
    internal Guid? EvictingRunId => _evictingRunId;

    /// <summary>Whether <see cref="EvictingTransaction"/> runs this context, and will bump what is recorded.</summary>
    internal bool IsInEvictingTransaction { get; set; }

    /// <summary>Applies what every way of opening this database shares.</summary>
    public static void Configure(DbContextOptionsBuilder options) => options.UseSnakeCaseNamingConvention();

    /// <summary>Records that the changes about to be saved overrule what is cached under these tags. Nothing is sent yet.</summary>
    /// <param name="reason">Why, in a word or two of low cardinality, such as <c>profile-changed</c>.</param>
    /// <param name="tags">The tags, from <see cref="CacheTags"/>.</param>
    public void EvictTags(string reason, params ReadOnlySpan<string> tags)
    {
        _evictionReason ??= reason;
        foreach (var tag in tags)
        {
            CacheTags.Validate(tag);
            _evictedTags.Add(tag);
        }
    }

    /// <summary>The same, because of what a scrape run brought: the log of evictions names it.</summary>
    /// <param name="reason">Why, in a word or two of low cardinality.</param>
    /// <param name="runId">The run.</param>
    /// <param name="tags">The tags, from <see cref="CacheTags"/>.</param>
    public void EvictTags(string reason, Guid runId, params ReadOnlySpan<string> tags)
    {
        _evictingRunId ??= runId;
        EvictTags(reason, tags);
    }

    /// <inheritdoc />
    public override int SaveChanges(bool acceptAllChangesOnSuccess)
    {
        RefuseUnsentEvictions();
        return base.SaveChanges(acceptAllChangesOnSuccess);
    }

    /// <inheritdoc />
    public override Task<int> SaveChangesAsync(bool acceptAllChangesOnSuccess, CancellationToken cancellationToken = default)
    {
        RefuseUnsentEvictions();
        return base.SaveChangesAsync(acceptAllChangesOnSuccess, cancellationToken);
    }

    /// <inheritdoc />
    public override void Dispose()
    {
        ForgetEvictions();
        base.Dispose();
        GC.SuppressFinalize(this);
    }

    /// <inheritdoc />
    public override ValueTask DisposeAsync()
    {
        ForgetEvictions();
        GC.SuppressFinalize(this);
        return base.DisposeAsync();
    }

    /// <inheritdoc />
    protected override void OnModelCreating(ModelBuilder builder)
    {
        base.OnModelCreating(builder);
        builder.ApplyConfigurationsFromAssembly(typeof(ConnectDbContext).Assembly);

        // Identity names its tables AspNetUsers and so on.
        builder.Entity<IdentityRole<Guid>>().ToTable("roles");
        builder.Entity<IdentityRoleClaim<Guid>>().ToTable("role_claims");
        builder.Entity<IdentityUserClaim<Guid>>().ToTable("user_claims");
        builder.Entity<IdentityUserLogin<Guid>>().ToTable("user_logins");
        builder.Entity<IdentityUserRole<Guid>>().ToTable("user_roles");
        builder.Entity<IdentityUserToken<Guid>>().ToTable("user_tokens");
    }

    private void RefuseUnsentEvictions()
    {
        if (_evictedTags.Count > 0 && !IsInEvictingTransaction)
        {
            throw new InvalidOperationException(
                $"Tags were recorded for eviction outside {nameof(EvictingTransaction)}: saved here, their eviction would be lost.");
        }
    }

    // A pooled context comes back to life for somebody else.
    private void ForgetEvictions()
    {
        _evictedTags.Clear();
        _evictionReason = null;
        _evictingRunId = null;
        IsInEvictingTransaction = false;
    }
}
