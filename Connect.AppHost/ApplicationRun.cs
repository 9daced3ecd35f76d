using Connect.AppHost.Servers;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;

namespace Connect.AppHost;

/// <summary>One run, from start to exit code.</summary>
internal static class ApplicationRun
{
    private const int Success = 0;
    private const int Failure = 1;
    private const int EnvironmentProblem = 2;

    // The exit code of an interrupted program in shells.
    private const int Interrupted = 130;

    private const string NotUp = "Stopped before everything was up.";

    /// <summary>
    /// Builds and runs the application. If the machine cannot run it, it writes one sentence to the console and returns
    /// 2; if it is stopped during the start, 130; after any other failure, 1.
    /// </summary>
    public static async Task<int> RunAsync(this IDistributedApplicationBuilder builder)
    {
        // The AppHost ends after all processes that it has started, so that the next one finds its ports free.
        builder.Configuration.AddInMemoryCollection([new("DcpPublisher:WaitForResourceCleanup", "true")]);
        builder.Eventing.Subscribe<BeforeStartEvent>(FixedPorts.CheckAsync);
        builder.Services.TryAddSingleton<EnvironmentProblems>();
        builder.Services.AddStartupHealthChecks();
        try
        {
            var app = builder.Build();
            await using (app.ConfigureAwait(false))
            {
                // Aspire would continue without the server, and the services that need it would wait.
                var problem = app.Services.GetRequiredService<EnvironmentProblems>().First;
                var up = AwaitHealthAsync(app);
                var run = app.RunAsync();
                if (await Task.WhenAny(problem, run).ConfigureAwait(false) == problem)
                {
                    app.Services.GetRequiredService<IHostApplicationLifetime>().StopApplication();
                }

                await run.ConfigureAwait(false);
                if (problem.IsCompleted)
                {
                    return await SayAsync(await problem.ConfigureAwait(false), EnvironmentProblem).ConfigureAwait(false);
                }

                return up.IsCompletedSuccessfully ? Success : await SayAsync(NotUp, Interrupted).ConfigureAwait(false);
            }
        }
        catch (EnvironmentProblemException exception)
        {
            return await SayAsync(exception.Message, EnvironmentProblem).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            return await SayAsync(NotUp, Interrupted).ConfigureAwait(false);
        }
        catch (DistributedApplicationException exception)
        {
            return await SayAsync(exception.Message, Failure).ConfigureAwait(false);
        }
    }

    /// <summary>Completes when every service has been healthy once; at once if none is run.</summary>
    private static async Task AwaitHealthAsync(DistributedApplication app)
    {
        if (app.Services.GetRequiredService<DistributedApplicationExecutionContext>().IsRunMode)
        {
            var stopping = app.Services.GetRequiredService<IHostApplicationLifetime>().ApplicationStopping;
            var services = app.Services.GetRequiredService<DistributedApplicationModel>().Resources.OfType<ProjectResource>();
            await Task.WhenAll(services.Select(service => app.ResourceNotifications.WaitForResourceHealthyAsync(service.Name, stopping))).ConfigureAwait(false);
        }
    }

    private static async Task<int> SayAsync(string sentence, int exitCode)
    {
        await Console.Error.WriteLineAsync(sentence).ConfigureAwait(false);
        return exitCode;
    }
}
