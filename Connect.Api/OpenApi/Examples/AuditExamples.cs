using Connect.Api.Audit;

namespace Connect.Api.OpenApi.Examples;

internal static class AuditExamples
{
    public static readonly object[] All =
    [
        new Page<AuditItem>(
            [
                new AuditItem(
                    ContractExamples.Id(7), ContractExamples.At(11, 23), ContractExamples.Id(8), "DELETE", "/api/admin/cache/tags/{tag}",
                    "tag=programs", "4bf92f3577b34da6a3ce929d0e0e4736", Status: 204, ContractExamples.At(11, 23)),
            ],
            NextCursor: null),
    ];
}
