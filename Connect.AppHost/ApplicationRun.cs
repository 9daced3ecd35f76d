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

    // What shells report for a program that was interrupted.
    private const int Interrupted = 130;

    /// <summary>
    /// Builds and runs the application. What keeps a machine from running it is one sentence on the console and exit code 2;
    /// stopping it while it starts is 130, and any other failure is 1.
    /// </summary>
    public static async Task<int> RunAsync(this IDistributedApplicationBuilder builder)
    {
        // The AppHost ends when everything that it has started has ended: the next one finds its ports free.
        builder.Configuration.AddInMemoryCollection([new("DcpPublisher:WaitForResourceCleanup", "true")]);
        builder.Eventing.Subscribe<BeforeStartEvent>(FixedPorts.CheckAsync);
        builder.Services.TryAddSingleton<EnvironmentProblems>();
        builder.Services.AddStartupHealthChecks();
        try
        {
            var app = builder.Build();
            await using (app.ConfigureAwait(false))
            {
                // Aspire would go on without the server, and everything that needs it would wait.
                var problem = app.Services.GetRequiredService<EnvironmentProblems>().First;
                var run = app.RunAsync();
                if (await Task.WhenAny(problem, run).ConfigureAwait(false) == problem)
                {
                    app.Services.GetRequiredService<IHostApplicationLifetime>().StopApplication();
                }

                await run.ConfigureAwait(false);
                return problem.IsCompleted ? await SayAsync(await problem.ConfigureAwait(false), EnvironmentProblem).ConfigureAwait(false) : Success;
            }
        }
        catch (EnvironmentProblemException exception)
        {
            return await SayAsync(exception.Message, EnvironmentProblem).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            return await SayAsync("Stopped before everything was up.", Interrupted).ConfigureAwait(false);
        }
        catch (DistributedApplicationException exception)
        {
            return await SayAsync(exception.Message, Failure).ConfigureAwait(false);
        }
    }

    private static async Task<int> SayAsync(string sentence, int exitCode)
    {
        await Console.Error.WriteLineAsync(sentence).ConfigureAwait(false);
        return exitCode;
    }
}
