using System.Collections.Immutable;
using Connect.Caching;
using Connect.Data.Caching;
using Connect.Domain.Matching;
using Connect.Domain.Organizations;
using Connect.Domain.Programs;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Connect.Data.Model;

internal sealed class OrganizationConfiguration : IEntityTypeConfiguration<Organization>
{
    public void Configure(EntityTypeBuilder<Organization> builder)
    {
        builder.ToTable("organizations");
        builder.Property(o => o.Id).ValueGeneratedNever();
        builder.Property(o => o.Name).HasMaxLength(200);
        builder.Property(o => o.Type).HasConversion<string>().HasMaxLength(32);
        builder.Property(o => o.Status).HasConversion<string>().HasMaxLength(32);
        builder.Property(o => o.BusinessStructure).HasConversion<string>().HasMaxLength(32);
        builder.Property(o => o.IndustrySector).HasConversion<string>().HasMaxLength(32);
        builder.Property(o => o.EmployeeCount).HasConversion<string>().HasMaxLength(32);
        builder.Property(o => o.RevenueRange).HasConversion<string>().HasMaxLength(32);
        builder.Property(o => o.InstituteType).HasConversion<string>().HasMaxLength(32);
        builder.Property(o => o.CompanyScale).HasConversion<string>().HasMaxLength(32);
        builder.PrimitiveCollection(o => o.Regions).ElementType(e => e.HasConversion<string>());
        builder.PrimitiveCollection(o => o.ExcludedSectors).ElementType(e => e.HasConversion<string>());
        builder.Property(o => o.Version).IsRowVersion();
        builder.HasIndex(o => o.BusinessNumberHash).IsUnique();
        builder.HasIndex(o => o.ProfileCompleted);
        builder.HasIndex(o => o.Status);
        builder.HasIndex(o => o.Type);

        // Members are part of it: they join with its creation and leave with its deletion. Rankings and explanations are computed from
        // the profile, which has none of the exceptions.
        builder.InvalidatesTag(o => ConnectTags.OrganizationPrefix + o.Id, exceptFor: o => new
        {
            o.Name,
            o.BusinessNumberEncrypted,
            o.BusinessNumberHash,
            o.EmployeeCount,
            o.RevenueRange,
            o.InstituteType,
            o.PrimaryContactName,
            o.PrimaryContactEmail,
            o.PrimaryContactPhone,
            o.Address,
            o.Website,
            o.Description,
            o.ProfileScore,
            o.CreatedAt,
            o.UpdatedAt,
            o.Version,
        });
    }
}

internal sealed class FundingProgramConfiguration : IEntityTypeConfiguration<FundingProgram>
{
    public void Configure(EntityTypeBuilder<FundingProgram> builder)
    {
        builder.ToTable("programs");
        builder.Property(p => p.Id).ValueGeneratedNever();
        builder.Property(p => p.Agency).HasConversion<string>().HasMaxLength(16);
        builder.Property(p => p.Kind).HasConversion<string>().HasMaxLength(32);
        builder.Property(p => p.Status).HasConversion<string>().HasMaxLength(16);
        builder.PrimitiveCollection(p => p.TargetTypes).ElementType(e => e.HasConversion<string>());
        builder.PrimitiveCollection(p => p.StatedTargetTypes).ElementType(e => e.HasConversion<string>());
        builder.PrimitiveCollection(p => p.Sectors).ElementType(e => e.HasConversion<string>());
        builder.Ignore(p => p.IsMatched);
        builder.Property(p => p.Traits).HasColumnType("jsonb")
            .HasConversion(JsonColumns.ToText<ProgramTraits>(), JsonColumns.Comparer<ProgramTraits>());
        builder.Property(p => p.Evidence).HasColumnType("jsonb")
            .HasConversion(JsonColumns.ToText<ImmutableArray<ClassificationEvidence>>(), JsonColumns.Comparer<ImmutableArray<ClassificationEvidence>>());

        // The default is for rows that a release without this column inserts; this one always writes it.
        builder.Property(p => p.Periods).HasColumnType("jsonb").HasDefaultValueSql("'[]'").ValueGeneratedNever()
            .HasConversion(JsonColumns.ToText<ImmutableArray<ApplicationPeriod>>(), JsonColumns.Comparer<ImmutableArray<ApplicationPeriod>>());
        builder.Property(p => p.ClassifierVersion).HasMaxLength(32);
        builder.HasIndex(p => p.ClassifierVersion);
        builder.Property(p => p.IdentityKey).HasMaxLength(64);
        builder.Property(p => p.Fingerprint).HasMaxLength(64);
        builder.HasIndex(p => p.IdentityKey).IsUnique();
        builder.Property(p => p.SeriesKey).HasMaxLength(64);
        builder.HasIndex(p => p.SeriesKey);
        builder.HasIndex(p => p.Agency);
        builder.HasIndex(p => new { p.Status, p.Deadline });

        // For the operations page, which lists the latest every few seconds.
        builder.HasIndex(p => new { p.Kind, p.Id }).HasFilter("kind = 'Unsure' and status = 'Active'");
    }
}

internal sealed class FundingMatchConfiguration : IEntityTypeConfiguration<FundingMatch>
{
    public void Configure(EntityTypeBuilder<FundingMatch> builder)
    {
        builder.ToTable("matches");
        builder.Property(m => m.Id).ValueGeneratedNever();
        builder.Property(m => m.AlgorithmVersion).HasMaxLength(32);
        builder.Property(m => m.Status).HasConversion<string>().HasMaxLength(MatchMarkChange.MaxNameLength);
        builder.Property(m => m.DismissalReason).HasConversion<string>().HasMaxLength(MatchMarkChange.MaxNameLength);
        builder.Property(m => m.Note).HasMaxLength(FundingMatch.MaxNoteLength);
        builder.HasOne<User>().WithMany().HasForeignKey(m => m.MarkedBy).OnDelete(DeleteBehavior.SetNull);
        builder.HasOne<ApiKey>().WithMany().HasForeignKey(m => m.MarkedByKey).OnDelete(DeleteBehavior.SetNull);
        builder.HasIndex(m => m.MarkedBy).HasFilter("marked_by is not null");
        builder.HasIndex(m => m.MarkedByKey).HasFilter("marked_by_key is not null");
        builder.HasOne<Organization>().WithMany().HasForeignKey(m => m.OrganizationId).OnDelete(DeleteBehavior.Cascade);
        builder.HasOne<FundingProgram>().WithMany().HasForeignKey(m => m.ProgramId).OnDelete(DeleteBehavior.Cascade);
        builder.HasIndex(m => new { m.OrganizationId, m.ProgramId }).IsUnique();
        builder.HasIndex(m => new { m.OrganizationId, m.Score });
        builder.HasIndex(m => m.ProgramId);
    }
}

internal sealed class MatchMarkChangeConfiguration : IEntityTypeConfiguration<MatchMarkChange>
{
    public void Configure(EntityTypeBuilder<MatchMarkChange> builder)
    {
        builder.ToTable("match_mark_changes");
        builder.Property(c => c.Id).ValueGeneratedNever();
        builder.Property(c => c.FromStatus).HasConversion<string>().HasMaxLength(MatchMarkChange.MaxNameLength);
        builder.Property(c => c.ToStatus).HasConversion<string>().HasMaxLength(MatchMarkChange.MaxNameLength);
        builder.Property(c => c.DismissalReason).HasConversion<string>().HasMaxLength(MatchMarkChange.MaxNameLength);
        builder.Property(c => c.Note).HasMaxLength(FundingMatch.MaxNoteLength);
        builder.HasOne<FundingMatch>().WithMany().HasForeignKey(c => c.MatchId).OnDelete(DeleteBehavior.Cascade);
        builder.HasOne(c => c.User).WithMany().HasForeignKey(c => c.UserId).OnDelete(DeleteBehavior.SetNull);
        builder.HasOne(c => c.Key).WithMany().HasForeignKey(c => c.KeyId).OnDelete(DeleteBehavior.SetNull);
        builder.HasIndex(c => new { c.MatchId, c.Id });
        builder.HasIndex(c => c.UserId);
        builder.HasIndex(c => c.KeyId);
    }
}

internal sealed class ScrapeRunConfiguration : IEntityTypeConfiguration<ScrapeRun>
{
    public void Configure(EntityTypeBuilder<ScrapeRun> builder)
    {
        builder.ToTable("scrape_runs");
        builder.Property(r => r.Id).ValueGeneratedNever();
        builder.Property(r => r.Agency).HasConversion<string>().HasMaxLength(16);
        builder.Property(r => r.Trigger).HasConversion<string>().HasMaxLength(16);
        builder.Property(r => r.Status).HasConversion<string>().HasMaxLength(16);
        builder.HasIndex(r => new { r.Agency, r.StartedAt });
        builder.HasIndex(r => r.Status);

        // At most one running run per board, over all workers, even if a lease fails.
        builder.HasIndex(r => r.Agency).IsUnique().HasFilter("status = 'Running'").HasDatabaseName("ix_scrape_runs_one_running");
    }
}

internal sealed class ProgramPostingConfiguration : IEntityTypeConfiguration<ProgramPosting>
{
    public void Configure(EntityTypeBuilder<ProgramPosting> builder)
    {
        builder.ToTable("program_postings");
        builder.HasKey(p => new { p.Agency, p.Address });
        builder.Property(p => p.Agency).HasConversion<string>().HasMaxLength(16);
        builder.Property(p => p.Address).HasMaxLength(ProgramPosting.MaxAddressLength);
        builder.Property(p => p.Kind).HasConversion<string>().HasMaxLength(32);
        builder.Property(p => p.ListHash).HasMaxLength(64);
        builder.Property(p => p.ETag).HasColumnName("etag").HasMaxLength(200);
        builder.Property(p => p.LastModified).HasMaxLength(200);
        builder.HasOne<FundingProgram>().WithMany().HasForeignKey(p => p.ProgramId).OnDelete(DeleteBehavior.Cascade);
        builder.HasIndex(p => p.ProgramId);
    }
}

internal sealed class ProgramChangeConfiguration : IEntityTypeConfiguration<ProgramChange>
{
    public void Configure(EntityTypeBuilder<ProgramChange> builder)
    {
        builder.ToTable("program_changes");
        builder.Property(c => c.Id).UseIdentityAlwaysColumn();
        builder.Property(c => c.Kind).HasConversion<string>().HasMaxLength(16);
        builder.Property(c => c.Fields).HasColumnType("jsonb")
            .HasConversion(JsonColumns.ToText<ImmutableArray<FieldChange>>(), JsonColumns.Comparer<ImmutableArray<FieldChange>>());
        builder.HasOne<FundingProgram>().WithMany().HasForeignKey(c => c.ProgramId).OnDelete(DeleteBehavior.Cascade);
        builder.HasIndex(c => new { c.ProgramId, c.Id });
        builder.HasIndex(c => c.RunId);
    }
}

internal sealed class BoardConfiguration : IEntityTypeConfiguration<Board>
{
    public void Configure(EntityTypeBuilder<Board> builder)
    {
        builder.ToTable("boards");
        builder.HasKey(b => b.Agency);
        builder.Property(b => b.Agency).HasConversion<string>().HasMaxLength(16);
        builder.Property(b => b.ListEvidence).HasConversion<string>().HasMaxLength(16);
        builder.Property(b => b.DetailEvidence).HasConversion<string>().HasMaxLength(16);
        builder.Property(b => b.EvidenceSeen).HasMaxLength(Board.MaxSeenLength);
    }
}

internal sealed class HostLimitConfiguration : IEntityTypeConfiguration<HostLimit>
{
    public void Configure(EntityTypeBuilder<HostLimit> builder)
    {
        // Written by SQL of the workers, by the database's clock.
        builder.ToTable("host_limits");
        builder.HasKey(l => l.Host);
    }
}

internal sealed class AppSecretConfiguration : IEntityTypeConfiguration<AppSecret>
{
    public void Configure(EntityTypeBuilder<AppSecret> builder)
    {
        builder.ToTable("app_secrets");
        builder.HasKey(s => s.Name);
        builder.Property(s => s.Name).HasMaxLength(64);
    }
}
