using Connect.Domain.Matching.Explanations;

namespace Connect.Data.Mails.Templates;

/// <summary>Asks the holder of a new account's address to confirm it.</summary>
/// <param name="Link">Confirms it.</param>
public sealed record AddressConfirmationMail(Uri Link) : MailContent
{
    /// <inheritdoc />
    public override string Template => "address-confirmation";

    /// <inheritdoc />
    public override MailText Write(ExplanationLanguage language, DateTimeOffset expiresAt) => language == ExplanationLanguage.En
        ? new(
            "Confirm your e-mail address",
            new MailParagraph("An account was opened at Connect with this e-mail address. Please confirm that the address is yours."),
            new MailLink("Confirm address", Link),
            new MailParagraph($"The link is valid until {MailWords.EnglishTime(expiresAt)}."),
            new MailParagraph("If you did not open an account, you need not do anything: the address stays unconfirmed."))
        : new(
            "이메일 주소를 확인해 주십시오",
            new MailParagraph("이 이메일 주소로 Connect 계정이 생성되었습니다. 본인의 주소가 맞는지 아래 링크에서 확인해 주시기 바랍니다."),
            new MailLink("이메일 주소 확인", Link),
            new MailParagraph($"링크는 {MailWords.KoreanTime(expiresAt)}까지 유효합니다."),
            new MailParagraph("계정을 만드신 적이 없다면 별도의 조치를 하지 않으셔도 됩니다. 이 주소는 확인되지 않은 상태로 남습니다."));
}

/// <summary>Asks the holder of an address to confirm that an account changes to it.</summary>
/// <param name="Link">Confirms it.</param>
public sealed record AddressChangeMail(Uri Link) : MailContent
{
    /// <inheritdoc />
    public override string Template => "address-change";

    /// <inheritdoc />
    public override MailText Write(ExplanationLanguage language, DateTimeOffset expiresAt) => language == ExplanationLanguage.En
        ? new(
            "Confirm your new e-mail address",
            new MailParagraph(
                "Somebody asked to change the e-mail address of a Connect account to this one. The change takes effect once you confirm it."),
            new MailLink("Confirm new address", Link),
            new MailParagraph($"The link is valid until {MailWords.EnglishTime(expiresAt)}. From then on you sign in with the new address."),
            new MailParagraph("If you did not ask for this, please do not follow the link: nothing changes then."))
        : new(
            "변경하실 이메일 주소를 확인해 주십시오",
            new MailParagraph("Connect 계정의 이메일 주소를 이 주소로 변경해 달라는 요청을 받았습니다. 아래 링크에서 확인하시면 변경이 완료됩니다."),
            new MailLink("이메일 주소 변경 확인", Link),
            new MailParagraph($"링크는 {MailWords.KoreanTime(expiresAt)}까지 유효합니다. 변경이 완료된 후에는 새 주소로 로그인해 주시기 바랍니다."),
            new MailParagraph("요청하신 적이 없다면 링크를 누르지 마십시오. 링크를 누르지 않으시면 아무것도 변경되지 않습니다."));
}

/// <summary>Gives a code that sets a new password.</summary>
/// <param name="Code">The code, a secret.</param>
public sealed record PasswordResetCodeMail(string Code) : MailContent
{
    /// <inheritdoc />
    public override string Template => "password-reset";

    /// <inheritdoc />
    public override MailText Write(ExplanationLanguage language, DateTimeOffset expiresAt) => language == ExplanationLanguage.En
        ? new(
            "Set a new password",
            new MailParagraph("Somebody asked to set a new password for your Connect account. Please use this code to set it:"),
            new MailCode(Code),
            new MailParagraph($"The code is valid until {MailWords.EnglishTime(expiresAt)}. Please do not pass it on to anybody."),
            new MailParagraph("If you did not ask for this, you need not do anything: your password stays as it is."))
        : new(
            "비밀번호를 재설정해 주십시오",
            new MailParagraph("Connect 계정의 비밀번호를 재설정해 달라는 요청을 받았습니다. 아래 코드를 사용하여 새 비밀번호를 설정해 주시기 바랍니다."),
            new MailCode(Code),
            new MailParagraph($"코드는 {MailWords.KoreanTime(expiresAt)}까지 유효합니다. 코드를 다른 사람에게 알려 주지 마십시오."),
            new MailParagraph("요청하신 적이 없다면 별도의 조치를 하지 않으셔도 됩니다. 비밀번호는 변경되지 않습니다."));
}

/// <summary>Gives a link to a page that sets a new password.</summary>
/// <param name="Link">The page, with the code.</param>
public sealed record PasswordResetLinkMail(Uri Link) : MailContent
{
    /// <inheritdoc />
    public override string Template => "password-reset";

    /// <inheritdoc />
    public override MailText Write(ExplanationLanguage language, DateTimeOffset expiresAt) => language == ExplanationLanguage.En
        ? new(
            "Set a new password",
            new MailParagraph("Somebody asked to set a new password for your Connect account. Please follow this link to set it:"),
            new MailLink("Set new password", Link),
            new MailParagraph($"The link is valid until {MailWords.EnglishTime(expiresAt)}. Please do not pass it on to anybody."),
            new MailParagraph("If you did not ask for this, you need not do anything: your password stays as it is."))
        : new(
            "비밀번호를 재설정해 주십시오",
            new MailParagraph("Connect 계정의 비밀번호를 재설정해 달라는 요청을 받았습니다. 아래 링크에서 새 비밀번호를 설정해 주시기 바랍니다."),
            new MailLink("비밀번호 재설정", Link),
            new MailParagraph($"링크는 {MailWords.KoreanTime(expiresAt)}까지 유효합니다. 링크를 다른 사람에게 알려 주지 마십시오."),
            new MailParagraph("요청하신 적이 없다면 별도의 조치를 하지 않으셔도 됩니다. 비밀번호는 변경되지 않습니다."));
}
