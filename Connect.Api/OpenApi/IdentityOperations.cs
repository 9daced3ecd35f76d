namespace Connect.Api.OpenApi;

/// <summary>Descriptions of ASP.NET Core Identity's routes, which have none.</summary>
internal static class IdentityOperations
{
    private const string NoMail = " 503 (mail-not-configured) where no mail server is configured.";

    private static readonly Dictionary<(string Method, string Path), IdentityOperation> All = new()
    {
        [("POST", "/auth/register")] = new(
            "Register", "Registers a user.",
            "The e-mail address is the user's name and must be new. A password has at least 10 characters, among them a capital, a small "
            + "letter, a digit and a sign. The address need not be confirmed to log in; a link that confirms it is sent where a mail server is "
            + "configured, as X-Confirmation-Mail says."),
        [("POST", "/auth/login")] = new(
            "Login", "Gives tokens for an e-mail address and a password.",
            "Send the accessToken with every other request; it is good for an hour. refreshToken gives the next one. After five wrong passwords the "
            + "user is locked for five minutes. With a second factor, twoFactorCode or twoFactorRecoveryCode is needed too.",
            StatusCodes.Status401Unauthorized),
        [("POST", "/auth/refresh")] = new(
            "RefreshToken", "Gives new tokens for a refresh token.",
            "A refresh token is good once, for 14 days, and no longer than the user's password stays the same. One that was used before ends its "
            + "session: whoever used it, its other tokens are refused too, and the user signs in again.", StatusCodes.Status401Unauthorized),
        [("GET", "/auth/confirmEmail")] = new(
            "ConfirmEmail", "Confirms an e-mail address by the link that was sent to it.",
            "For people who follow the link, which is good for 24 hours: the answer is a sentence in plain text.",
            StatusCodes.Status401Unauthorized),
        [("POST", "/auth/resendConfirmationEmail")] = new(
            "ResendConfirmationEmail", "Sends the confirmation link again.",
            "Answers the same for unknown and for confirmed addresses. An address gets at most three mails of a kind in an hour." + NoMail),
        [("POST", "/auth/forgotPassword")] = new(
            "ForgotPassword", "Sends a code by which a forgotten password can be replaced.",
            "Answers the same for unknown and unconfirmed addresses. The code is good for two hours. An address gets at most three mails of a "
            + "kind in an hour." + NoMail),
        [("POST", "/auth/resetPassword")] = new(
            "ResetPassword", "Replaces a forgotten password by the code that was sent.",
            "Unknown addresses and wrong codes are answered alike."),
        [("POST", "/auth/manage/2fa")] = new(
            "ManageTwoFactor", "Shows and changes the caller's second factor.",
            "An empty object shows how it stands. To switch it on, put sharedKey into an authenticator app and send enable with the app's code as "
            + "twoFactorCode; recoveryCodes are shown that one time.", StatusCodes.Status409Conflict),
        [("GET", "/auth/manage/info")] = new(
            "GetAccount", "The caller's e-mail address, and whether it is confirmed.", "Also tells whether a token is still good."),
        [("POST", "/auth/manage/info")] = new(
            "UpdateAccount", "Changes the caller's e-mail address or password.",
            "A new password needs the old one. A new address counts from when its link was followed, which is sent to it. newEmail:" + NoMail),
    };

    public static IdentityOperation? Find(string method, string path) => All.GetValueOrDefault((method, path));
}

/// <summary>One of Identity's operations.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Summary">One line.</param>
/// <param name="Description">Notes for clients.</param>
/// <param name="Problem">Status of an error that Identity does not declare.</param>
internal sealed record IdentityOperation(string Id, string Summary, string Description, int? Problem = null);
