using Connect.Client;
using Connect.Client.Sessions;
using Connect.Tests.Unit.Api.Document;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Testing;
using Microsoft.Extensions.Options;

namespace Connect.Tests.Unit.Client;

/// <summary>As which caller the client speaks, and where the secrets of a caller go.</summary>
public sealed class ClientCallerTests
{
    private const string Key = "ck_nightly-import";

    private readonly FakeApi _api = new();

    private static CancellationToken CancellationToken => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Key_is_sent_as_it_is_and_not_renewed()
    {
        var client = _api.CreateClient(options => options.ApiKey = Key);
        _api.Answer = _ => Task.FromResult(FakeApi.Problem(401, "unauthorized"));

        await Assert.ThrowsAnyAsync<ApiException>(() => client.ListProgramsAsync(cancellationToken: CancellationToken));

        Assert.Equal([("/api/programs", Key)], _api.Requests.Select(request => (request.Path, request.Token)));
    }

    [Fact]
    public async Task Anonymous_client_sends_no_token()
    {
        await _api.CreateAnonymousClient().ListProgramsAsync(cancellationToken: CancellationToken);

        Assert.Null(Assert.Single(_api.Requests).Token);
    }

    [Fact]
    public async Task Registration_does_not_sign_in()
    {
        var client = _api.CreateClient();

        await client.RegisterAsync(new RegisterRequest { Email = FakeApi.Email, Password = FakeApi.Password }, CancellationToken);

        Assert.Equal(("/auth/register", null), Assert.Single(_api.Requests.Select(request => (request.Path, request.Token))));
    }

    /// <summary>The document says which operations need a caller.</summary>
    [Fact]
    public void Open_routes_are_those_of_the_document() => Assert.All(DocumentComparer.OperationsOf(ApprovedDocument.Read()), operation =>
    {
        var path = operation.Key[(operation.Key.IndexOf(' ', StringComparison.Ordinal) + 2)..];

        Assert.True(OpenRoutes.Contain(path) == operation.Value["security"] is null, $"{operation.Key} should be {(OpenRoutes.Contain(path) ? "closed" : "open")}");
    });

    [Fact]
    public async Task Secrets_are_in_no_log_and_no_exception()
    {
        var logs = new FakeLogCollector();
        var client = _api.CreateClient(services: services => services.AddLogging(logging => logging
            .SetMinimumLevel(LogLevel.Trace).AddProvider(new FakeLoggerProvider(logs))));
        await client.GetAccountAsync(CancellationToken);
        await client.ConfirmEmailAsync("1", "code-of-a-mail", cancellationToken: CancellationToken);
        _api.Time.Advance(TimeSpan.FromHours(2));
        _api.Refresh = _ => Task.FromResult<HttpResponseMessage?>(FakeApi.Json("no JSON: access-9 refresh-9"));
        _api.Login = _ => Task.FromResult<HttpResponseMessage?>(FakeApi.Json("no JSON: access-9 refresh-9"));

        var error = await Assert.ThrowsAnyAsync<ApiException>(() => client.GetAccountAsync(CancellationToken));

        var texts = logs.GetSnapshot().Select(record => $"{record.Message} {string.Join(' ', record.StructuredState ?? [])} {record.Exception}").ToList();
        Assert.NotEmpty(texts);
        Assert.All(texts.Append(error.ToString()), text => Assert.DoesNotMatch("access-|refresh-|code-of-a-mail|" + FakeApi.Password, text));
    }

    [Fact]
    public void Options_do_not_show_their_secrets() => Assert.DoesNotContain(
        FakeApi.Password, new ConnectClientOptions { Password = FakeApi.Password, ApiKey = Key }.ToString(), StringComparison.Ordinal);

    public static TheoryData<string, Action<ConnectClientOptions>> Unusable => new()
    {
        { "Address", options => options.Address = null },
        { "Address", options => options.Address = new Uri("/api", UriKind.Relative) },
        { "Address", options => options.Address = new Uri("ftp://connect.test") },
        { "Address", options => options.Address = new Uri("http://kim:Hanbit-2026!@connect.test") },
        { "both", options => (options.ApiKey, options.Email, options.Password) = (Key, FakeApi.Email, FakeApi.Password) },
        { "only one", options => options.Email = FakeApi.Email },
        { "only one", options => options.Password = FakeApi.Password },
        { "ApiKey", options => options.ApiKey = "" },
        { "ApiKey", options => options.ApiKey = Key + "\n" },
        { "Timeout", options => options.Timeout = TimeSpan.Zero },
        { "MaxRetries", options => options.MaxRetries = 11 },
    };

    [Theory]
    [MemberData(nameof(Unusable), DisableDiscoveryEnumeration = true)]
    public void Unusable_options_end_the_start(string fault, Action<ConnectClientOptions> configure)
    {
        var services = new ServiceCollection();
        services.AddConnectClient(options =>
        {
            options.Address = new Uri(FakeApi.Address);
            configure(options);
        });
        using var provider = services.BuildServiceProvider();

        var error = Assert.Throws<OptionsValidationException>(() => provider.GetRequiredService<IStartupValidator>().Validate());

        Assert.Contains(fault, error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(FakeApi.Password, error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(Key, error.Message, StringComparison.Ordinal);
    }
}
