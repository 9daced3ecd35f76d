using Connect.Api.Accounts;
using Connect.Data.Model;
using Connect.Domain.Organizations;

namespace Connect.Api.OpenApi.Examples;

internal static class AccountExamples
{
    private const string Email = "minjun.kim@example.com";

    public static readonly object[] All =
    [
        new DeleteAccountRequest { Password = "Hanbit-2026!" },
        new AccountExport(
            new ExportedAccount(
                ContractExamples.Id(8), Email, EmailConfirmed: true, PhoneNumber: null, HasPassword: true, TwoFactorEnabled: false, FailedSignIns: 0,
                LockedUntil: null, Roles: [], Claims: []),
            new ExportedMembership(OrganizationExamples.Id, "한빛소프트랩", OrganizationRole.Owner),
            [
                new ExportedSession(
                    ContractExamples.Id(10), "Firefox", ContractExamples.At(11, 2), ContractExamples.At(11, 23), ContractExamples.At(12, 7),
                    EndedAt: null, EndReason: null),
            ],
            [new ExportedPasskey("노트북", ContractExamples.At(11, 2))],
            Logins: [],
            [
                new ExportedApiKey(
                    ContractExamples.Id(11), OrganizationExamples.Id, "reports", ApiKeyScope.Read, ContractExamples.At(11, 2), ContractExamples.At(12, 2),
                    ContractExamples.At(11, 23), RevokedAt: null),
            ],
            InvitationsReceived: [],
            [
                new ExportedInvitation(
                    ContractExamples.Id(9), OrganizationExamples.Id, "seoyeon.lee@example.com", OrganizationRole.Editor, ContractExamples.At(11, 23),
                    ContractExamples.At(11, 30)),
            ],
            [new ExportedMail(ContractExamples.Id(12), "AddressConfirmation", MailStatus.Sent, ContractExamples.At(11, 2), ContractExamples.At(11, 2))],
            [new ExportedIdempotencyKey("b1946ac9", "organizations.create", ContractExamples.At(11, 2))],
            ExplanationsFullAt: null, Corrections: [], MatchMarks: [], AuditEntries: []),
    ];
}
