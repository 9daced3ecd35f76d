using System.Text.Json;
using Microsoft.Extensions.Options;

namespace Connect.Client.Sessions;

/// <summary>
/// The session of the client's person. At most one renewal is under way: a refresh token is good once, and one that comes twice ends
/// the session.
/// </summary>
internal sealed class Session(IOptions<ConnectClientOptions> options, TimeProvider time)
{
    // Long enough for a request that is about to be sent, short beside the hour that a token is valid.
    private static readonly TimeSpan MaxMargin = TimeSpan.FromMinutes(1);

    private readonly Lock _gate = new();

    private Tokens? _tokens;
    private Task<string>? _renewal;

    /// <summary>An access token that is valid now, waiting for the renewal where there is none.</summary>
    /// <param name="refused">A token that the API has refused; null where none was.</param>
    /// <param name="client">Sends the sign-in and the renewal, without tokens and without repeating them.</param>
    /// <param name="cancellationToken">Ends the waiting. The renewal goes on for the others: its refresh token is spent.</param>
    /// <exception cref="ApiException">The API refuses the sign-in, or cannot answer it.</exception>
    /// <exception cref="HttpRequestException">The API cannot be reached.</exception>
    public Task<string> GetTokenAsync(string? refused, ConnectClient client, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            if (_tokens is { } tokens && tokens.Access != refused && time.GetUtcNow() < tokens.RenewAt)
            {
                return Task.FromResult(tokens.Access);
            }

            // Not begun under the lock, which it takes itself.
            _renewal ??= Task.Run(() => RenewAsync(client), CancellationToken.None);
            return _renewal.WaitAsync(cancellationToken);
        }
    }

    private async Task<string> RenewAsync(ConnectClient client)
    {
        Tokens? renewed = null;
        try
        {
            renewed = await TryRefreshAsync(TakeRefreshToken(), client).ConfigureAwait(false)
                ?? await SignInAsync(client).ConfigureAwait(false);
            return renewed.Access;
        }
        finally
        {
            lock (_gate)
            {
                _tokens = renewed;
                _renewal = null;
            }
        }
    }

    // Forgotten before it is sent: whatever becomes of the request, it is not sent again.
    private string? TakeRefreshToken()
    {
        lock (_gate)
        {
            var token = _tokens?.Refresh;
            _tokens = null;
            return token;
        }
    }

    // Null where the password is needed: the token is refused, or its answer was lost and may have spent it.
    private async Task<Tokens?> TryRefreshAsync(string? refreshToken, ConnectClient client)
    {
        if (refreshToken is null)
        {
            return null;
        }

        var asked = time.GetUtcNow();
        try
        {
            var answer = await client.RefreshTokenAsync(new RefreshRequest { RefreshToken = refreshToken }).ConfigureAwait(false);
            return Tokens.From(answer, asked, MaxMargin);
        }
        catch (Exception exception) when (exception is ApiException or HttpRequestException or OperationCanceledException)
        {
            return null;
        }
    }

    private async Task<Tokens> SignInAsync(ConnectClient client)
    {
        var asked = time.GetUtcNow();
        var login = new LoginRequest { Email = options.Value.Email!, Password = options.Value.Password! };
        try
        {
            return Tokens.From(await client.LoginAsync(login).ConfigureAwait(false), asked, MaxMargin);
        }
        catch (ApiException exception) when (exception.InnerException is JsonException)
        {
            // The reader's message quotes the body, which may have tokens.
            throw new ApiException("The answer to the sign-in is no JSON.", exception.StatusCode, response: "", exception.Headers, innerException: null);
        }
    }

    private sealed class Tokens(string access, string refresh, DateTimeOffset renewAt)
    {
        public string Access => access;

        public string Refresh => refresh;

        public DateTimeOffset RenewAt => renewAt;

        // Counted from the question: the answer was on its way for a part of the time. A tenth of a short life is margin enough.
        public static Tokens From(AccessTokenResponse answer, DateTimeOffset asked, TimeSpan maxMargin)
        {
            var lifetime = TimeSpan.FromSeconds(answer.ExpiresIn);
            return new(answer.AccessToken, answer.RefreshToken, asked + lifetime - (lifetime / 10 < maxMargin ? lifetime / 10 : maxMargin));
        }
    }
}
