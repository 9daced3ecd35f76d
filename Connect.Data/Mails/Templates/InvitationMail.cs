using Connect.Domain.Matching.Explanations;
using Connect.Domain.Organizations;

namespace Connect.Data.Mails.Templates;

/// <summary>Invites an address to an organization.</summary>
/// <param name="Link">Accepts the invitation.</param>
/// <param name="OrganizationName">The organization's name; empty where it was restored after a deletion, which erased the name.</param>
/// <param name="Role">The role of the member to be.</param>
public sealed record InvitationMail(Uri Link, string OrganizationName, OrganizationRole Role) : MailContent
{
    /// <inheritdoc />
    public override string Template => "invitation";

    /// <inheritdoc />
    public override MailText Write(ExplanationLanguage language, DateTimeOffset expiresAt) => language == ExplanationLanguage.En
        ? new(
            "You are invited to an organization at Connect",
            new MailParagraph(OrganizationName.Length == 0
                ? $"The operator of Connect has restored your organization, and invites you to it as {MailWords.English(Role)}. Please enter its name anew."
                : $"The organization “{MailWords.Name(OrganizationName)}” invites you to Connect, as {MailWords.English(Role)} of its profile and funding matches."),
            new MailLink("Accept invitation", Link),
            new MailParagraph($"The invitation is valid until {MailWords.EnglishTime(expiresAt)}, for this e-mail address alone."),
            new MailParagraph("If you do not know the organization, please ignore this mail: nothing happens then."))
        : new(
            "Connect 기관 초대 안내",
            new MailParagraph(OrganizationName.Length == 0
                ? $"Connect 운영자가 기관을 복구하고 귀하를 {MailWords.Korean(Role)} 권한으로 초대하였습니다. 수락하신 뒤 기관 이름을 다시 입력해 주세요."
                : $"‘{MailWords.Name(OrganizationName)}’에서 귀하를 Connect에 초대하였습니다. 수락하시면 {MailWords.Korean(Role)} 권한으로 기관 정보와 맞춤 지원사업을 이용하실 수 있습니다."),
            new MailLink("초대 수락", Link),
            new MailParagraph($"초대는 {MailWords.KoreanTime(expiresAt)}까지 유효하며, 이 이메일 주소로만 수락하실 수 있습니다."),
            new MailParagraph("모르는 기관에서 보낸 초대라면 이 메일을 무시하셔도 됩니다. 아무 일도 일어나지 않습니다."));
}
