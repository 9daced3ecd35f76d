using System.Text.Json;
using System.Text.Json.Nodes;
using Connect.Api.Http;
using Connect.Api.OpenApi.Examples;

namespace Connect.Tests.Unit.Api.Document;

public sealed class ContractExamplesTests
{
    public static TheoryData<Type> Contracts => [.. ContractExamples.Contracts];

    /// <summary>The endpoints use the same JSON options, so an example that passes here is valid on the wire.</summary>
    [Theory]
    [MemberData(nameof(Contracts))]
    public void Example_is_what_the_contract_reads_and_writes(Type contract)
    {
        foreach (var example in (JsonNode?[])[ContractExamples.Find(contract, isRequest: true), ContractExamples.Find(contract, isRequest: false)])
        {
            if (example is null)
            {
                continue;
            }

            var written = JsonSerializer.SerializeToNode(example.Deserialize(contract, WireJson.Options), contract, WireJson.Options)!.AsObject();

            // A part has fewer fields than the contract.
            Assert.All(example.AsObject(), field => Assert.True(JsonNode.DeepEquals(field.Value, written[field.Key]), field.Key));
        }
    }
}
