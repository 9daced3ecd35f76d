using System.Diagnostics.Metrics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Connect.Data.Diagnostics;

/// <summary>Registers classes that hold instruments.</summary>
public static class InstrumentsRegistration
{
    /// <summary>
    /// Registers a class that holds instruments and constructs it when the host starts: constructed on first use, its
    /// series would be missing until then.
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

    // Its injection constructs the instruments; there is nothing to start.
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
