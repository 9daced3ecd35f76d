using System.Reflection;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Testing;
using Connect.LocalAspire.Running;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Aspire.Hosting;

/// <summary>The description of an application that will run as plain processes.</summary>
internal sealed class DistributedApplicationBuilder : IDistributedApplicationBuilder
{
    private const string AppHostFolderKey = "apphostprojectpath";

    private readonly HostApplicationBuilder _host;
    private readonly ResourceCollection _resources = [];
    private readonly AppHostSession? _session;

    public DistributedApplicationBuilder(string[] args, AppHostSession? session)
    {
        _session = session;
        var assembly = session?.AppHostAssembly ?? Assembly.GetEntryAssembly()!;
        AppHostDirectory = assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
            .FirstOrDefault(attribute => attribute.Key == AppHostFolderKey)?.Value ?? Directory.GetCurrentDirectory();
        _host = Host.CreateApplicationBuilder(new HostApplicationBuilderSettings
        {
            Args = args,
            ApplicationName = assembly.GetName().Name,
            ContentRootPath = AppHostDirectory,

            // A test is a development run, as it is with Aspire.
            EnvironmentName = session is null ? null : Environments.Development,
        });
        _host.Logging.ClearProviders();

        // The engine shows what a failed check means; the check's own error log would only repeat it.
        _host.Logging.AddFilter("Microsoft.Extensions.Diagnostics.HealthChecks", LogLevel.None);
        _host.Services.AddHealthChecks();
        _host.Services.AddSingleton(new DistributedApplicationModel(_resources));
        _host.Services.AddSingleton(new EngineSettings(AppHostDirectory, IsTest: session is not null));
        EngineServices.Add(_host.Services);
    }

    public ConfigurationManager Configuration => _host.Configuration;

    public string AppHostDirectory { get; }

    public IHostEnvironment Environment => _host.Environment;

    public IServiceCollection Services => _host.Services;

    public DistributedApplicationExecutionContext ExecutionContext { get; } = new();

    public IResourceCollection Resources => _resources;

    public IResourceBuilder<T> AddResource<T>(T resource)
        where T : IResource
    {
        _resources.Add(resource);
        return new ResourceBuilder<T>(this, resource);
    }

    public DistributedApplication Build()
    {
        _session?.HandOut(this);
        var app = new DistributedApplication(_host.Build(), _session);
        _session?.HandOut(app);
        return app;
    }
}
