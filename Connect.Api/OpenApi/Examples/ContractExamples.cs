using System.Text.Json;
using System.Text.Json.Nodes;

namespace Connect.Api.OpenApi.Examples;

/// <summary>One invented example of each contract, all of the same organization.</summary>
internal static class ContractExamples
{
    private static readonly Dictionary<Type, object> ByContract = new object[][]
        {
            IdentityExamples.All, OrganizationExamples.All, ProgramExamples.All, MatchExamples.All, ScrapeExamples.All, CorrectionExamples.All, CacheExamples.All,
            AuditExamples.All, KeyExamples.All, AccountExamples.All, MemberExamples.All,
        }
        .SelectMany(examples => examples)
        .ToDictionary(example => example.GetType());

    // Requests that send only some fields.
    private static readonly Dictionary<Type, JsonObject> Parts = new(OrganizationExamples.Parts.Concat(MatchExamples.Parts).Concat(CorrectionExamples.Parts));

    /// <summary>The contracts that have an example.</summary>
    public static IEnumerable<Type> Contracts => ByContract.Keys.Concat(Parts.Keys).Distinct();

    /// <summary>The example as JSON; null if there is none.</summary>
    public static JsonNode? Find(Type contract, bool isRequest) =>
        isRequest && Parts.GetValueOrDefault(contract) is { } part ? part.DeepClone()
        : ByContract.GetValueOrDefault(contract) is { } example ? JsonSerializer.SerializeToNode(example, contract, WireJson.Options)
        : null;

    /// <summary>A version 7 UUID for examples.</summary>
    public static Guid Id(int number) => Guid.Parse($"0199f3a2-5c00-7{number:x3}-8b4d-6e1f9a7c2d35");

    /// <summary>A moment in Seoul.</summary>
    public static DateTimeOffset At(int month, int day, int hour = 9, int minute = 0) =>
        new(2026, month, day, hour, minute, 0, TimeSpan.FromHours(9));
}
