using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Connect.Data.Model;

internal sealed class StoredExplanationConfiguration : IEntityTypeConfiguration<StoredExplanation>
{
    public void Configure(EntityTypeBuilder<StoredExplanation> builder)
    {
        builder.ToTable("explanations");
        builder.HasKey(e => e.InputHash);
        builder.Property(e => e.InputHash).HasMaxLength(StoredExplanation.HashLength);
        builder.Property(e => e.Language).HasConversion<string>().HasMaxLength(8);
        builder.Property(e => e.Model).HasMaxLength(StoredExplanation.MaxModelLength);
        builder.HasIndex(e => e.CreatedAt);
    }
}

internal sealed class ExplanationBudgetDayConfiguration : IEntityTypeConfiguration<ExplanationBudgetDay>
{
    public void Configure(EntityTypeBuilder<ExplanationBudgetDay> builder)
    {
        builder.ToTable("explanation_budget_days");
        builder.HasKey(d => d.Day);
    }
}

internal sealed class ExplanationAllowanceConfiguration : IEntityTypeConfiguration<ExplanationAllowanceRow>
{
    public void Configure(EntityTypeBuilder<ExplanationAllowanceRow> builder)
    {
        // Unlogged: a crash may reset the allowances, and base backups leave out the IP addresses.
        builder.ToTable("explanation_allowances").IsUnlogged();
        builder.HasKey(a => a.Key);
        builder.Property(a => a.Key).HasMaxLength(100);
    }
}

internal sealed class ExplanationCallConfiguration : IEntityTypeConfiguration<ExplanationCall>
{
    public void Configure(EntityTypeBuilder<ExplanationCall> builder)
    {
        builder.ToTable("explanation_calls");
        builder.Property(c => c.Id).ValueGeneratedNever();
        builder.Property(c => c.Model).HasMaxLength(StoredExplanation.MaxModelLength);
        builder.Property(c => c.Language).HasConversion<string>().HasMaxLength(8);
        builder.Property(c => c.Outcome).HasConversion<string>().HasMaxLength(16);
        builder.HasIndex(c => c.CalledAt);
    }
}
