using System.Security.Cryptography.X509Certificates;
using Connect.Data.Model;
using Microsoft.AspNetCore.DataProtection;

namespace Connect.Api.Identity.Keys;

/// <summary>Keys of Data Protection: stored in the database, protected by a certificate outside of it.</summary>
internal static class KeyProtection
{
    // Part of every protected payload: it must be equal in all replicas and releases.
    private const string ApplicationName = "Connect";

    /// <summary>Adds Data Protection.</summary>
    /// <exception cref="InvalidOperationException">There is no certificate, and unprotected keys are not allowed.</exception>
    public static void AddKeyProtection(this IHostApplicationBuilder builder)
    {
        builder.Services.AddOptionsWithValidateOnStart<KeyProtectionOptions, KeyProtectionOptionsValidator>()
            .BindConfiguration(KeyProtectionOptions.SectionName);
        var options = builder.Configuration.GetSection(KeyProtectionOptions.SectionName).Get<KeyProtectionOptions>() ?? new();

        // Before Data Protection's own service, which creates a key if there is none.
        builder.Services.AddHostedService<FirstKey>();

        // In the database, so that every replica accepts every token, even after a restart.
        var protection = builder.Services.AddDataProtection()
            .SetApplicationName(ApplicationName)
            .PersistKeysToDbContext<ConnectDbContext>();
        if (!string.IsNullOrWhiteSpace(options.CertificatePath))
        {
            var current = Load(options.CertificatePath, options.CertificatePassword);
            protection.ProtectKeysWithCertificate(current).UnprotectKeysWithAnyCertificate(
                [current, .. options.PreviousCertificatePaths.Select(path => Load(path, options.CertificatePassword))]);
        }
        else if (!options.AllowUnprotected && !builder.Environment.IsDevelopment())
        {
            throw new InvalidOperationException(
                $"Outside Development the keys are protected by a certificate: set {KeyProtectionOptions.SectionName}:{nameof(KeyProtectionOptions.CertificatePath)}"
                + $" to a PKCS #12 file, or {nameof(KeyProtectionOptions.AllowUnprotected)} to true where the database is protected otherwise.");
        }
    }

    private static X509Certificate2 Load(string path, string? password)
    {
        var certificate = X509CertificateLoader.LoadPkcs12FromFile(path, password);
        return certificate.HasPrivateKey
            ? certificate
            : throw new InvalidOperationException($"'{path}' has no private key: keys could be protected with it, and never read again.");
    }
}
