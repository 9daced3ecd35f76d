using Connect.Api;
using Connect.Benchmarks.Replay.Clock;
using Connect.Benchmarks.Replay.Rules;
using Connect.Testing.Processes;
using Microsoft.Extensions.Caching.Hybrid;

namespace Connect.Benchmarks.Replay.Running;

/// <summary>An instance of the API with its own memory and listener, used over HTTP.</summary>
internal sealed class ReplayInstance : IAsyncDisposable
{
    private readonly MeasuredHost<ApiMarker> _host;
    private readonly Uri _address;
    private readonly RawConnection _connection;

    private ReplayInstance(MeasuredHost<ApiMarker> host, Uri address, RawConnection connection, SimulatedTime time)
    {
        (_host, _address, _connection) = (host, address, connection);
        Cache = new ReplayedCache(host.Services, time);
    }

    public ReplayedCache Cache { get; }

    public static async Task<ReplayInstance> StartAsync(ReplaySite site, SimulatedTime time, ReplayRules rules)
    {
        var address = new Uri($"http://127.0.0.1:{PortAllocator.Next()}");
        var host = new MeasuredHost<ApiMarker>(address.OriginalString, site.SettingsOf(ReplaySite.InstanceUser), services =>
        {
            services.UseSimulatedTime(time);
            if (!rules.Caches)
            {
                services.AddSingleton<HybridCache, UncachedHybridCache>();
            }
        });
        await host.ListenAsync();
        return new(host, address, await RawConnection.OpenAsync(address), time);
    }

    /// <summary>The request for an organization's matches.</summary>
    public byte[] Question(SeededOrganization organization) => RawConnection.Prepare(
        _address, organization.Token, $"POST /api/matches/generate?organizationId={organization.Id}", patch: "");

    public ValueTask<RawAnswer> AskAsync(byte[] question) => _connection.AskAsync(question);

    public async Task ChangeAsync(SeededOrganization organization, string technology) =>
        CheckAnswer.EnsureOk(await _connection.AskAsync(RawConnection.Prepare(
            _address, organization.Token, $"PATCH /api/organizations/{organization.Id}", $$"""{"keyTechnologies":["{{technology}}"]}""")));

    public async ValueTask DisposeAsync()
    {
        _connection.Dispose();
        await _host.DisposeAsync();
    }
}
