using Connect.Domain.Programs;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Connect.Data.Model;

internal sealed class ProgramCorrectionConfiguration : IEntityTypeConfiguration<ProgramCorrection>
{
    public void Configure(EntityTypeBuilder<ProgramCorrection> builder)
    {
        builder.ToTable("program_corrections");
        builder.Property(c => c.Id).ValueGeneratedNever();
        builder.Property(c => c.Field).HasConversion<string>().HasMaxLength(32);
        builder.Property(c => c.Reason).HasMaxLength(ProgramCorrection.MaxReasonLength);
        builder.HasOne<FundingProgram>().WithMany().HasForeignKey(c => c.ProgramId).OnDelete(DeleteBehavior.Cascade);
        builder.HasIndex(c => new { c.ProgramId, c.Field }).IsUnique();
        builder.HasIndex(c => c.ConflictAt).HasFilter("conflict_at is not null");
    }
}
