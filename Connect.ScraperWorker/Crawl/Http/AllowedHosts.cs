using Connect.ScraperWorker.Boards;

namespace Connect.ScraperWorker.Crawl.Http;

/// <summary>The hosts that a board's requests may go to: its own authority, and the hosts in its options.</summary>
internal sealed class AllowedHosts(BoardOptions options)
{
    private readonly HashSet<string> _hosts = new(options.AllowedHosts, StringComparer.OrdinalIgnoreCase);

    /// <summary>
    /// Whether a page or redirect at <paramref name="from"/> may lead to an address. This checks names; the addresses that they
    /// resolve to are checked when connecting (<see cref="PublicConnector"/>).
    /// </summary>
    public bool Allows(Uri address, Uri from) =>
        address.IsAbsoluteUri
        && string.IsNullOrEmpty(address.UserInfo)
        && IsWeb(address.Scheme)
        && !(from.Scheme == Uri.UriSchemeHttps && address.Scheme == Uri.UriSchemeHttp)
        && (Authority.IsShared(address, from) || _hosts.Contains(address.Host));

    // Service discovery: "https+http" prefers https and falls back to http.
    private static bool IsWeb(string scheme) =>
        scheme is "http" or "https" or "https+http" or "http+https";
}
