using System.Globalization;

namespace Connect.ScraperWorker.Crawl.Http;

/// <summary>The authority of an address, to which limits and robots.txt belong.</summary>
internal static class Authority
{
    /// <summary>Host and port in lower case, such as <c>www.ntis.go.kr:443</c>.</summary>
    public static string Of(Uri address) =>
        string.Create(CultureInfo.InvariantCulture, $"{address.IdnHost.ToLowerInvariant()}:{address.Port}");

    /// <summary>Whether two addresses have the same authority.</summary>
    public static bool IsShared(Uri left, Uri right) =>
        string.Equals(left.Host, right.Host, StringComparison.OrdinalIgnoreCase) && left.Port == right.Port;
}
