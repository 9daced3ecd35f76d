using System.Globalization;
using Connect.Data.Mails.Templates;
using Connect.Data.Model;
using Connect.Domain.Matching.Explanations;
using Connect.Domain.Organizations;

namespace Connect.Tests.Unit.Mails;

/// <summary>The texts of mails, as people receive them.</summary>
public sealed class MailTemplateTests
{
    private const string Injection = "한빛\r\nBcc: all@example.com\r\n\r\n<script>alert(1)</script>\u202e & \"Co\"";

    private static readonly DateTimeOffset ExpiresAt = new(2026, 12, 1, 6, 30, 0, TimeSpan.Zero);
    private static readonly Uri Link = new("https://connect.example.kr/auth/confirmEmail?userId=1&code=a%2Bb");

    // A template of each kind, with values that try to break out.
    private static readonly MailContent[] Templates =
    [
        new AddressConfirmationMail(Link), new AddressChangeMail(Link), new PasswordResetCodeMail("Q2ZE\r\nBcc: all@example.com"),
        new PasswordResetLinkMail(Link), new InvitationMail(Link, Injection, OrganizationRole.Owner),
    ];

    [Fact]
    public void Korean_invitation_reads_as_a_letter_of_business()
    {
        var mail = MailRenderer.Render(new InvitationMail(Link, "㈜한빛정밀", OrganizationRole.Editor), ExplanationLanguage.Ko, ExpiresAt);

        Assert.Equal("[Connect] Connect 기관 초대 안내", mail.Subject);
        Assert.Equal(
            """
            안녕하십니까.

            ‘㈜한빛정밀’에서 귀하를 Connect에 초대하였습니다. 수락하시면 편집자 권한으로 기관 정보와 맞춤 지원사업을 이용하실 수 있습니다.

            초대 수락:
            https://connect.example.kr/auth/confirmEmail?userId=1&code=a%2Bb

            초대는 2026년 12월 1일 15:30(한국 시간)까지 유효하며, 이 이메일 주소로만 수락하실 수 있습니다.

            모르는 기관에서 보낸 초대라면 이 메일을 무시하셔도 됩니다. 아무 일도 일어나지 않습니다.

            감사합니다.
            Connect 드림

            본 메일은 발신 전용으로, 회신하셔도 확인되지 않습니다.

            """,
            mail.Text);
    }

    [Fact]
    public void English_reset_reads_as_a_letter_of_business()
    {
        var mail = MailRenderer.Render(new PasswordResetCodeMail("Q2ZE"), ExplanationLanguage.En, ExpiresAt);

        Assert.Equal("[Connect] Set a new password", mail.Subject);
        Assert.Equal(
            """
            Hello,

            Somebody asked to set a new password for your Connect account. Please use this code to set it:

            Q2ZE

            The code is valid until 1 December 2026, 15:30 (Korean time). Please do not pass it on to anybody.

            If you did not ask for this, you need not do anything: your password stays as it is.

            Kind regards,
            Connect

            This mail was sent automatically. Please do not reply to it.

            """,
            mail.Text);
        Assert.Contains("<code style=\"word-break:break-all\">Q2ZE</code>", mail.Html, StringComparison.Ordinal);
        Assert.StartsWith("<!DOCTYPE html>\n<html lang=\"en\">", mail.Html, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_template_is_in_both_languages_and_says_when_it_expires() => Assert.All(Templates, template =>
    {
        var (korean, english) = (
            MailRenderer.Render(template, ExplanationLanguage.Ko, ExpiresAt), MailRenderer.Render(template, ExplanationLanguage.En, ExpiresAt));

        Assert.InRange(template.Template.Length, 1, Mail.MaxTemplateLength);
        Assert.Contains("2026년 12월 1일 15:30", korean.Text, StringComparison.Ordinal);
        Assert.Contains("1 December 2026, 15:30", english.Text, StringComparison.Ordinal);
        Assert.DoesNotContain(english.Subject + english.Text.Replace("한빛", "", StringComparison.Ordinal), character => character is >= '가' and <= '힣');
        Assert.Contains("<html lang=\"ko\">", korean.Html, StringComparison.Ordinal);
    });

    [Fact]
    public void Values_break_neither_subject_nor_html() => Assert.All(
        from template in Templates from language in Enum.GetValues<ExplanationLanguage>() select MailRenderer.Render(template, language, ExpiresAt),
        mail =>
        {
            Assert.DoesNotContain(mail.Subject, char.IsControl);
            Assert.DoesNotContain("example.com", mail.Subject, StringComparison.Ordinal);
            Assert.DoesNotContain("한빛", mail.Subject, StringComparison.Ordinal);
            Assert.DoesNotContain("<script", mail.Html, StringComparison.OrdinalIgnoreCase);
            Assert.DoesNotContain('\u202e', mail.Html + mail.Text);
            Assert.DoesNotContain("code=a%2Bb&", mail.Html.Replace("&amp;", "", StringComparison.Ordinal), StringComparison.Ordinal);
        });

    [Fact]
    public void Name_is_one_short_line()
    {
        Assert.Equal("한빛  Bcc: all@example.com    <script>alert(1)</script>  & \"Co\"", MailWords.Name(Injection));
        Assert.Equal(new string('가', 100) + "…", MailWords.Name(new string('가', 101)));
        var html = MailRenderer.Render(new InvitationMail(Link, "A & B <b>", OrganizationRole.Reader), ExplanationLanguage.En, ExpiresAt).Html;
        Assert.Contains("“A &amp; B &lt;b&gt;” invites you to Connect, as a reader of", html, StringComparison.Ordinal);
        Assert.Contains("userId=1&amp;code=a%2Bb\"", html, StringComparison.Ordinal);
    }

    [Fact]
    public void Link_that_is_no_web_address_is_refused() =>
        Assert.Throws<InvalidOperationException>(() => MailRenderer.Render(new AddressConfirmationMail(new Uri("javascript:alert(1)")), ExplanationLanguage.Ko, ExpiresAt));

    [Fact]
    public void Template_does_not_print_its_values() => Assert.All(Templates, template => Assert.Equal(template.Template, string.Create(CultureInfo.InvariantCulture, $"{template}")));
}
