using Connect.Caching.Generations;
using Connect.Domain.Organizations;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Connect.Data.Model;

internal sealed class OrganizationActivityConfiguration : IEntityTypeConfiguration<OrganizationActivity>
{
    public void Configure(EntityTypeBuilder<OrganizationActivity> builder)
    {
        // No index on the time: it changes every few seconds, and is sorted by a few times a day.
        builder.ToTable("organization_activity");
        builder.HasKey(a => a.OrganizationId);
        builder.HasOne<Organization>().WithOne().HasForeignKey<OrganizationActivity>(a => a.OrganizationId).OnDelete(DeleteBehavior.Cascade);
    }
}

internal sealed class CacheEvictionConfiguration : IEntityTypeConfiguration<CacheEviction>
{
    public void Configure(EntityTypeBuilder<CacheEviction> builder)
    {
        // For the newest evictions of shared tags: they are few among those of single organizations.
        builder.HasIndex(e => e.Id).HasFilter("not (tags[1] like 'org:%')").HasDatabaseName("ix_cache_evictions_of_all");
    }
}

internal sealed class CacheMinuteConfiguration : IEntityTypeConfiguration<CacheMinute>
{
    public void Configure(EntityTypeBuilder<CacheMinute> builder)
    {
        builder.ToTable("cache_minutes");
        builder.HasKey(m => new { m.Minute, m.Layer });
        builder.Property(m => m.Layer).HasMaxLength(32);
    }
}

internal sealed class CacheInstanceConfiguration : IEntityTypeConfiguration<CacheInstance>
{
    public void Configure(EntityTypeBuilder<CacheInstance> builder)
    {
        builder.ToTable("cache_instances");
        builder.Property(n => n.Id).ValueGeneratedNever();
        builder.Property(n => n.Name).HasMaxLength(200);
        builder.Property(n => n.Role).HasMaxLength(16);
        builder.Property(n => n.Statistics).HasColumnType("jsonb");
        builder.Property(n => n.Address).HasMaxLength(CacheInstance.MaxAddressLength);
    }
}

internal sealed class CacheWarmingConfiguration : IEntityTypeConfiguration<CacheWarming>
{
    public void Configure(EntityTypeBuilder<CacheWarming> builder)
    {
        builder.ToTable("cache_warmings");
        builder.Property(w => w.Id).ValueGeneratedNever();
        builder.Property(w => w.Trigger).HasConversion<string>().HasMaxLength(16);
        builder.Property(w => w.Status).HasConversion<string>().HasMaxLength(16);

        // At most one warming waits for the present and one for each coming day: later requests join it.
        builder.HasIndex(w => w.Status).IsUnique()
            .HasFilter("status = 'Queued' and as_of is null").HasDatabaseName("ix_cache_warmings_queued");
        builder.HasIndex(w => w.AsOf).IsUnique()
            .HasFilter("status = 'Queued' and as_of is not null").HasDatabaseName("ix_cache_warmings_queued_as_of");
    }
}
