using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.HttpOverrides;
using Microsoft.Extensions.Options;

namespace Connect.ServiceDefaults.Telemetry;

/// <summary>Who may read metrics: callers within the allowed networks who come without an unknown proxy between.</summary>
internal sealed class MetricsAccess(IOptions<MetricsOptions> options, IOptions<ForwardedHeadersOptions> forwarded)
{
    private readonly System.Net.IPNetwork[] _networks = options.Value.ParseNetworks();

    // Without known proxies the middleware believes everybody, and everybody can claim to be anybody.
    private readonly bool _isEverybodyBelieved = forwarded.Value is { KnownProxies.Count: 0, KnownIPNetworks.Count: 0 };

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

    // A trusted proxy's word has been taken off the request and is the caller's address by now. What is left was said by
    // somebody who is not believed: the address is that of a proxy, and whoever is behind it is unknown.
    private bool IsFromUnknownProxy(IHeaderDictionary headers) =>
        headers.ContainsKey(ForwardedHeadersDefaults.XForwardedForHeaderName) || headers.ContainsKey("Forwarded")
        || (_isEverybodyBelieved && headers.ContainsKey(ForwardedHeadersDefaults.XOriginalForHeaderName));
}
