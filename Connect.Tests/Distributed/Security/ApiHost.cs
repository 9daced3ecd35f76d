using Connect.Api;
using Connect.Tests.Functional.Caching;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Connect.Tests.Distributed.Security;

/// <summary>The API in this process, whole and on a port of its own.</summary>
/// <param name="settings">Its configuration, in the names of environment variables; the last of a name counts.</param>
internal sealed class ApiHost((string Name, string Value)[] settings) : WebApplicationFactory<ApiMarker>, IApiInstance
{
    // The one setting whose key is not the name of its environment variable with ":" for "__".
    private const string ProcessEnvironment = "ASPNETCORE_ENVIRONMENT";

    public Uri Address { get; private set; } = null!;

    /// <summary>Starts it and waits until it is healthy.</summary>
    public async Task StartAsync()
    {
        UseKestrel();
        await Task.Run(StartServer, TestContext.Current.CancellationToken);
        Address = new Uri(Services.GetRequiredService<IServer>().Features.GetRequiredFeature<IServerAddressesFeature>().Addresses.Single());
        using var http = new HttpClient { BaseAddress = Address };
        await TestInstance.EventuallyAsync(async () =>
        {
            using var response = await http.GetAsync("/health", TestContext.Current.CancellationToken);
            return response.IsSuccessStatusCode;
        });
    }

    protected override void ConfigureWebHost(IWebHostBuilder builder)
    {
        // Not UseKestrel(0): it sets the address after the entry point has begun to listen, and sometimes comes too late.
        builder.UseSetting(WebHostDefaults.ServerUrlsKey, "http://127.0.0.1:0");
        builder.UseSetting("RateLimits:Enabled", "false");
        foreach (var (name, value) in settings)
        {
            builder.UseSetting(name == ProcessEnvironment ? WebHostDefaults.EnvironmentKey : name.Replace("__", ":", StringComparison.Ordinal), value);
        }

        builder.ConfigureLogging(static logging => logging.ClearProviders());

        // Tests add users by the hundred; the processes of AppHost hash passwords at full cost.
        builder.ConfigureServices(static services => services.Configure<PasswordHasherOptions>(static hasher => hasher.IterationCount = 1_000));
    }
}
