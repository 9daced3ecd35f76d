using Connect.LocalAspire.Console;

namespace Aspire.Hosting.ApplicationModel;

/// <summary>Executes the commands of resources.</summary>
public class ResourceCommandService
{
    private readonly ResourceLogs _logs;
    private readonly IServiceProvider _services;

    internal ResourceCommandService(ResourceLogs logs, IServiceProvider services)
    {
        _logs = logs;
        _services = services;
    }

    /// <summary>Executes a command; what goes wrong is in the result. Replicas are one resource here: it is executed once.</summary>
    public async Task<ExecuteCommandResult> ExecuteCommandAsync(
        IResource resource, string commandName, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(resource);
        var command = resource.Annotations.OfType<ResourceCommandAnnotation>()
            .SingleOrDefault(annotation => string.Equals(annotation.Name, commandName, StringComparison.OrdinalIgnoreCase));
        if (command is null)
        {
            return CommandResults.Failure($"Command '{commandName}' not available for resource '{resource.Name}'.");
        }

        var result = await ExecuteAsync(resource, command, cancellationToken).ConfigureAwait(false);
        _logs.Write(resource.Name, $"command {command.Name}: {(result.Success ? "done" : result.Canceled ? "canceled" : result.Message)}");
        return result;
    }

    private async Task<ExecuteCommandResult> ExecuteAsync(
        IResource resource, ResourceCommandAnnotation command, CancellationToken cancellationToken)
    {
        try
        {
            return await command.ExecuteCommand(new ExecuteCommandContext
            {
                Services = _services,
                ResourceName = resource.Name,
                CancellationToken = cancellationToken,
            }).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            return CommandResults.Canceled();
        }
        catch (Exception exception)
        {
            // The boundary of one command: whoever executes it gets an answer.
            return CommandResults.Failure(exception.Message);
        }
    }
}
