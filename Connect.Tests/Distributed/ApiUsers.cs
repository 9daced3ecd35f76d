using System.Net;
using System.Text.Json.Nodes;

namespace Connect.Tests.Distributed;

/// <summary>
/// Shared callers for tests that only read or are refused: signing up for each would take longer than the test.
/// </summary>
public sealed class ApiUsers(RunningApplication application) : IAsyncLifetime
{
    /// <summary>A caller without a token.</summary>
    public ApiClient Anonymous { get; private set; } = null!;

    /// <summary>A member of <see cref="Organization"/>.</summary>
    public ApiClient Member { get; private set; } = null!;

    public ApiClient Administrator { get; private set; } = null!;

    public Guid Organization { get; private set; }

    public async ValueTask InitializeAsync()
    {
        Anonymous = await application.CreateClientAsync();
        Member = await (await application.CreateClientAsync()).SignUpAsync();
        Administrator = await (await application.CreateClientAsync()).SignInAsAdministratorAsync();
        Organization = await Member.CreateOrganizationAsync("ICT", "인공지능");
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    /// <summary>The path with the organization's id where it says <c>{org}</c>.</summary>
    public string Path(string path) => path.Replace("{org}", Organization.ToString(), StringComparison.Ordinal);
}

/// <summary>Assertions on the form of errors.</summary>
internal static class ApiAssert
{
    private const string Prefix = "urn:connect:problem:";

    public static void Problem(HttpStatusCode status, string type, ApiAnswer answer)
    {
        Assert.Equal(status, answer.Status);
        Assert.Equal("application/problem+json", answer.MediaType);
        Assert.Equal(Prefix + type, answer.Text("type"));
        Assert.Equal((int)status, answer.Body!["status"]!.GetValue<int>());
        Assert.NotEmpty(answer.Text("title"));
    }

    /// <summary>A validation error of exactly these fields.</summary>
    public static void Invalid(ApiAnswer answer, params string[] fields)
    {
        Problem(HttpStatusCode.BadRequest, "validation", answer);
        var errors = answer.Body!["errors"]!.AsObject();
        Assert.Equal(fields.Order(StringComparer.Ordinal), errors.Select(error => error.Key).Order(StringComparer.Ordinal));
        Assert.All(errors, error => Assert.NotEmpty(error.Value!.AsArray().Select(message => message!.GetValue<string>())));
    }

    public static JsonObject Ok(ApiAnswer answer)
    {
        Assert.Equal(HttpStatusCode.OK, answer.Status);
        return answer.Body!.AsObject();
    }
}
