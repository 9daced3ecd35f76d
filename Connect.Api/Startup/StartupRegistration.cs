namespace Connect.Api.Startup;

/// <summary>Registers the work before the first request.</summary>
internal static class StartupRegistration
{
    /// <summary>Adds the work, and a health check that is unhealthy until it is done.</summary>
    public static void AddStartupWork(this IServiceCollection services)
    {
        services.AddSingleton<StartupWork>();
        services.AddHostedService(provider => provider.GetRequiredService<StartupWork>());
        services.AddHealthChecks().AddCheck<StartupWork>("startup");
    }
}
