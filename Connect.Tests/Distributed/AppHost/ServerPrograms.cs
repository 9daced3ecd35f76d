using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Connect.AppHost.Servers.Postgres;
using Connect.AppHost.Servers.Redis;
using Connect.Testing.Servers;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Connect.Tests.Distributed.AppHost;

/// <summary>One application of nothing but servers, run by Aspire's orchestrator: some that start here, and some that cannot.</summary>
public sealed class ServerPrograms : IAsyncLifetime
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly DirectoryInfo _root = Directory.CreateTempSubdirectory("connect-test-");
    private DistributedApplication? _application;
    private WebApplication? _archives;

    /// <summary>Where the server "kept" has its data.</summary>
    public string KeptFolder => Path.Combine(_root.FullName, "kept", "postgres");

    public DistributedApplication Application => _application!;

    public async ValueTask InitializeAsync()
    {
        if (!OperatingSystem.IsWindows())
        {
            // If the tests run as root, the servers run as another user, which needs access to the folder.
            _root.UnixFileMode |= UnixFileMode.GroupExecute | UnixFileMode.OtherExecute;
        }

        _archives = await PostgresArchive.ServeAsync(TestContext.Current.CancellationToken);
        var builder = DistributedApplication.CreateBuilder(new DistributedApplicationOptions
        {
            Args = [],
            AssemblyName = "Connect.AppHost",
            DisableDashboard = true,
        });
        builder.Services.AddLogging(static logging => logging.ClearProviders());
        builder.AddPostgresProgram("kept", KeptFolder).AddDatabase("keptdb");
        builder.AddPostgresProgram("downloaded", options: Downloading(_archives.Urls.Single(), "good")).AddDatabase("downloadeddb");
        builder.AddPostgresProgram("corrupt", options: Downloading(_archives.Urls.Single(), "corrupt"));
        builder.AddPostgresProgram("missing", options: new() { BinFolder = _root.FullName, Download = { Enabled = false } });
        builder.AddPostgresProgram("old", MakeDataOfAnotherVersion());
        builder.AddRedisProgram("redis", arguments: ["--maxmemory", "64mb"]);
        builder.AddRedisProgram("garnet", program: "no-such-redis", arguments: ["--maxmemory", "64mb", "--maxmemory-policy", "allkeys-lru"]);
        _application = builder.Build();
        await _application.StartAsync(TestContext.Current.CancellationToken);
    }

    /// <summary>Waits for a resource to be healthy; its connection string.</summary>
    public async Task<string> GetHealthyAsync(string name)
    {
        try
        {
            await Application.ResourceNotifications.WaitForResourceHealthyAsync(name, TestContext.Current.CancellationToken).WaitAsync(Patience);
        }
        catch (TimeoutException exception)
        {
            var server = Find(name) is IResourceWithParent child ? child.Parent.Name : name;
            throw new InvalidOperationException($"{name} is not healthy.\n{await ReadLogAsync(server)}", exception);
        }

        return (await ((IResourceWithConnectionString)Find(name)).GetConnectionStringAsync(TestContext.Current.CancellationToken))!;
    }

    /// <summary>Waits for a resource to fail; returns its log.</summary>
    public async Task<string> GetFailureAsync(string name)
    {
        await Application.ResourceNotifications
            .WaitForResourceAsync(name, KnownResourceStates.FailedToStart, TestContext.Current.CancellationToken).WaitAsync(Patience);
        return await ReadLogAsync(name);
    }

    public async ValueTask DisposeAsync()
    {
        if (_application is not null)
        {
            await _application.DisposeAsync();
        }

        if (_archives is not null)
        {
            await _archives.EndAsync();
        }

        _root.Delete(recursive: true);
    }

    private async Task<string> ReadLogAsync(string name)
    {
        var lines = new List<string>();
        await foreach (var batch in Application.Services.GetRequiredService<ResourceLoggerService>().GetAllAsync(Find(name)).WithCancellation(TestContext.Current.CancellationToken))
        {
            lines.AddRange(batch.Select(line => line.Content));
        }

        return string.Join('\n', lines);
    }

    private IResource Find(string name) =>
        Application.Services.GetRequiredService<DistributedApplicationModel>().Resources.Single(resource => resource.Name == name);

    private PostgresOptions Downloading(string repository, string version) => new()
    {
        BinFolder = _root.FullName,
        Download = { Repository = new Uri(repository + "/"), Version = version, Folder = Path.Combine(_root.FullName, "downloads") },
    };

    private string MakeDataOfAnotherVersion()
    {
        var folder = Directory.CreateDirectory(Path.Combine(_root.FullName, "old", "postgres")).FullName;
        File.WriteAllText(Path.Combine(folder, "PG_VERSION"), "9\n");
        return folder;
    }
}
