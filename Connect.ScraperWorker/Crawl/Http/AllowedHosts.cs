using Connect.ScraperWorker.Boards;

namespace Connect.ScraperWorker.Crawl.Http;

/// <summary>Where a board's requests may go: its own authority and the hosts that its options name.</summary>
internal sealed class AllowedHosts(BoardOptions options)
{
    private readonly HashSet<string> _hosts = new(options.AllowedHosts, StringComparer.OrdinalIgnoreCase);

    /// <summary>
    /// Whether an address may be requested by a page or redirect that was itself at <paramref name="from"/>. This is
    /// about names; what they resolve to is looked at when connecting (<see cref="PublicConnector"/>).
    /// </summary>
    public bool Allows(Uri address, Uri from) =>
        address.IsAbsoluteUri
        && string.IsNullOrEmpty(address.UserInfo)
        && IsWeb(address.Scheme)
        && !(from.Scheme == Uri.UriSchemeHttps && address.Scheme == Uri.UriSchemeHttp)
        && (Authority.IsShared(address, from) || _hosts.Contains(address.Host));

    // Service discovery names "https+http" for whichever the service offers.
    private static bool IsWeb(string scheme) =>
        scheme is "http" or "https" or "https+http" or "http+https";
}
