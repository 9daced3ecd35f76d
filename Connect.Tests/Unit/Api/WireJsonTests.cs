using System.Text.Json;
using System.Text.Json.Nodes;
using Connect.Api.Http;
using Connect.Api.Organizations;
using Microsoft.AspNetCore.Identity.Data;

namespace Connect.Tests.Unit.Api;

public sealed class WireJsonTests
{
    [Theory]
    [InlineData("$.email", """{ "email": "a\u0000b@example.com", "password": "x" }""")]
    [InlineData("$.password", """{ "email": "a@example.com", "password": "\u0000" }""")]
    [InlineData("$.email", """{ "email": null, "password": "x" }""")]
    [InlineData("$.email", """{ "email": "a", "email": "b", "password": "x" }""")]
    public void Registration_is_refused_when_a_text_cannot_be_stored(string path, string json) =>
        Assert.Equal(path, Assert.Throws<JsonException>(() => JsonSerializer.Deserialize<RegisterRequest>(json, WireJson.Options)).Path);

    [Theory]
    [InlineData("$.name", """{ "name": "a\u0000" }""")]
    [InlineData("$.name", """{ "name": 5 }""")]
    [InlineData("$.keyTechnologies", """{ "keyTechnologies": ["a", "b\u0000"] }""")]
    [InlineData("$.type", """{ "type": 0 }""")]
    [InlineData("$.collaborationCount", """{ "collaborationCount": "5" }""")]
    [InlineData("$.unknown", """{ "unknown": 1 }""")]
    public void Profile_is_refused_when_a_value_is_not_of_its_form(string path, string json) =>
        Assert.Equal(path, Assert.Throws<JsonException>(() => JsonSerializer.Deserialize<OrganizationInput>(json, WireJson.Options)).Path);

    [Fact]
    public void Texts_are_composed_when_they_arrive_in_single_letters()
    {
        const string json = """{ "name": "\u1112\u1161\u11ab", "keyTechnologies": ["\u1100\u1161", "abc", null], "description": null }""";

        var read = JsonSerializer.Deserialize<OrganizationInput>(json, WireJson.Options)!;
        var (patched, errors) = MergePatch.Apply<OrganizationInput>(read, (JsonObject)JsonNode.Parse("""{ "description": "\u1102\u1161", "type": "COMPANY" }""")!);

        Assert.Equal("한", read.Name);
        Assert.Equal(["가", "abc", null!], read.KeyTechnologies!);
        Assert.Null(errors);
        Assert.Equal(("한", "나"), (patched!.Name, patched.Description));
    }

    [Fact]
    public void Password_stays_as_it_was_typed()
    {
        var read = JsonSerializer.Deserialize<RegisterRequest>("""{ "email": "\u1112\u1161\u11ab@example.com", "password": "\u1100\u1161" }""", WireJson.Options)!;

        Assert.Equal(("한@example.com", "\u1100\u1161"), (read.Email, read.Password));
    }

    [Theory]
    [InlineData("""{ "name": "\ud800" }""")]
    [InlineData("""{ "\udc00": 1 }""")]
    public void Document_is_unreadable_when_it_cannot_be_written_again(string json) =>
        Assert.False(WireJson.IsReadable((JsonObject)JsonNode.Parse(json)!));

    [Fact]
    public void Document_is_readable_when_nothing_is_wrong_with_it() =>
        Assert.True(WireJson.IsReadable((JsonObject)JsonNode.Parse("""{ "name": "회사 \ud83d\ude00", "other": null }""")!));
}
