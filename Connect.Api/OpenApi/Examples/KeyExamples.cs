using Connect.Api.Identity.ApiKeys;
using Connect.Api.Identity.Sessions;
using Connect.Data.Model;

namespace Connect.Api.OpenApi.Examples;

internal static class KeyExamples
{
    private static readonly KeyItem Key = new(
        ContractExamples.Id(31), "주간 보고", ApiKeyScope.Read, ContractExamples.At(11, 2), new(2027, 11, 2, 9, 0, 0, TimeSpan.FromHours(9)),
        ContractExamples.At(11, 23, 8, 59), PreviousSecretExpiresAt: null);

    private static readonly SessionItem Session = new(
        ContractExamples.Id(32), "Mozilla/5.0", IsCurrent: true, ContractExamples.At(11, 20), ContractExamples.At(11, 23),
        ContractExamples.At(12, 7));

    public static readonly object[] All =
    [
        new CreateKeyRequest { Name = "주간 보고", Scope = ApiKeyScope.Read, ExpiresInDays = 365 },
        new RotateKeyRequest { OverlapHours = 24 },
        Key,
        new KeySecretResponse(Key, "ck_AZnzolwAcB-LTW4fmnwtNQ-an-example-that-opens-nothing"),
        new Page<KeyItem>([Key], NextCursor: null),
        Session,
        new Page<SessionItem>([Session], NextCursor: null),
    ];
}
