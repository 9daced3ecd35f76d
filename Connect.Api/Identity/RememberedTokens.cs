using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Caching.Memory;

namespace Connect.Api.Identity;

/// <summary>
/// Keeps decrypted access tokens for a minute: decrypting one takes a quarter of the processor time of a cached answer.
/// The authentication handler still checks each request's expiry. Invalid tokens are not kept.
/// </summary>
internal sealed class RememberedTokens(ISecureDataFormat<AuthenticationTicket> tokens) : ISecureDataFormat<AuthenticationTicket>, IDisposable
{
    /// <summary>How long a token remains accepted after its key was revoked.</summary>
    public static readonly TimeSpan Memory = TimeSpan.FromMinutes(1);

    // Over the limit, the least recently used tokens are removed.
    private const int MostTokens = 2_048;

    private readonly MemoryCache _known = new(new MemoryCacheOptions { SizeLimit = MostTokens });

    public string Protect(AuthenticationTicket data) => tokens.Protect(data);

    public string Protect(AuthenticationTicket data, string? purpose) => tokens.Protect(data, purpose);

    public AuthenticationTicket? Unprotect(string? protectedText)
    {
        if (protectedText is not null && _known.TryGetValue(protectedText, out AuthenticationTicket? known))
        {
            return known;
        }

        var ticket = tokens.Unprotect(protectedText);
        if (protectedText is not null && ticket is not null)
        {
            _known.Set(protectedText, ticket, new MemoryCacheEntryOptions { AbsoluteExpirationRelativeToNow = Memory, Size = 1 });
        }

        return ticket;
    }

    public AuthenticationTicket? Unprotect(string? protectedText, string? purpose) => tokens.Unprotect(protectedText, purpose);

    public void Dispose() => _known.Dispose();
}
