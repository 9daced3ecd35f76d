using System.Net;
using Connect.Client;
using Polly.Timeout;

namespace Connect.Tests.Unit.Client;

/// <summary>What the client repeats, when, and how long it takes at most.</summary>
public sealed class ClientRetryTests
{
    private static readonly Guid Id = new("0199f3a2-5c00-7001-8b4d-6e1f9a7c2d35");

    private readonly FakeApi _api = new();

    private static CancellationToken CancellationToken => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(429)]
    [InlineData(502)]
    [InlineData(503)]
    [InlineData(504)]
    public async Task Read_is_repeated_when_the_api_says_so(int status)
    {
        AnswerFirst(() => FakeApi.Problem(status, "unavailable", TimeSpan.FromSeconds(30)));

        var call = _api.CreateAnonymousClient().ListProgramsAsync(cancellationToken: CancellationToken);
        _api.Time.Advance(TimeSpan.FromSeconds(29));
        Assert.Single(_api.Requests);
        _api.Time.Advance(TimeSpan.FromSeconds(1));
        await call;

        Assert.Equal(2, _api.Requests.Count);
    }

    [Fact]
    public async Task Read_is_repeated_when_the_connection_fails()
    {
        AnswerFirst(() => throw new HttpRequestException("The connection was reset."));

        var call = _api.CreateAnonymousClient().ListProgramsAsync(cancellationToken: CancellationToken);
        _api.Time.Advance(TimeSpan.FromSeconds(10));
        await call;

        Assert.Equal(2, _api.Requests.Count);
    }

    [Fact]
    public async Task Read_is_repeated_three_times_at_most()
    {
        _api.Answer = _ => Task.FromResult(FakeApi.Problem(503, "unavailable", TimeSpan.Zero));

        var error = await Assert.ThrowsAnyAsync<ApiException>(() => _api.CreateAnonymousClient().ListProgramsAsync(cancellationToken: CancellationToken));

        Assert.Equal((503, "urn:connect:problem:unavailable"), (error.StatusCode, error.ProblemType()));
        Assert.Equal(4, _api.Requests.Count);
    }

    [Theory]
    [InlineData(400)]
    [InlineData(403)]
    [InlineData(404)]
    [InlineData(408)]
    [InlineData(500)]
    public async Task Other_errors_are_final(int status)
    {
        _api.Answer = _ => Task.FromResult(FakeApi.Problem(status, "bad-request", TimeSpan.Zero));

        await Assert.ThrowsAnyAsync<ApiException>(() => _api.CreateAnonymousClient().GetProgramAsync(Id, cancellationToken: CancellationToken));

        Assert.Single(_api.Requests);
    }

    [Fact]
    public async Task Writes_without_a_key_are_not_repeated()
    {
        var client = _api.CreateAnonymousClient();
        _api.Answer = _ => Task.FromResult(FakeApi.Problem(503, "unavailable", TimeSpan.Zero));
        _api.Refresh = _ => Task.FromResult<HttpResponseMessage?>(FakeApi.Problem(503, "unavailable", TimeSpan.Zero));

        await Assert.ThrowsAnyAsync<ApiException>(() => client.InviteMemberAsync(Id, new InvitationInput(), CancellationToken));
        await Assert.ThrowsAnyAsync<ApiException>(() => client.UpdateMatchAsync(Id, new MatchMarksPatch(), cancellationToken: CancellationToken));
        await Assert.ThrowsAnyAsync<ApiException>(() => client.DeleteOrganizationAsync(Id, cancellationToken: CancellationToken));
        await Assert.ThrowsAnyAsync<ApiException>(() => client.RefreshTokenAsync(new RefreshRequest(), CancellationToken));

        Assert.Equal(["POST", "PATCH", "DELETE", "POST"], _api.Requests.Select(request => request.Method));
    }

    [Fact]
    public async Task Write_that_takes_a_key_gets_one_and_is_repeated_with_it()
    {
        AnswerFirst(() => FakeApi.Problem(504, "timeout", TimeSpan.Zero), HttpStatusCode.Created);

        await _api.CreateAnonymousClient().CreateOrganizationAsync(new CreateOrganizationRequest { Name = "한빛" }, cancellationToken: CancellationToken);

        Assert.Equal(2, _api.Requests.Count);
        var key = Assert.Single(_api.Requests.Select(request => request.IdempotencyKey).Distinct());
        Assert.True(Guid.TryParse(key, out _));
        Assert.Single(_api.Requests.Select(request => request.Body).Distinct());
    }

    [Fact]
    public async Task Key_of_the_caller_counts()
    {
        _api.Answer = _ => Task.FromResult(FakeApi.Json("{}", HttpStatusCode.Accepted));

        await _api.CreateAnonymousClient().WarmCacheAsync(idempotency_Key: "mine", cancellationToken: CancellationToken);

        Assert.Equal("mine", Assert.Single(_api.Requests).IdempotencyKey);
    }

    [Fact]
    public async Task Pause_beyond_the_limit_is_told_at_once()
    {
        var client = _api.CreateAnonymousClient();
        AnswerFirst(() => FakeApi.Problem(429, "too-many-requests", TimeSpan.FromSeconds(60)));
        var call = client.ListProgramsAsync(cancellationToken: CancellationToken);

        // 60 of 100 seconds have passed.
        _api.Answer = _ => Task.FromResult(FakeApi.Problem(429, "too-many-requests", TimeSpan.FromSeconds(60)));
        _api.Time.Advance(TimeSpan.FromSeconds(60));
        var error = await Assert.ThrowsAnyAsync<ApiException>(() => call);

        Assert.Equal(429, error.StatusCode);
        Assert.Equal(2, _api.Requests.Count);
    }

    [Fact]
    public async Task Call_ends_at_its_limit()
    {
        var silence = new TaskCompletionSource<HttpResponseMessage>();
        _api.Answer = _ => silence.Task;

        var call = _api.CreateClient(options => options.Timeout = TimeSpan.FromSeconds(5)).ListProgramsAsync(cancellationToken: CancellationToken);
        _api.Time.Advance(TimeSpan.FromSeconds(5));

        await Assert.ThrowsAsync<TimeoutRejectedException>(() => call);
    }

    private void AnswerFirst(Func<HttpResponseMessage> answer, HttpStatusCode then = HttpStatusCode.OK)
    {
        var isFirst = true;
        _api.Answer = _ =>
        {
            var first = isFirst;
            isFirst = false;
            return Task.FromResult(first ? answer() : FakeApi.Json("{}", then));
        };
    }
}
