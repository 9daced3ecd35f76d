using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;

namespace Connect.AppHost.Servers;

/// <summary>Why a server could not be started on this machine.</summary>
internal sealed class EnvironmentProblems
{
    private readonly TaskCompletionSource<string> _first = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>The message of the first server that could not; never completes while all can.</summary>
    public Task<string> First => _first.Task;

    public void Report(string message) => _first.TrySetResult(message);
}

/// <summary>Prepares servers before they start.</summary>
internal static partial class EnvironmentProblemsExtensions
{
    /// <summary>
    /// Runs before each start of the resource. An exception fails the start; its message is in the resource's log and, if the
    /// application cannot do without the resource, in <see cref="EnvironmentProblems"/>.
    /// </summary>
    public static IResourceBuilder<T> PreparedBy<T>(
        this IResourceBuilder<T> builder, Func<IServiceProvider, ILogger, CancellationToken, Task> prepareAsync, bool isRequired = true)
        where T : ExecutableResource
    {
        builder.ApplicationBuilder.Services.TryAddSingleton<EnvironmentProblems>();
        builder.ApplicationBuilder.Services.TryAddSingleton<ThrowAwayFolder>();
        return builder.OnBeforeResourceStarted(async (resource, starting, cancellationToken) =>
        {
            var log = starting.Services.GetRequiredService<ResourceLoggerService>().GetLogger(resource);
            try
            {
                await prepareAsync(starting.Services, log, cancellationToken).ConfigureAwait(false);
            }
            catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
            {
                Log.Problem(log, exception.Message);
                if (isRequired)
                {
                    // The server does not start, and other services wait for it.
                    starting.Services.GetRequiredService<EnvironmentProblems>().Report(exception.Message);
                }

                throw;
            }
        });
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Error, "{Message}")]
        public static partial void Problem(ILogger logger, string message);
    }
}
