using Connect.Data.Diagnostics;
using Microsoft.Extensions.Caching.Hybrid;
using Microsoft.Extensions.DependencyInjection;

namespace Connect.Data.Explanations;

/// <summary>Registers explanations.</summary>
public static class ExplanationsRegistration
{
    /// <summary>
    /// Registers <see cref="ExplanationReader"/> and <see cref="MatchOwnerReader"/>. Asks the registered
    /// <see cref="Microsoft.Extensions.AI.IChatClient"/>; without one the rules explain.
    /// </summary>
    public static IServiceCollection AddExplanations(this IServiceCollection services)
    {
        services.AddOptionsWithValidateOnStart<ExplanationOptions, ExplanationOptionsValidator>()
            .BindConfiguration(ExplanationOptions.SectionName);
        services.AddSingleton<MatchOwnerReader>();
        services.AddSingleton<MatchFactsReader>();
        services.AddInstruments<ExplanationMetrics>();
        services.AddSingleton<ExplanationStore>();
        services.AddSingleton<ExplanationBudget>();
        services.AddSingleton<ExplanationAllowance>();
        services.AddSingleton<ExplanationModel>();
        services.AddSingleton<ExplanationWriter>();
        services.AddSingleton(provider => new ExplanationReader(
            provider.GetRequiredService<HybridCache>(),
            provider.GetRequiredService<MatchFactsReader>(),
            provider.GetRequiredService<ExplanationWriter>(),
            provider.GetRequiredService<ExplanationModel>(),
            provider.GetRequiredService<ExplanationMetrics>(),
            provider.GetRequiredService<TimeProvider>()));
        return services;
    }
}
