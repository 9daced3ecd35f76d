using System.Globalization;
using System.Text;
using Connect.Benchmarks.Freshness.Load;
using Connect.Benchmarks.Replay.Clock;
using Connect.Benchmarks.Replay.Rules;
using Connect.Benchmarks.Serving;
using Connect.Testing.Processes;
using Microsoft.Extensions.Caching.Hybrid;
using Microsoft.Extensions.DependencyInjection;

namespace Connect.Benchmarks.Replay.Running;

/// <summary>An instance of the API with its own memory and listener, used over HTTP.</summary>
internal sealed class ReplayInstance : IAsyncDisposable
{
    private readonly MeasuredHost _host;
    private readonly Uri _address;
    private readonly RawConnection _connection;

    private ReplayInstance(MeasuredHost host, Uri address, RawConnection connection, SimulatedTime time)
    {
        (_host, _address, _connection) = (host, address, connection);
        Cache = new ReplayedCache(host.Services, time);
    }

    public ReplayedCache Cache { get; }

    /// <summary>Starts an instance and connects to it.</summary>
    public static async Task<ReplayInstance> StartAsync(ReplaySite site, SimulatedTime time, ReplayRules rules)
    {
        var address = new Uri(string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{PortAllocator.Next()}"));
        var host = new MeasuredHost(site.InstanceSettings(address), services =>
        {
            services.UseSimulatedTime(time);
            if (!rules.Caches)
            {
                services.AddSingleton<HybridCache, UncachedHybridCache>();
            }
        });
        await host.ListenAsync();
        return new(host, address, await RawConnection.OpenAsync(address, CancellationToken.None), time);
    }

    /// <summary>The request for an organization's matches.</summary>
    public byte[] Question(SeededOrganization organization) => Encoding.ASCII.GetBytes(
        $"POST /api/matches/generate?organizationId={organization.Id} HTTP/1.1\r\n{Head(organization)}Content-Length: 0\r\n\r\n");

    /// <summary>Sends a request, and waits for the whole answer.</summary>
    public ValueTask<ReadOnlyMemory<byte>> AskAsync(byte[] question) => _connection.ExchangeAsync(question, CancellationToken.None);

    /// <summary>Changes an organization's profile.</summary>
    public async Task ChangeAsync(SeededOrganization organization, string technology)
    {
        var body = Encoding.UTF8.GetBytes($$"""{"keyTechnologies":["{{technology}}"]}""");
        var head = Encoding.ASCII.GetBytes(string.Create(
            CultureInfo.InvariantCulture,
            $"PATCH /api/organizations/{organization.Id} HTTP/1.1\r\n{Head(organization)}Content-Type: application/merge-patch+json\r\nContent-Length: {body.Length}\r\n\r\n"));
        CheckAnswer.EnsureOk((await _connection.ExchangeAsync([.. head, .. body], CancellationToken.None)).Span);
    }

    public async ValueTask DisposeAsync()
    {
        _connection.Dispose();
        await _host.DisposeAsync();
    }

    private string Head(SeededOrganization organization) => $"Host: {_address.Authority}\r\nAuthorization: Bearer {organization.Token}\r\n";
}
