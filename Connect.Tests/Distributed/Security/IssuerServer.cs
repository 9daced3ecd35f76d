using System.Security.Claims;
using System.Security.Cryptography;
using Connect.Testing.Servers;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace Connect.Tests.Distributed.Security;

/// <summary>An OpenID Connect issuer on this machine: its metadata, its keys, and valid and invalid tokens.</summary>
internal sealed class IssuerServer : IAsyncDisposable
{
    public const string Audience = "connect-api";

    private readonly WebApplication _app;
    private readonly Dictionary<string, RSA> _published = [];
    private readonly RSA _unknown = RSA.Create(2048);

    private IssuerServer(WebApplication app) => _app = app;

    public string Authority { get; private set; } = "";

    /// <summary>The key that signs now.</summary>
    public string KeyId { get; private set; } = "";

    public static async Task<IssuerServer> StartAsync()
    {
        var issuer = new IssuerServer(LoopbackServer.Create());
        issuer.Rotate();
        issuer._app.MapGet("/.well-known/openid-configuration", () => TypedResults.Ok(new Dictionary<string, object>
        {
            ["issuer"] = issuer.Authority,
            ["jwks_uri"] = $"{issuer.Authority}/keys",
        }));
        issuer._app.MapGet("/keys", () => TypedResults.Ok(new { keys = issuer.Keys() }));
        await issuer._app.StartAsync(TestContext.Current.CancellationToken);
        issuer.Authority = issuer._app.Urls.Single();
        return issuer;
    }

    /// <summary>Publishes another key, and signs with it from now on.</summary>
    public void Rotate()
    {
        KeyId = Guid.NewGuid().ToString("N");
        lock (_published)
        {
            _published[KeyId] = RSA.Create(2048);
        }
    }

    /// <summary>A valid token with <paramref name="change"/> applied.</summary>
    public string Issue(string subject, Action<SecurityTokenDescriptor>? change = null, params Claim[] claims)
    {
        var now = TimeProvider.System.GetUtcNow().UtcDateTime;
        var descriptor = new SecurityTokenDescriptor
        {
            Issuer = Authority,
            Audience = Audience,
            Subject = new ClaimsIdentity([new Claim("sub", subject), .. claims]),
            IssuedAt = now,
            NotBefore = now.AddMinutes(-1),
            Expires = now.AddMinutes(5),
            SigningCredentials = Sign(),
        };
        change?.Invoke(descriptor);
        return new JsonWebTokenHandler { SetDefaultTimesOnTokenCreation = false }.CreateToken(descriptor);
    }

    /// <summary>A signature by a key that was never published, under the name of one that was.</summary>
    public SigningCredentials SignAsStranger() => Credentials(_unknown);

    /// <summary>The published key taken for a secret that both sides share.</summary>
    public SigningCredentials SignWithPublicKey() => new(
        new SymmetricSecurityKey(Published().ExportSubjectPublicKeyInfo()) { KeyId = KeyId }, SecurityAlgorithms.HmacSha256);

    public async ValueTask DisposeAsync()
    {
        await _app.EndAsync();
        _unknown.Dispose();
        foreach (var key in _published.Values)
        {
            key.Dispose();
        }
    }

    private RSA Published()
    {
        lock (_published)
        {
            return _published[KeyId];
        }
    }

    private SigningCredentials Sign() => Credentials(Published());

    private SigningCredentials Credentials(RSA key) => new(new RsaSecurityKey(key) { KeyId = KeyId }, SecurityAlgorithms.RsaSha256);

    private object[] Keys()
    {
        lock (_published)
        {
            return
            [
                .. _published.Select(entry =>
                {
                    var key = entry.Value.ExportParameters(includePrivateParameters: false);
                    return new
                    {
                        kty = "RSA",
                        use = "sig",
                        kid = entry.Key,
                        n = Base64UrlEncoder.Encode(key.Modulus),
                        e = Base64UrlEncoder.Encode(key.Exponent),
                    };
                }),
            ];
        }
    }
}
