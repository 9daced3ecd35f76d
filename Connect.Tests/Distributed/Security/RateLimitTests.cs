using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Connect.Tests.Functional.Caching;

namespace Connect.Tests.Distributed.Security;

/// <summary>Rate limits affect only the user or address that exceeds them.</summary>
public sealed class RateLimitTests(RunningApplication application)
{
    private const int Few = 3;

    private static CancellationToken CancellationToken => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Rankings_are_limited_per_user_and_apart_from_everything_else()
    {
        await using var instances = await ApiInstances.CreateAsync(application);
        var api = await instances.HostAsync(Limit("Generation", Few, "00:10:00"));
        var user = await new ApiClient(api.Address).SignUpAsync();
        var other = await new ApiClient(api.Address).SignUpAsync();
        var (organization, theirs) = (await user.CreateOrganizationAsync(), await other.CreateOrganizationAsync());

        var answers = await RepeatAsync(Few + 1, () => user.GenerateAsync(organization));

        Assert.All(answers.Take(Few), answer => Assert.Equal(HttpStatusCode.OK, answer.Status));
        ApiAssert.Problem(HttpStatusCode.TooManyRequests, "too-many-requests", answers[Few]);
        ApiAssert.Problem(
            HttpStatusCode.TooManyRequests, "too-many-requests",
            await user.SendAsync(HttpMethod.Get, $"/api/organizations/{organization}/matches"));
        ApiAssert.Ok(await other.GenerateAsync(theirs));
        ApiAssert.Ok(await user.SendAsync(HttpMethod.Get, "/api/programs"));
    }

    [Fact]
    public async Task Caller_is_served_again_when_the_time_that_was_named_has_passed()
    {
        await using var instances = await ApiInstances.CreateAsync(application);
        var api = await instances.HostAsync(Limit("Caller", Few, "00:00:03"));

        using var refused = await ExhaustAsync(() => RawHttp.SendAsync(api.Address, HttpMethod.Get, "/nowhere"));

        Assert.Equal(1, int.Parse(refused.Header("Retry-After")!, CultureInfo.InvariantCulture));
        await TestInstance.EventuallyAsync(async () =>
        {
            using var response = await RawHttp.SendAsync(api.Address, HttpMethod.Get, "/nowhere");
            return response.StatusCode == HttpStatusCode.NotFound;
        });
    }

    [Fact]
    public async Task Sign_ins_and_registrations_are_limited_per_address_each_apart()
    {
        await using var instances = await ApiInstances.CreateAsync(application);
        var api = await instances.HostAsync([.. Limit("Login", Few, "00:10:00"), .. Limit("Registration", Few, "01:00:00")]);

        using var login = await ExhaustAsync(() => PostAsync(api.Address, "/auth/login", "203.0.113.1"));
        using var registration = await ExhaustAsync(() => PostAsync(api.Address, "/auth/register", "203.0.113.1"));
        using var elsewhere = await PostAsync(api.Address, "/auth/login", "203.0.113.2");
        using var network = await ExhaustAsync(() => PostAsync(api.Address, "/auth/login", $"2001:db8:1:2::{Random.Shared.Next(1, 9999)}"));
        using var nextNetwork = await PostAsync(api.Address, "/auth/login", "2001:db8:1:3::1");

        Assert.Equal(HttpStatusCode.Unauthorized, elsewhere.StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, nextNetwork.StatusCode);
        Assert.InRange(int.Parse(login.Header("Retry-After")!, CultureInfo.InvariantCulture), 1, 600 / Few);
        Assert.InRange(int.Parse(registration.Header("Retry-After")!, CultureInfo.InvariantCulture), 600 / Few, 3600 / Few);
        Assert.Equal(HttpStatusCode.TooManyRequests, network.StatusCode);
    }

    [Fact]
    public async Task Address_is_limited_for_all_users_and_probes_never()
    {
        await using var instances = await ApiInstances.CreateAsync(application);
        var api = await instances.HostAsync(Limit("Address", 40, "00:10:00"));
        var (first, second) = (await new ApiClient(api.Address).SignUpAsync(), await new ApiClient(api.Address).SignUpAsync());

        using var refused = await ExhaustAsync(() => RawHttp.SendAsync(
            api.Address, HttpMethod.Get, "/api/programs", null, ("Authorization", first.Authorization!.ToString())));

        ApiAssert.Problem(HttpStatusCode.TooManyRequests, "too-many-requests", await second.SendAsync(HttpMethod.Get, "/api/programs"));
        Assert.Equal("application/problem+json", refused.Content.Headers.ContentType?.MediaType);
        var body = JsonNode.Parse(await refused.Content.ReadAsStringAsync(CancellationToken))!;
        Assert.Equal("urn:connect:problem:too-many-requests", body["type"]!.GetValue<string>());
        foreach (var path in (string[])["/health", "/alive"])
        {
            using var probe = await RawHttp.SendAsync(api.Address, HttpMethod.Get, path);
            Assert.Equal(HttpStatusCode.OK, probe.StatusCode);
        }
    }

    private static (string, string)[] Limit(string name, int permits, string period) =>
    [
        ("RateLimits__Enabled", "true"),
        ($"RateLimits__{name}__Permits", permits.ToString(CultureInfo.InvariantCulture)),
        ($"RateLimits__{name}__Period", period),
    ];

    private static async Task<HttpResponseMessage> PostAsync(Uri api, string path, string from)
    {
        using var content = new StringContent(
            """{ "email": "nobody@example.com", "password": "short" }""", Encoding.UTF8, "application/json");
        return await RawHttp.SendAsync(api, HttpMethod.Post, path, content, ("X-Forwarded-For", from));
    }

    private static async Task<List<ApiAnswer>> RepeatAsync(int times, Func<Task<ApiAnswer>> ask)
    {
        List<ApiAnswer> answers = [];
        for (var i = 0; i < times; i++)
        {
            answers.Add(await ask());
        }

        return answers;
    }

    /// <summary>Asks until the first refusal, which has to come soon.</summary>
    private static async Task<HttpResponseMessage> ExhaustAsync(Func<Task<HttpResponseMessage>> ask)
    {
        for (var i = 0; i < 100; i++)
        {
            var response = await ask();
            if (response.StatusCode == HttpStatusCode.TooManyRequests)
            {
                Assert.True(i >= Few, "Refused too early.");
                return response;
            }

            response.Dispose();
        }

        throw new InvalidOperationException("Never refused.");
    }
}
