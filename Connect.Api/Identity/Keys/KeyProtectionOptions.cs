using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace Connect.Api.Identity.Keys;

/// <summary>
/// How the keys are protected that tokens and business numbers are encrypted with. They stand in the database, so
/// that every replica has them; the certificate does not, so that a copy of the database opens nothing.
/// </summary>
internal sealed class KeyProtectionOptions
{
    public const string SectionName = "KeyProtection";

    /// <summary>A PKCS #12 file with certificate and private key. Needed outside Development.</summary>
    public string? CertificatePath { get; set; }

    /// <summary>The file's password; none by default.</summary>
    public string? CertificatePassword { get; set; }

    /// <summary>Files of certificates that older keys are still protected with, under the same password.</summary>
    [MaxLength(16)]
    public IList<string> PreviousCertificatePaths { get; } = [];

    /// <summary>Keeps keys as they are where there is no certificate. Default false; Development does so anyway.</summary>
    public bool AllowUnprotected { get; set; }
}

[OptionsValidator]
internal sealed partial class KeyProtectionOptionsValidator : IValidateOptions<KeyProtectionOptions>;
