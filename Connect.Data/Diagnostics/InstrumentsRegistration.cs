using System.Diagnostics.Metrics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Connect.Data.Diagnostics;

/// <summary>Registers what holds instruments.</summary>
public static class InstrumentsRegistration
{
    /// <summary>
    /// Registers a holder of instruments that exists from the start of the host on: one that is only made when somebody
    /// first needs it would have no series until then.
    /// </summary>
    public static IServiceCollection AddInstruments<T>(this IServiceCollection services)
        where T : class
    {
        services.AddSingleton<T>();
        services.AddSingleton<IHostedService, Activation<T>>();
        return services;
    }

    /// <summary>Buckets of a histogram.</summary>
    /// <param name="bounds">Upper bounds, in the instrument's unit.</param>
    public static InstrumentAdvice<double> Buckets(params double[] bounds) => new() { HistogramBucketBoundaries = bounds };

    // Being made is all.
    private sealed class Activation<T>(T instruments) : IHostedService
        where T : class
    {
        public Task StartAsync(CancellationToken cancellationToken)
        {
            GC.KeepAlive(instruments);
            return Task.CompletedTask;
        }

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
