using Connect.Caching;
using Connect.Caching.Layers;
using Connect.Data;
using Connect.Testing.Faults;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting;
using Npgsql;

namespace Connect.Benchmarks.Freshness.Variants;

/// <summary>
/// Connect without listener and poller: after the first sync their connections are silent, and the lease is as long as
/// the options allow.
/// </summary>
internal static class DeafVariant
{
    public static void Replace(IServiceCollection services)
    {
        services.AddSingleton<SilentGate>();
        services.AddOptions<CacheOptions>().Configure<SilentGate>((options, gate) => options.ListenerConnectionString = gate.ConnectionString);
        services.AddHostedService<Silencer>();
    }

    /// <summary>The connections of listener and poller to Postgres.</summary>
    private sealed class SilentGate(IConfiguration configuration) : IAsyncDisposable
    {
        private readonly TcpGate _gate = TcpGate.To(Direct(configuration).Port);

        public string ConnectionString => new NpgsqlConnectionStringBuilder(Direct(configuration).ConnectionString) { Port = _gate.Port }.ConnectionString;

        public void Silence() => _gate.Hang();

        public ValueTask DisposeAsync() => _gate.DisposeAsync();

        private static NpgsqlConnectionStringBuilder Direct(IConfiguration configuration) =>
            new(configuration.GetConnectionString(DataRegistration.ConnectionName));
    }

    private sealed class Silencer(SilentGate gate, CacheState state) : BackgroundService
    {
        protected override async Task ExecuteAsync(CancellationToken stoppingToken)
        {
            await state.FirstSync.WaitAsync(stoppingToken);
            gate.Silence();
        }
    }
}
