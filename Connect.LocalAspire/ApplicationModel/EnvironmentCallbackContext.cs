namespace Aspire.Hosting.ApplicationModel;

/// <summary>The environment of a process that is about to start.</summary>
public class EnvironmentCallbackContext
{
    internal EnvironmentCallbackContext(Dictionary<string, object> environmentVariables) =>
        EnvironmentVariables = environmentVariables;

    /// <summary>The variables; a value is a text or an <see cref="IValueProvider" />.</summary>
    public Dictionary<string, object> EnvironmentVariables { get; }
}
