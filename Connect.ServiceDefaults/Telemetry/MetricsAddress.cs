using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Connect.ServiceDefaults.Telemetry;

/// <summary>The address of this process's metrics.</summary>
public sealed class MetricsAddress
{
    private readonly IServer _server;
    private readonly string? _configured;
    private string? _found;

    internal MetricsAddress(IServer server, string? configured) => (_server, _configured) = (server, configured);

    /// <summary>Host and port of the process with these services; null until it listens, or without http.</summary>
    public static string? Of(IServiceProvider services) => services.GetRequiredService<MetricsAddress>().Find();

    internal string? Find() => _configured ?? (_found ??= _server.Features.Get<IServerAddressesFeature>()?.Addresses
        .Select(BindingAddress.Parse)
        .Where(address => address is { Scheme: "http", IsUnixPipe: false, Port: > 0 })
        .Select(address => $"{Name(address.Host)}:{address.Port}")
        .FirstOrDefault());

    // A process that listens on all addresses is reached by the machine's name.
    private static string Name(string host) => host is "+" or "*" or "0.0.0.0" or "[::]" ? Environment.MachineName : host;
}
