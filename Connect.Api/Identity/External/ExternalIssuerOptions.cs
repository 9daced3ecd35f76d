using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace Connect.Api.Identity.External;

/// <summary>
/// An OpenID Connect issuer whose access tokens (JWT) are accepted besides the API's own. Without an authority there is
/// none.
/// </summary>
internal sealed class ExternalIssuerOptions : IValidatableObject
{
    public const string SectionName = "Oidc";

    /// <summary>The issuer's address; its metadata and keys are read from there. https, outside Development.</summary>
    public Uri? Authority { get; set; }

    /// <summary>The value that tokens' <c>aud</c> must contain: a token for another service is refused.</summary>
    public string? Audience { get; set; }

    /// <summary>The claim that names roles. Default <c>roles</c>.</summary>
    [Required]
    public string RoleClaim { get; set; } = "roles";

    /// <summary>The role that makes an administrator. Default: none, the issuer makes no administrators.</summary>
    public string? AdminRole { get; set; }

    /// <inheritdoc />
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (Authority is { } authority && !(authority.IsAbsoluteUri && authority.Scheme is "http" or "https"))
        {
            yield return new ValidationResult($"{nameof(Authority)} is an absolute https address.");
        }

        if ((Authority is null) != string.IsNullOrWhiteSpace(Audience))
        {
            yield return new ValidationResult($"{nameof(Authority)} and {nameof(Audience)} are given together or not at all.");
        }
    }
}

[OptionsValidator]
internal sealed partial class ExternalIssuerOptionsValidator : IValidateOptions<ExternalIssuerOptions>;
