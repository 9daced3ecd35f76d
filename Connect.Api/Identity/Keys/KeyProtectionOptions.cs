using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace Connect.Api.Identity.Keys;

/// <summary>
/// Protection of the keys that encrypt tokens and business numbers. The keys are in the database, for all replicas; the
/// certificate is not, so that a copy of the database alone decrypts nothing.
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

    /// <summary>Allows unprotected keys without a certificate. Default false; always allowed in Development.</summary>
    public bool AllowUnprotected { get; set; }
}

[OptionsValidator]
internal sealed partial class KeyProtectionOptionsValidator : IValidateOptions<KeyProtectionOptions>;
