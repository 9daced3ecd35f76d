using Connect.Caching;
using Connect.Data.Caching;
using Connect.Domain.Organizations;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Connect.Data.Model;

internal sealed class UserConfiguration : IEntityTypeConfiguration<User>
{
    public void Configure(EntityTypeBuilder<User> builder)
    {
        builder.ToTable("users");
        builder.Property(u => u.OrganizationRole).HasConversion<string>().HasMaxLength(16);
        builder.HasOne(u => u.Organization).WithMany().HasForeignKey(u => u.OrganizationId).OnDelete(DeleteBehavior.SetNull);

        // What remains is organization, role in it, and lock-out. Not a new stamp: it ends sessions, which evicts.
        builder.InvalidatesTag(u => ConnectTags.UserPrefix + u.Id, exceptFor: u => new
        {
            u.UserName,
            u.NormalizedUserName,
            u.Email,
            u.NormalizedEmail,
            u.EmailConfirmed,
            u.PasswordHash,
            u.SecurityStamp,
            u.ConcurrencyStamp,
            u.PhoneNumber,
            u.PhoneNumberConfirmed,
            u.TwoFactorEnabled,
            u.AccessFailedCount,
            u.LastCodeStep,
            u.LastChallengeAt,
        });
    }
}

internal sealed class UserRoleConfiguration : IEntityTypeConfiguration<IdentityUserRole<Guid>>
{
    public void Configure(EntityTypeBuilder<IdentityUserRole<Guid>> builder) => builder.InvalidatesTag(r => ConnectTags.UserPrefix + r.UserId);
}

internal sealed class UserSessionConfiguration : IEntityTypeConfiguration<UserSession>
{
    public void Configure(EntityTypeBuilder<UserSession> builder)
    {
        builder.ToTable("user_sessions");
        builder.Property(s => s.Id).ValueGeneratedNever();
        builder.Property(s => s.Client).HasMaxLength(UserSession.MaxClientLength);
        builder.Property(s => s.EndReason).HasConversion<string>().HasMaxLength(16);
        builder.HasOne<User>().WithMany().HasForeignKey(s => s.UserId).OnDelete(DeleteBehavior.Cascade);
        builder.HasIndex(s => new { s.UserId, s.EndedAt });
        builder.HasIndex(s => s.ExpiresAt);
    }
}

internal sealed class ApiKeyConfiguration : IEntityTypeConfiguration<ApiKey>
{
    public void Configure(EntityTypeBuilder<ApiKey> builder)
    {
        builder.ToTable("api_keys", table => table.HasCheckConstraint(
            "ck_api_keys_one_owner", "(organization_id is null) <> (administrator_id is null)"));
        builder.Property(k => k.Id).ValueGeneratedNever();
        builder.Property(k => k.Name).HasMaxLength(ApiKey.MaxNameLength);
        builder.Property(k => k.Scope).HasConversion<string>().HasMaxLength(16);
        builder.HasOne<Organization>().WithMany().HasForeignKey(k => k.OrganizationId).OnDelete(DeleteBehavior.Cascade);
        builder.HasOne<User>().WithMany().HasForeignKey(k => k.AdministratorId).OnDelete(DeleteBehavior.Cascade);
        builder.HasOne<User>().WithMany().HasForeignKey(k => k.CreatedBy).OnDelete(DeleteBehavior.SetNull);
        builder.HasIndex(k => k.CreatedBy);
        builder.HasIndex(k => new { k.OrganizationId, k.Name }).IsUnique().HasFilter("revoked_at is null");
        builder.HasIndex(k => new { k.AdministratorId, k.Name }).IsUnique().HasFilter("revoked_at is null");
        builder.InvalidatesTag(k => ConnectTags.KeyPrefix + k.Id, exceptFor: k => new { k.Name, k.CreatedBy, k.LastUsedAt });
    }
}

internal sealed class InvitationConfiguration : IEntityTypeConfiguration<Invitation>
{
    public void Configure(EntityTypeBuilder<Invitation> builder)
    {
        builder.ToTable("invitations");
        builder.Property(i => i.Id).ValueGeneratedNever();
        builder.Property(i => i.Email).HasMaxLength(Mail.MaxAddressLength);
        builder.Property(i => i.NormalizedEmail).HasMaxLength(Mail.MaxAddressLength);
        builder.Property(i => i.Role).HasConversion<string>().HasMaxLength(16);
        builder.HasOne<Organization>().WithMany().HasForeignKey(i => i.OrganizationId).OnDelete(DeleteBehavior.Cascade);
        builder.HasOne<User>().WithMany().HasForeignKey(i => i.InvitedBy).OnDelete(DeleteBehavior.SetNull);
        builder.HasIndex(i => new { i.OrganizationId, i.NormalizedEmail }).IsUnique();
        builder.HasIndex(i => i.TokenHash).IsUnique();
        builder.HasIndex(i => i.InvitedBy);
        builder.HasIndex(i => i.ExpiresAt);
    }
}

internal sealed class MailConfiguration : IEntityTypeConfiguration<Mail>
{
    public void Configure(EntityTypeBuilder<Mail> builder)
    {
        builder.ToTable("mails");
        builder.Property(m => m.Id).ValueGeneratedNever();
        builder.Property(m => m.Key).HasMaxLength(Mail.MaxKeyLength);
        builder.Property(m => m.Template).HasMaxLength(Mail.MaxTemplateLength);
        builder.Property(m => m.Recipient).HasMaxLength(Mail.MaxAddressLength);
        builder.Property(m => m.Subject).HasMaxLength(Mail.MaxSubjectLength);
        builder.Property(m => m.Status).HasConversion<string>().HasMaxLength(16);
        builder.Property(m => m.LastError).HasMaxLength(Mail.MaxErrorLength);
        builder.HasOne<User>().WithMany().HasForeignKey(m => m.UserId).OnDelete(DeleteBehavior.Cascade);
        builder.HasOne<Organization>().WithMany().HasForeignKey(m => m.OrganizationId).OnDelete(DeleteBehavior.Cascade);
        builder.HasIndex(m => m.Key).IsUnique();
        builder.HasIndex(m => m.UserId);
        builder.HasIndex(m => m.OrganizationId);
        builder.HasIndex(m => m.CompletedAt);
        builder.HasIndex(m => m.NextAttemptAt).HasFilter("status = 'Pending'");
    }
}

/// <summary>
/// Passkeys as schema version 3 of Identity has them. Identity maps them only where its options are known, which they are not in the
/// worker, which migrates.
/// </summary>
internal sealed class PasskeyConfiguration : IEntityTypeConfiguration<IdentityUserPasskey<Guid>>
{
    // The longest credential id that WebAuthn allows.
    private const int MaxCredentialIdLength = 1_023;

    public void Configure(EntityTypeBuilder<IdentityUserPasskey<Guid>> builder)
    {
        builder.ToTable("user_passkeys");
        builder.HasKey(p => p.CredentialId);
        builder.Property(p => p.CredentialId).HasMaxLength(MaxCredentialIdLength);
        builder.OwnsOne(p => p.Data).ToJson();
        builder.HasOne<User>().WithMany().HasForeignKey(p => p.UserId).OnDelete(DeleteBehavior.Cascade);
    }
}
