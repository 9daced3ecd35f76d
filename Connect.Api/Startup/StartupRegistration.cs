namespace Connect.Api.Startup;

/// <summary>Registers what a process does before its first request.</summary>
internal static class StartupRegistration
{
    /// <summary>Adds the work, and the health check that waits for it.</summary>
    public static void AddStartupWork(this IServiceCollection services)
    {
        services.AddSingleton<StartupWork>();
        services.AddHostedService(provider => provider.GetRequiredService<StartupWork>());
        services.AddHealthChecks().AddCheck<StartupWork>("startup");
    }
}
