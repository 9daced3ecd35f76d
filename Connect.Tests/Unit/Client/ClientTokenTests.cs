using Connect.Client;

namespace Connect.Tests.Unit.Client;

/// <summary>Tokens of the client's person: renewed in time, by one request, with a refresh token that is sent once.</summary>
public sealed class ClientTokenTests
{
    private readonly FakeApi _api = new();

    private static CancellationToken CancellationToken => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Requests_share_one_sign_in()
    {
        var client = _api.CreateClient();

        await client.GetAccountAsync(CancellationToken);
        await client.ListProgramsAsync(cancellationToken: CancellationToken);

        Assert.Equal(
            [("/auth/login", null), ("/auth/manage/info", "access-1"), ("/api/programs", "access-1")],
            _api.Requests.Select(request => (request.Path, request.Token)));
        Assert.Contains($"\"email\":\"{FakeApi.Email}\"", _api.Requests.First().Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Token_is_renewed_a_minute_before_it_expires()
    {
        var client = _api.CreateClient();
        await client.GetAccountAsync(CancellationToken);

        _api.Time.Advance(TimeSpan.FromSeconds(3539));
        await client.GetAccountAsync(CancellationToken);
        Assert.Equal(0, _api.Count("/auth/refresh"));

        _api.Time.Advance(TimeSpan.FromSeconds(1));
        await client.GetAccountAsync(CancellationToken);
        Assert.Equal(1, _api.Count("/auth/refresh"));
        Assert.Contains("refresh-1", _api.Requests.Single(request => request.Path == "/auth/refresh").Body, StringComparison.Ordinal);
        Assert.Equal("access-2", _api.Requests.Last().Token);
    }

    [Fact]
    public async Task Fifty_requests_with_an_expired_token_renew_it_once()
    {
        var client = _api.CreateClient();
        await client.GetAccountAsync(CancellationToken);
        _api.Time.Advance(TimeSpan.FromHours(2));
        var gate = new TaskCompletionSource<HttpResponseMessage?>();
        _api.Refresh = _ => gate.Task;

        var calls = Enumerable.Range(0, 50).Select(_ => client.GetAccountAsync(CancellationToken)).ToList();
        gate.SetResult(null);
        await Task.WhenAll(calls);

        Assert.Equal((1, 1), (_api.Count("/auth/login"), _api.Count("/auth/refresh")));
        Assert.Equal(50, _api.Requests.Count(request => request.Token == "access-2"));
    }

    [Fact]
    public async Task Fifty_requests_with_a_refused_token_renew_it_once()
    {
        var client = _api.CreateClient();
        await client.GetAccountAsync(CancellationToken);
        var refused = new TaskCompletionSource<HttpResponseMessage>();
        _api.Answer = async request =>
        {
            if (request.Token == "access-1")
            {
                await refused.Task;
                return FakeApi.Problem(401, "unauthorized");
            }

            return FakeApi.Json("{}");
        };

        var calls = Enumerable.Range(0, 50).Select(_ => client.GetAccountAsync(CancellationToken)).ToList();
        refused.SetResult(null!);
        await Task.WhenAll(calls);

        Assert.Equal((1, 1), (_api.Count("/auth/login"), _api.Count("/auth/refresh")));
    }

    [Fact]
    public async Task Token_that_is_refused_again_is_the_callers_error()
    {
        var client = _api.CreateClient();
        _api.Answer = _ => Task.FromResult(FakeApi.Problem(401, "sign-in-again"));

        var error = await Assert.ThrowsAnyAsync<ApiException>(() => client.GetAccountAsync(CancellationToken));

        Assert.Equal((401, "urn:connect:problem:sign-in-again"), (error.StatusCode, error.ProblemType()));
        Assert.Equal(["access-1", "access-2"], _api.Requests.Where(request => request.Path == "/auth/manage/info").Select(request => request.Token));
    }

    [Fact]
    public async Task Write_that_is_refused_is_sent_again_with_its_body()
    {
        var client = _api.CreateClient();
        _api.Answer = request => Task.FromResult(
            request.Token == "access-1" ? FakeApi.Problem(401, "unauthorized") : FakeApi.Json("""{"secret":"…"}""", System.Net.HttpStatusCode.Created));

        await client.CreateAdminKeyAsync(new CreateKeyRequest { Name = "nightly" }, CancellationToken);

        var sent = _api.Requests.Where(request => request.Path == "/api/admin/keys").Select(request => request.Body).ToList();
        Assert.Equal(2, sent.Count);
        Assert.Single(sent.Distinct());
        Assert.Contains("nightly", sent[0], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Refused_renewal_signs_in_again()
    {
        var client = _api.CreateClient();
        await client.GetAccountAsync(CancellationToken);
        _api.Time.Advance(TimeSpan.FromHours(2));
        _api.Refresh = _ => Task.FromResult<HttpResponseMessage?>(FakeApi.Problem(401, "unauthorized"));

        await client.GetAccountAsync(CancellationToken);

        Assert.Equal((2, 1), (_api.Count("/auth/login"), _api.Count("/auth/refresh")));
        Assert.Equal("access-2", _api.Requests.Last().Token);
    }

    [Fact]
    public async Task Refresh_token_whose_answer_was_lost_is_not_sent_again()
    {
        var client = _api.CreateClient();
        await client.GetAccountAsync(CancellationToken);
        _api.Time.Advance(TimeSpan.FromHours(2));
        _api.Refresh = _ => throw new HttpRequestException("The connection was reset.");

        // The sign-in fails as well, but may be tried again with the read.
        var isFirst = true;
        _api.Login = _ => Task.FromResult(!isFirst || (isFirst = false) ? null : FakeApi.Problem(503, "unavailable", TimeSpan.Zero));
        await client.GetAccountAsync(CancellationToken);

        Assert.Equal((3, 1), (_api.Count("/auth/login"), _api.Count("/auth/refresh")));
    }

    [Fact]
    public async Task Cancelled_caller_leaves_the_renewal_to_the_others()
    {
        var client = _api.CreateClient();
        await client.GetAccountAsync(CancellationToken);
        _api.Time.Advance(TimeSpan.FromHours(2));
        var gate = new TaskCompletionSource<HttpResponseMessage?>();
        _api.Refresh = _ => gate.Task;
        using var cancellation = new CancellationTokenSource();

        var cancelled = client.GetAccountAsync(cancellation.Token);
        var other = client.GetAccountAsync(CancellationToken);
        await cancellation.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => cancelled);
        gate.SetResult(null);
        await other;

        Assert.Equal((1, 1), (_api.Count("/auth/login"), _api.Count("/auth/refresh")));
    }

    [Fact]
    public async Task Wrong_password_is_the_callers_error_and_is_sent_once()
    {
        var client = _api.CreateClient();
        _api.Login = _ => Task.FromResult<HttpResponseMessage?>(FakeApi.Problem(401, "unauthorized"));

        var error = await Assert.ThrowsAnyAsync<ApiException>(() => client.GetAccountAsync(CancellationToken));

        Assert.Equal((401, "urn:connect:problem:unauthorized"), (error.StatusCode, error.ProblemType()));
        Assert.Equal(["/auth/login"], _api.Requests.Select(request => request.Path));
    }
}
