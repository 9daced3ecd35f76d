namespace Aspire.Hosting.ApplicationModel;

/// <summary>Adds to the environment of a resource's process.</summary>
internal sealed class EnvironmentAnnotation(Func<EnvironmentCallbackContext, CancellationToken, ValueTask> callback) : IResourceAnnotation
{
    public Func<EnvironmentCallbackContext, CancellationToken, ValueTask> Callback { get; } = callback;
}
