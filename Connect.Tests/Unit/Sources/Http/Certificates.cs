using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Connect.Tests.Unit.Sources.Http;

/// <summary>Certificates that nobody trusts.</summary>
internal static class Certificates
{
    /// <param name="host">The host's name.</param>
    /// <param name="bits">Length of the RSA key.</param>
    public static X509Certificate2 Create(string host, int bits = 2048)
    {
        using var key = RSA.Create(bits);
        var request = new CertificateRequest($"CN={host}", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName(host);
        request.CertificateExtensions.Add(names.Build());
        var now = TimeProvider.System.GetUtcNow();
        using var made = request.CreateSelfSigned(now.AddDays(-1), now.AddDays(1));

        // Windows needs a key that is stored.
        return X509CertificateLoader.LoadPkcs12(made.Export(X509ContentType.Pfx), null);
    }
}
