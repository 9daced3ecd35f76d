using Aspire.Hosting.ApplicationModel;
using Connect.LocalAspire.Console;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Logging;
using Spectre.Console;

namespace Connect.LocalAspire.Running;

/// <summary>The engine's own services.</summary>
internal static class EngineServices
{
    public static void Add(IServiceCollection services)
    {
        services.AddSingleton(TimeProvider.System);
        services.AddSingleton<ResourceStates>();
        services.AddSingleton(provider => new ResourceNotificationService(
            provider.GetRequiredService<DistributedApplicationModel>(),
            provider.GetRequiredService<ResourceStates>(),
            provider.GetRequiredService<ResourceLogs>()));
        services.AddSingleton(provider => new ResourceCommandService(provider.GetRequiredService<ResourceLogs>(), provider));
        services.AddSingleton(_ => new ConsoleLog(AnsiConsole.Console));
        services.AddSingleton(NewLogs);
        services.AddSingleton(NewContext);
        services.AddSingleton<Orchestrator>();
    }

    private static ResourceLogs NewLogs(IServiceProvider services)
    {
        List<IResourceLog> targets = services.GetRequiredService<EngineSettings>().IsTest
            ? [new LoggerLog(services.GetRequiredService<ILoggerFactory>())]
            : [services.GetRequiredService<ConsoleLog>()];
        if (Environment.GetEnvironmentVariable(FileLog.FolderVariable) is { Length: > 0 } folder)
        {
            targets.Add(new FileLog(folder));
        }

        return new ResourceLogs(targets);
    }

    private static EngineContext NewContext(IServiceProvider services)
    {
        var guard = new ProcessGuard();
        return new EngineContext(
            services.GetRequiredService<EngineSettings>(),
            services.GetRequiredService<ResourceStates>(),
            services.GetRequiredService<ResourceLogs>(),
            services.GetRequiredService<HealthCheckService>(),
            services.GetRequiredService<TimeProvider>(),
            guard,
            new ThrowAwayFolder(guard.AddFolder));
    }
}
