using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.HttpOverrides;
using Microsoft.Extensions.Options;

namespace Connect.ServiceDefaults.Telemetry;

/// <summary>Decides who may read metrics: clients of the allowed networks, without an unknown proxy between.</summary>
internal sealed class MetricsAccess(IOptions<MetricsOptions> options, IOptions<ForwardedHeadersOptions> forwarded)
{
    private readonly System.Net.IPNetwork[] _networks = options.Value.ParseNetworks();

    // Without known proxies the middleware trusts every sender, and a client can claim any address.
    private readonly bool _isEveryProxyTrusted = forwarded.Value is { KnownProxies.Count: 0, KnownIPNetworks.Count: 0 };

    public bool IsAllowed(HttpContext context)
    {
        var request = context.Request;
        return HttpMethods.IsGet(request.Method)
            && context.Connection.RemoteIpAddress is { } address && Holds(address)
            && !IsFromUnknownProxy(request.Headers);
    }

    private bool Holds(IPAddress address)
    {
        var plain = address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
        return Array.Exists(_networks, network => network.Contains(plain));
    }

    // The middleware has removed the headers of trusted proxies, and set the client's address by them. Remaining
    // headers are of an unknown proxy: the address is the proxy's, and the client is unknown.
    private bool IsFromUnknownProxy(IHeaderDictionary headers) =>
        headers.ContainsKey(ForwardedHeadersDefaults.XForwardedForHeaderName) || headers.ContainsKey("Forwarded")
        || (_isEveryProxyTrusted && headers.ContainsKey(ForwardedHeadersDefaults.XOriginalForHeaderName));
}
