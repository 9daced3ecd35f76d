using Connect.Api.Members;
using Connect.Domain.Organizations;

namespace Connect.Api.OpenApi.Examples;

internal static class MemberExamples
{
    private const string Invited = "seoyeon.lee@example.com";

    private static readonly MemberItem Owner = new(ContractExamples.Id(40), "minjun.kim@example.com", OrganizationRole.Owner, IsCurrent: true);
    private static readonly MemberItem Editor = new(ContractExamples.Id(41), "jiho.park@example.com", OrganizationRole.Editor, IsCurrent: false);

    private static readonly InvitationItem Invitation = new(
        ContractExamples.Id(42), Invited, OrganizationRole.Editor, ContractExamples.At(11, 23), ContractExamples.At(11, 30));

    public static readonly object[] All =
    [
        new Page<MemberItem>([Editor, Owner], NextCursor: null),
        Editor,
        new MemberInput { Role = OrganizationRole.Editor },
        new InvitationInput { Email = Invited, Role = OrganizationRole.Editor },
        Invitation,
        new Page<InvitationItem>([Invitation], NextCursor: null),
        new AcceptanceInput { Token = "3q2-796tvu_erb7v3q2-796tvu_erb7v3q2-796tvu8" },
        new Membership(OrganizationExamples.Id, OrganizationRole.Editor),
    ];
}
