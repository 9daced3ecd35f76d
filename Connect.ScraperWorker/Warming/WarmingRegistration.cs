using Connect.Data.Diagnostics;
using Microsoft.Extensions.Options;

namespace Connect.ScraperWorker.Warming;

/// <summary>Registers warming: the computation of rankings ahead of their readers.</summary>
internal static class WarmingRegistration
{
    public static void AddWarming(this IServiceCollection services)
    {
        services.AddSingleton<IValidateOptions<WarmingOptions>, WarmingOptionsValidator>();
        services.AddOptions<WarmingOptions>().BindConfiguration(WarmingOptions.SectionName).ValidateOnStart();
        services.AddInstruments<WarmingMetrics>();
        services.AddSingleton<WarmingRunner>();
        services.AddHostedService<WarmingDispatcher>();
    }
}
