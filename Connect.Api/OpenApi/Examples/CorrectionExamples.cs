using System.Text.Json.Nodes;
using Connect.Api.Corrections;

namespace Connect.Api.OpenApi.Examples;

internal static class CorrectionExamples
{
    private const string Reason = "공고문 3쪽의 마감일시";

    private static readonly ProgramCorrectionItem Item = new(
        ContractExamples.Id(8), ContractExamples.Id(2), "deadline", "2026-12-18T18:00:00+09:00", "2026-12-11T18:00:00+09:00", Reason,
        ContractExamples.Id(9), ContractExamples.At(11, 23), ConflictAt: null);

    public static readonly object[] All =
    [
        new ProgramCorrectionsAnswer([Item]),
        new Page<ProgramCorrectionItem>([Item], NextCursor: null),
    ];

    /// <summary>A request that sends only some fields.</summary>
    public static readonly IReadOnlyDictionary<Type, JsonObject> Parts = new Dictionary<Type, JsonObject>
    {
        [typeof(ProgramCorrectionInput)] = new() { ["deadline"] = "2026-12-18T18:00:00+09:00", ["reason"] = Reason },
    };
}
