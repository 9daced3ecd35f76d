using System.Net;
using System.Text;

namespace Connect.Tests.Distributed.Security;

/// <summary>Bodies that are no text, or in an encoding that JSON does not have.</summary>
public sealed class UnreadableBodyTests(ApiUsers users) : IClassFixture<ApiUsers>
{
    private static readonly byte[] Login = """{ "email": "nobody@example.com", "password": "x" }"""u8.ToArray();

    [Theory]
    [InlineData("nonsense")]
    [InlineData("utf-7")]
    [InlineData("utf-16")]
    [InlineData("\"iso-8859-1\"")]
    [InlineData("utf88")]
    [InlineData("\"\"")]
    public async Task Body_is_refused_when_its_encoding_is_not_that_of_JSON(string charset)
    {
        var answer = await SendAsync("POST", "/auth/login", Login, $"application/json; charset={charset}");

        Assert.Equal(HttpStatusCode.UnsupportedMediaType, answer.Status);
        Assert.Null(answer.FindMalformation());
    }

    [Theory]
    [InlineData("application/json; charset=utf-8")]
    [InlineData("application/json; charset=\"UTF-8\"")]
    [InlineData("application/json; charset=utf8")]
    [InlineData("application/json; charset=\"UTF8\"")]
    [InlineData("application/json")]
    public async Task Body_is_read_when_its_encoding_is_that_of_JSON(string mediaType) => Assert.Equal(
        HttpStatusCode.Unauthorized,
        (await SendAsync("POST", "/auth/login", Login, mediaType)).Status);

    [Theory]
    [InlineData("{\"na\u00FFme\":\"x\"}")]
    [InlineData("{\"unknown\u00E9\":\"\"}")]
    [InlineData("{\"name\":\"x\u00C0\u00AF\"}")]
    [InlineData("{\"name\":\"\u00ED\u00A0\u0080\"}")]
    [InlineData("{\"keyTechnologies\":[\"\u00FF\"]}")]
    [InlineData("{\"name\":{\"\u00FF\":1}}")]
    public async Task Patch_is_refused_when_it_is_not_text(string bytes)
    {
        var answer = await SendAsync(
            "PATCH", users.Path("/api/organizations/{org}"), Encoding.Latin1.GetBytes(bytes), "application/merge-patch+json");

        Assert.Equal((HttpStatusCode.BadRequest, null), (answer.Status, answer.FindMalformation()));
    }

    private async Task<AttackAnswer> SendAsync(string method, string path, byte[] body, string mediaType)
    {
        using var client = new AttackClient(users.Member.Address);
        return await client.SendAsync(new AttackRequest(method, path)
        {
            Token = users.Member.Authorization!.Parameter,
            Body = body,
            MediaType = mediaType,
        });
    }
}
