using Connect.Data.Model;
using Connect.Domain.Matching;
using Connect.Domain.Organizations;
using Connect.Domain.Programs;

namespace Connect.Tests.Functional.Lifecycle;

/// <summary>An organization with members and with a row in every table that hangs on it.</summary>
internal sealed class LifecycleRows
{
    public static readonly DateTimeOffset Now = new(2026, 11, 30, 0, 0, 0, TimeSpan.Zero);

    private static CancellationToken CancellationToken => TestContext.Current.CancellationToken;

    public required Organization Organization { get; init; }

    public required User Owner { get; init; }

    public required User Editor { get; init; }

    public static async Task<LifecycleRows> AddAsync(TestDatabase database)
    {
        await using var context = database.CreateContext();
        var organization = new Organization
        {
            Name = "한빛소프트랩",
            Type = OrganizationType.Company,
            IndustrySector = Sector.Ict,
            BusinessNumberEncrypted = "encrypted",
            BusinessNumberHash = $"{Guid.NewGuid():N}",
            PrimaryContactName = "김민준",
            PrimaryContactEmail = "minjun.kim@example.com",
            PrimaryContactPhone = "02-000-0000",
            Address = "서울특별시 강남구",
            Website = "https://hanbit.example.com/",
            Description = "상담 기록을 요약하는 언어 모델을 개발합니다.",
            ProfileCompleted = true,
            CreatedAt = Now.AddDays(-9),
            UpdatedAt = Now.AddDays(-9),
        };
        var (owner, editor) = (NewUser(), NewUser());
        (owner.OrganizationId, owner.OrganizationRole) = (organization.Id, OrganizationRole.Owner);
        (editor.OrganizationId, editor.OrganizationRole) = (organization.Id, OrganizationRole.Editor);
        var program = new FundingProgram { Title = "공고", AnnouncementUrl = "https://example.com/", IdentityKey = $"{Guid.NewGuid():N}", Fingerprint = "1" };
        context.AddRange(organization, owner, editor, program);
        var match = new FundingMatch { Id = Guid.CreateVersion7(), OrganizationId = organization.Id, ProgramId = program.Id, AlgorithmVersion = "1" };
        context.AddRange(
            match,
            new MatchMarkChange { MatchId = match.Id, At = Now, UserId = owner.Id, ToStatus = MatchStatus.Interested },
            new OrganizationActivity { OrganizationId = organization.Id, LastActiveAt = Now },
            NewInvitation(organization.Id, owner.Id, "new@example.com", Now.AddDays(7)),
            new ApiKey { OrganizationId = organization.Id, CreatedBy = owner.Id, Name = "reports", SecretHash = [1], CreatedAt = Now, ExpiresAt = Now.AddDays(90) },
            NewMail(owner.Id, organization.Id, owner.Email),
            new IdempotencyKey
            {
                UserId = owner.Id,
                Key = "create",
                Operation = "organizations.create",
                RequestHash = "",
                ResultIds = [organization.Id],
                CreatedAt = Now,
            });
        await context.SaveChangesAsync(CancellationToken);
        return new LifecycleRows { Organization = organization, Owner = owner, Editor = editor };
    }

    public static User NewUser()
    {
        var id = Guid.CreateVersion7();
        var email = $"{id:N}@example.com";
        return new User
        {
            Id = id,
            UserName = email,
            NormalizedUserName = email.ToUpperInvariant(),
            Email = email,
            NormalizedEmail = email.ToUpperInvariant(),
            EmailConfirmed = true,
        };
    }

    public static Invitation NewInvitation(Guid organizationId, Guid? invitedBy, string email, DateTimeOffset expiresAt) => new()
    {
        OrganizationId = organizationId,
        InvitedBy = invitedBy,
        Email = email,
        NormalizedEmail = email.ToUpperInvariant(),
        TokenHash = Guid.NewGuid().ToByteArray(),
        CreatedAt = expiresAt.AddDays(-7),
        ExpiresAt = expiresAt,
    };

    public static Mail NewMail(Guid? userId, Guid? organizationId, string? recipient) => new()
    {
        Key = $"{Guid.NewGuid():N}",
        Template = "Invitation",
        UserId = userId,
        OrganizationId = organizationId,
        Recipient = recipient,
        Subject = "초대",
        Text = "글",
        CreatedAt = Now,
        NextAttemptAt = Now,
        ExpiresAt = Now.AddDays(7),
    };
}
