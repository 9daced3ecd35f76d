using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Caching.Memory;

namespace Connect.Api.Identity;

/// <summary>
/// Remembers for a minute what access tokens say that were found good: deciphering one takes a quarter of the processor
/// time of a cached answer. Whether a token has ended is asked of every request all the same, by who asks this. What was not found
/// good is not remembered.
/// </summary>
internal sealed class RememberedTokens(ISecureDataFormat<AuthenticationTicket> tokens) : ISecureDataFormat<AuthenticationTicket>, IDisposable
{
    /// <summary>How long a token is good after the key that protects it was revoked.</summary>
    public static readonly TimeSpan Memory = TimeSpan.FromMinutes(1);

    // Over it, those used longest ago make room.
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
