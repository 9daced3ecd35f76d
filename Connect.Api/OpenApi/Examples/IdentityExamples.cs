using Microsoft.AspNetCore.Authentication.BearerToken;
using Microsoft.AspNetCore.Identity.Data;

namespace Connect.Api.OpenApi.Examples;

internal static class IdentityExamples
{
    private const string Email = "minjun.kim@example.com";
    private const string Password = "Hanbit-2026!";

    public static readonly object[] All =
    [
        new RegisterRequest { Email = Email, Password = Password },
        new LoginRequest { Email = Email, Password = Password },
        new RefreshRequest { RefreshToken = "CfDJ8AAAAAAAAAAAAAAAAAAAAAA-refresh" },
        new AccessTokenResponse { AccessToken = "CfDJ8AAAAAAAAAAAAAAAAAAAAAA-access", ExpiresIn = 3600, RefreshToken = "CfDJ8AAAAAAAAAAAAAAAAAAAAAA-refresh" },
        new ResendConfirmationEmailRequest { Email = Email },
        new ForgotPasswordRequest { Email = Email },
        new ResetPasswordRequest { Email = Email, ResetCode = "Q2ZESjhBQUFB", NewPassword = "Hanbit-2027!" },
        new TwoFactorRequest { Enable = true, TwoFactorCode = "492817" },
        new TwoFactorResponse
        {
            SharedKey = "JBSWY3DPEHPK3PXP", RecoveryCodesLeft = 2, RecoveryCodes = ["9TKXR-4M2CV", "HW6JD-P8NQB"], IsTwoFactorEnabled = true,
            IsMachineRemembered = false,
        },
        new InfoRequest { NewPassword = "Hanbit-2027!", OldPassword = Password },
        new InfoResponse { Email = Email, IsEmailConfirmed = false },
    ];
}
