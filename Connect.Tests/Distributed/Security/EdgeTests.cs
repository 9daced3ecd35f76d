using System.Net;
using Connect.Tests.Functional.Caching;
using Npgsql;

namespace Connect.Tests.Distributed.Security;

/// <summary>The middleware before endpoints: headers, origins, TLS, sizes, time-outs.</summary>
public sealed class EdgeTests(RunningApplication application, ApiUsers users) : IClassFixture<ApiUsers>
{
    private static CancellationToken CancellationToken => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("/api/programs?limit=1", HttpStatusCode.OK)]
    [InlineData("/api/programs?limit=0", HttpStatusCode.BadRequest)]
    [InlineData("/api/organizations/00000000-0000-0000-0000-000000000000", HttpStatusCode.NotFound)]
    [InlineData("/nowhere", HttpStatusCode.NotFound)]
    [InlineData("/openapi/v1.json", HttpStatusCode.OK)]
    [InlineData("/scalar/", HttpStatusCode.OK)]
    [InlineData("/health", HttpStatusCode.OK)]
    [InlineData("/auth/login", HttpStatusCode.MethodNotAllowed)]
    public async Task Answer_tells_browsers_to_do_nothing_with_it(string path, HttpStatusCode status)
    {
        using var response = await RawHttp.SendAsync(
            users.Member.Address, HttpMethod.Get, path, null, ("Authorization", users.Member.Authorization!.ToString()));

        Assert.Equal(status, response.StatusCode);
        Assert.Equal("nosniff", response.Header("X-Content-Type-Options"));
        Assert.Equal("DENY", response.Header("X-Frame-Options"));
        Assert.Equal("no-referrer", response.Header("Referrer-Policy"));
        Assert.Contains("default-src 'none'", response.Header("Content-Security-Policy"), StringComparison.Ordinal);
        Assert.Contains("frame-ancestors 'none'", response.Header("Content-Security-Policy"), StringComparison.Ordinal);
        Assert.DoesNotContain("unsafe-eval", response.Header("Content-Security-Policy"), StringComparison.Ordinal);
        Assert.NotNull(response.Header("Cache-Control"));
        Assert.Null(response.Header("Server"));
        Assert.Null(response.Header("X-Powered-By"));
        Assert.Null(response.Header("Access-Control-Allow-Origin"));
        Assert.Null(response.Header("Set-Cookie"));
    }

    [Fact]
    public async Task Other_origins_get_no_headers_when_none_is_configured()
    {
        using var preflight = await PreflightAsync(users.Anonymous.Address, "https://app.example.com");

        Assert.Null(preflight.Header("Access-Control-Allow-Origin"));
    }

    [Fact]
    public async Task Configured_origin_may_call_and_no_other()
    {
        await using var instances = await ApiInstances.CreateAsync(application);
        var api = await instances.HostAsync(("Edge__CorsOrigins__0", "https://app.example.com"));

        using var preflight = await PreflightAsync(api.Address, "https://app.example.com");
        using var stranger = await PreflightAsync(api.Address, "https://app.example.com.evil.example");
        using var call = await RawHttp.SendAsync(
            api.Address, HttpMethod.Get, "/api/programs", null, ("Origin", "https://app.example.com"));

        Assert.Equal(HttpStatusCode.NoContent, preflight.StatusCode);
        Assert.Equal("https://app.example.com", preflight.Header("Access-Control-Allow-Origin"));
        Assert.Null(preflight.Header("Access-Control-Allow-Credentials"));
        Assert.Null(stranger.Header("Access-Control-Allow-Origin"));
        Assert.Equal("https://app.example.com", call.Header("Access-Control-Allow-Origin"));
        Assert.Contains("ETag", call.Header("Access-Control-Expose-Headers"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Host_that_a_trusted_proxy_names_is_the_one_of_links_and_of_the_page()
    {
        await using var instances = await ApiInstances.CreateAsync(application);
        var api = await instances.HostAsync(("AllowedHosts", "connect.example.com;127.0.0.1"));
        var user = await new ApiClient(api.Address).SignUpAsync();

        Assert.Equal("http://connect.example.com/", await CreateAsync(api, user, "connect.example.com"));
        Assert.Equal(api.Address.ToString(), await CreateAsync(api, await new ApiClient(api.Address).SignUpAsync(), "evil.example"));
        using var visitor = new OperationsVisitor(api.Address);
        using var signedIn = await visitor.SignInAsync();
        Assert.Equal(HttpStatusCode.SwitchingProtocols, await visitor.ConnectAsync("http://connect.example.com", "connect.example.com"));
        Assert.Equal(HttpStatusCode.Forbidden, await visitor.ConnectAsync(api.Address.GetLeftPart(UriPartial.Authority), "connect.example.com"));
        Assert.Equal(HttpStatusCode.Forbidden, await visitor.ConnectAsync("http://evil.example", "evil.example"));

        // Where the new organization is: scheme and host.
        static async Task<string> CreateAsync(ApiHost api, ApiClient user, string host)
        {
            using var content = System.Net.Http.Json.JsonContent.Create(
                new { type = "COMPANY", name = "회사", businessNumber = ApiClient.NextBusinessNumber() });
            using var response = await RawHttp.SendAsync(
                api.Address, HttpMethod.Post, "/api/organizations", content,
                ("Authorization", user.Authorization!.ToString()), ("X-Forwarded-Host", host));
            Assert.Equal(HttpStatusCode.Created, response.StatusCode);
            return response.Headers.Location!.GetLeftPart(UriPartial.Authority) + "/";
        }
    }

    [Fact]
    public async Task Strict_transport_is_as_configured()
    {
        await using var instances = await ApiInstances.CreateAsync(application);
        (string, string)[] production =
            [("ASPNETCORE_ENVIRONMENT", "Production"), ("KeyProtection__AllowUnprotected", "true"), ("AllowedHosts", "connect.example.com;127.0.0.1")];
        var preloaded = await instances.HostAsync([.. production, ("Edge__HstsMaxAge", "730.00:00:00"), ("Edge__HstsPreload", "true")]);
        var narrow = await instances.HostAsync([.. production, ("Edge__HstsMaxAge", "00:05:00"), ("Edge__HstsIncludeSubDomains", "false")]);
        var off = await instances.HostAsync([.. production, ("Edge__Hsts", "false")]);

        Assert.Equal("max-age=63072000; includeSubDomains; preload", await AskAsync(preloaded));
        Assert.Equal("max-age=300", await AskAsync(narrow));
        Assert.Null(await AskAsync(off));

        static async Task<string?> AskAsync(ApiHost api)
        {
            using var response = await RawHttp.SendAsync(
                api.Address, HttpMethod.Get, "/api/programs", null, ("X-Forwarded-Proto", "https"), ("Host", "connect.example.com"));
            return response.Header("Strict-Transport-Security");
        }
    }

    [Theory]
    [InlineData("Edge__HstsMaxAge", "-1.00:00:00", "HstsMaxAge")]
    [InlineData("Edge__CorsOrigins__0", "*", "'*' is not an origin")]
    [InlineData("KeyProtection__CertificatePath", "/nowhere.pfx", "/nowhere.pfx")]
    [InlineData("ASPNETCORE_ENVIRONMENT", "Production", "KeyProtection:CertificatePath")]
    public async Task Instance_does_not_start_when_a_setting_is_dangerous_or_wrong(string name, string value, string message)
    {
        await using var instances = await ApiInstances.CreateAsync(application);

        var refused = await Assert.ThrowsAnyAsync<Exception>(() => instances.HostAsync((name, value)));

        Assert.Contains(message, refused.GetBaseException().Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Http_is_sent_to_https_outside_of_development_and_probes_are_not()
    {
        await using var instances = await ApiInstances.CreateAsync(application);
        var api = await instances.HostAsync(
            ("ASPNETCORE_ENVIRONMENT", "Production"), ("KeyProtection__AllowUnprotected", "true"), ("AllowedHosts", "connect.example.com;127.0.0.1"));

        using var plain = await AskAsync(api, "http");
        using var secure = await AskAsync(api, "https");
        using var probe = await RawHttp.SendAsync(api.Address, HttpMethod.Get, "/alive");
        using var metrics = await RawHttp.SendAsync(api.Address, HttpMethod.Get, "/metrics");

        Assert.Equal(HttpStatusCode.PermanentRedirect, plain.StatusCode);
        Assert.Equal("https://connect.example.com/api/programs", plain.Headers.Location?.ToString());
        Assert.Equal(HttpStatusCode.Unauthorized, secure.StatusCode);
        Assert.Equal("max-age=31536000; includeSubDomains", secure.Header("Strict-Transport-Security"));
        Assert.Null(secure.Header("X-Instance"));
        Assert.Equal(HttpStatusCode.OK, probe.StatusCode);
        Assert.Equal(HttpStatusCode.OK, metrics.StatusCode);

        static Task<HttpResponseMessage> AskAsync(ApiHost api, string scheme) => RawHttp.SendAsync(
            api.Address, HttpMethod.Get, "/api/programs", null, ("X-Forwarded-Proto", scheme), ("Host", "connect.example.com"));
    }

    [Theory]
    [InlineData("POST", "/api/organizations")]
    [InlineData("PATCH", "/api/organizations/{org}")]
    [InlineData("POST", "/auth/login")]
    public async Task Body_is_refused_when_it_is_larger_than_any_profile(string method, string path)
    {
        var answer = await users.Member.SendAsync(
            new HttpMethod(method), users.Path(path), $$"""{ "name": "{{new string('x', 300 * 1024)}}" }""");

        ApiAssert.Problem(HttpStatusCode.RequestEntityTooLarge, "payload-too-large", answer);
    }

    [Fact]
    public async Task Answer_that_takes_too_long_is_a_timeout_and_its_query_is_cancelled()
    {
        await using var instances = await ApiInstances.CreateAsync(application);
        var api = await instances.HostAsync(("Edge__RequestTimeout", "00:00:01"));
        var user = await new ApiClient(api.Address).SignUpAsync();
        await using var held = await HeldTable.HoldAsync(instances.ConnectionString, "programs");

        ApiAssert.Problem(HttpStatusCode.GatewayTimeout, "timeout", await user.SendAsync(HttpMethod.Get, "/api/programs"));

        await TestInstance.EventuallyAsync(async () => await held.CountWaitingAsync() == 0);
    }

    [Fact]
    public async Task Query_is_cancelled_when_its_caller_leaves()
    {
        await using var instances = await ApiInstances.CreateAsync(application);
        var api = await instances.HostAsync();
        var user = await new ApiClient(api.Address).SignUpAsync();
        await using var held = await HeldTable.HoldAsync(instances.ConnectionString, "programs");
        using var http = new HttpClient { BaseAddress = api.Address };
        http.DefaultRequestHeaders.Authorization = user.Authorization;
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(CancellationToken);

        var asking = http.GetAsync("/api/programs", patience.Token);
        await TestInstance.EventuallyAsync(async () => await held.CountWaitingAsync() == 1);
        await patience.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => asking);
        await TestInstance.EventuallyAsync(async () => await held.CountWaitingAsync() == 0);
    }

    [Fact]
    public async Task Error_within_says_nothing_of_what_is_within()
    {
        await using var instances = await ApiInstances.CreateAsync(application);
        var api = await instances.HostAsync();
        var user = await new ApiClient(api.Address).SignUpAsync();
        await using (var source = NpgsqlDataSource.Create(instances.ConnectionString))
        await using (var command = source.CreateCommand("alter table programs rename to lost"))
        {
            await command.ExecuteNonQueryAsync(CancellationToken);
        }

        var answer = await user.SendAsync(HttpMethod.Get, "/api/programs");

        ApiAssert.Problem(HttpStatusCode.InternalServerError, "internal", answer);
        Assert.Equal(["type", "title", "status", "traceId"], answer.Body!.AsObject().Select(property => property.Key).Order().OrderBy(key =>
            Array.IndexOf(["type", "title", "status", "traceId"], key)));
        Assert.DoesNotContain("programs", answer.Body.ToJsonString(), StringComparison.Ordinal);
    }

    private static async Task<HttpResponseMessage> PreflightAsync(Uri api, string origin) => await RawHttp.SendAsync(
        api, HttpMethod.Options, "/api/programs", null,
        ("Origin", origin), ("Access-Control-Request-Method", "GET"), ("Access-Control-Request-Headers", "authorization"));

    /// <summary>An exclusive lock on a table.</summary>
    private sealed class HeldTable(NpgsqlDataSource source, NpgsqlConnection connection, NpgsqlTransaction transaction) : IAsyncDisposable
    {
        public static async Task<HeldTable> HoldAsync(string connectionString, string table)
        {
            var source = NpgsqlDataSource.Create(connectionString);
            var connection = await source.OpenConnectionAsync(CancellationToken);
            var transaction = await connection.BeginTransactionAsync(CancellationToken);
            await using var command = new NpgsqlCommand($"lock table {table} in access exclusive mode", connection, transaction);
            await command.ExecuteNonQueryAsync(CancellationToken);
            return new HeldTable(source, connection, transaction);
        }

        /// <summary>Queries that wait for it.</summary>
        public async Task<long> CountWaitingAsync()
        {
            await using var command = source.CreateCommand(
                "select count(*) from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'");
            return (long)(await command.ExecuteScalarAsync(CancellationToken))!;
        }

        public async ValueTask DisposeAsync()
        {
            await transaction.DisposeAsync();
            await connection.DisposeAsync();
            await source.DisposeAsync();
        }
    }
}
