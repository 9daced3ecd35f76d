using Connect.ScraperWorker.Boards;

namespace Connect.ScraperWorker.Crawl.Http;

/// <summary>The hosts that a board's requests may go to: its own authority, and the hosts in its options.</summary>
internal sealed class AllowedHosts(BoardOptions options)
{
    private readonly HashSet<string> _hosts = new(options.AllowedHosts, StringComparer.OrdinalIgnoreCase);

    /// <summary>
    /// Whether a page or redirect at <paramref name="from"/> may lead to an address, over https where <see cref="Secure"/> says so. This
    /// checks names; the addresses that they resolve to are checked when connecting (<see cref="PublicConnector"/>).
    /// </summary>
    public bool Allows(Uri address, Uri from) => IsAllowed(Secure(address, from), from);

    /// <summary>
    /// The address to request in place of one that a page or redirect at <paramref name="from"/> leads to. Boards link to http where the
    /// host has https as well: from https, an allowed host's http address on port 80 becomes the https address on port 443.
    /// </summary>
    public Uri Secure(Uri address, Uri from)
    {
        if (!address.IsAbsoluteUri || address.Scheme != Uri.UriSchemeHttp || !address.IsDefaultPort || from.Scheme != Uri.UriSchemeHttps)
        {
            return address;
        }

        var secured = new Uri(Uri.UriSchemeHttps + address.AbsoluteUri[Uri.UriSchemeHttp.Length..]);
        return IsAllowed(secured, from) ? secured : address;
    }

    /// <summary>
    /// The address that a redirect is followed to; null where it may not be, also where it leads from https to itself on http, which
    /// would never end.
    /// </summary>
    public Uri? Follow(Uri target, Uri from)
    {
        var secured = Secure(target, from);
        return IsAllowed(secured, from) && (secured == target || secured != from) ? secured : null;
    }

    private bool IsAllowed(Uri address, Uri from) =>
        address.IsAbsoluteUri
        && string.IsNullOrEmpty(address.UserInfo)
        && IsWeb(address.Scheme)
        && !(from.Scheme == Uri.UriSchemeHttps && address.Scheme == Uri.UriSchemeHttp)
        && (Authority.IsShared(address, from) || _hosts.Contains(address.Host));

    // Service discovery: "https+http" prefers https and falls back to http.
    private static bool IsWeb(string scheme) =>
        scheme is "http" or "https" or "https+http" or "http+https";
}
