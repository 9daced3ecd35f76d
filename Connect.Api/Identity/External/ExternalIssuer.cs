using System.Globalization;
using System.Security.Claims;
using Connect.Data.Model;
using Connect.Data.Organizations;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.IdentityModel.Tokens;

namespace Connect.Api.Identity.External;

/// <summary>Accepts tokens of an external issuer, if one is configured.</summary>
internal static class ExternalIssuer
{
    /// <summary>The scheme of its tokens.</summary>
    public const string Scheme = JwtBearerDefaults.AuthenticationScheme;

    private const string SubjectClaim = "sub";
    private const int MaxSubjectLength = 255;

    private const string IssuedAtClaim = "iat";

    /// <summary>When a token was issued; null where it does not say.</summary>
    public static DateTimeOffset? IssuedAt(ClaimsPrincipal principal) =>
        long.TryParse(principal.FindFirstValue(IssuedAtClaim), CultureInfo.InvariantCulture, out var seconds) && seconds is > 0 and < 253402300800
            ? DateTimeOffset.FromUnixTimeSeconds(seconds)
            : null;

    /// <summary>Adds the scheme; false if no issuer is configured.</summary>
    public static bool TryAddExternalIssuer(this IHostApplicationBuilder builder, AuthenticationBuilder authentication)
    {
        builder.Services.AddOptionsWithValidateOnStart<ExternalIssuerOptions, ExternalIssuerOptionsValidator>()
            .BindConfiguration(ExternalIssuerOptions.SectionName);
        var options = builder.Configuration.GetSection(ExternalIssuerOptions.SectionName).Get<ExternalIssuerOptions>();
        if (options?.Authority is null)
        {
            return false;
        }

        var requireHttps = !builder.Environment.IsDevelopment();
        authentication.AddJwtBearer(Scheme, jwt =>
        {
            jwt.Authority = options.Authority.ToString();
            jwt.Audience = options.Audience;
            jwt.RequireHttpsMetadata = requireHttps;
            jwt.MapInboundClaims = false;

            // A challenge asks for a token, without the reason why one was refused.
            jwt.IncludeErrorDetails = false;
            jwt.TokenValidationParameters.RequireSignedTokens = true;
            jwt.TokenValidationParameters.RequireExpirationTime = true;
            jwt.TokenValidationParameters.ClockSkew = TimeSpan.FromSeconds(30);

            // Asymmetric algorithms only: with HMAC, anybody could sign with the issuer's public key.
            jwt.TokenValidationParameters.ValidAlgorithms =
            [
                SecurityAlgorithms.RsaSha256, SecurityAlgorithms.RsaSha384, SecurityAlgorithms.RsaSha512,
                SecurityAlgorithms.RsaSsaPssSha256, SecurityAlgorithms.RsaSsaPssSha384, SecurityAlgorithms.RsaSsaPssSha512,
                SecurityAlgorithms.EcdsaSha256, SecurityAlgorithms.EcdsaSha384, SecurityAlgorithms.EcdsaSha512,
            ];
            jwt.Events = new JwtBearerEvents { OnTokenValidated = context => TranslateAsync(context, options) };
        });
        return true;
    }

    /// <summary>Whether a token has the form of an issuer's: three parts, where the API's own has one.</summary>
    public static bool IsJwt(HttpRequest request) =>
        request.Headers.Authorization.ToString().AsSpan().Count('.') == 2;

    // The principal of a user like any other: of the token's claims, only issuer, subject and role count.
    private static async Task TranslateAsync(TokenValidatedContext context, ExternalIssuerOptions options)
    {
        var claims = context.Principal!;
        if (claims.FindFirst(SubjectClaim) is not { Value.Length: > 0 and <= MaxSubjectLength } subject
            || subject.Value.Contains('\0', StringComparison.Ordinal))
        {
            context.Fail("The token names nobody.");
            return;
        }

        var users = context.HttpContext.RequestServices.GetRequiredService<ExternalUsers>();
        var userId = await users.GetUserIdAsync(subject.Issuer, subject.Value, context.HttpContext.RequestAborted);
        var identity = new ClaimsIdentity(Scheme);
        identity.AddClaim(new Claim(ClaimTypes.NameIdentifier, userId.ToString()));
        if (!string.IsNullOrEmpty(options.AdminRole) && claims.HasClaim(options.RoleClaim, options.AdminRole))
        {
            identity.AddClaim(new Claim(ClaimTypes.Role, User.AdminRole));
        }

        if (claims.FindFirst(IssuedAtClaim) is { } issuedAt)
        {
            identity.AddClaim(issuedAt);
        }

        context.Principal = new ClaimsPrincipal(identity);
    }
}
