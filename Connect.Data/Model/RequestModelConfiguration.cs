using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Connect.Data.Model;

internal sealed class AuditEntryConfiguration : IEntityTypeConfiguration<AuditEntry>
{
    public void Configure(EntityTypeBuilder<AuditEntry> builder)
    {
        builder.ToTable("audit_entries");
        builder.Property(e => e.Id).ValueGeneratedNever();
        builder.Property(e => e.Method).HasMaxLength(AuditEntry.MaxMethodLength);
        builder.Property(e => e.Route).HasMaxLength(AuditEntry.MaxRouteLength);
        builder.Property(e => e.Target).HasMaxLength(AuditEntry.MaxTargetLength);
        builder.Property(e => e.TraceId).HasMaxLength(AuditEntry.MaxTraceLength);
        builder.HasIndex(e => e.At);
    }
}

internal sealed class IdempotencyKeyConfiguration : IEntityTypeConfiguration<IdempotencyKey>
{
    public void Configure(EntityTypeBuilder<IdempotencyKey> builder)
    {
        builder.ToTable("idempotency_keys");
        builder.HasKey(k => new { k.UserId, k.Key });
        builder.Property(k => k.Key).HasMaxLength(IdempotencyKey.MaxLength);
        builder.Property(k => k.Operation).HasMaxLength(IdempotencyKey.MaxOperationLength);
        builder.Property(k => k.RequestHash).HasMaxLength(IdempotencyKey.HashLength);
        builder.HasOne<User>().WithMany().HasForeignKey(k => k.UserId).OnDelete(DeleteBehavior.Cascade);
        builder.HasIndex(k => k.CreatedAt);
    }
}
