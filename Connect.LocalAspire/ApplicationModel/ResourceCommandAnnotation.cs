namespace Aspire.Hosting.ApplicationModel;

/// <summary>Something that can be done to a resource.</summary>
public sealed class ResourceCommandAnnotation : IResourceAnnotation
{
    internal ResourceCommandAnnotation(
        string name, string displayName, Func<ExecuteCommandContext, Task<ExecuteCommandResult>> executeCommand, CommandOptions options)
    {
        Name = name;
        DisplayName = displayName;
        ExecuteCommand = executeCommand;
        DisplayDescription = options.Description;
        ConfirmationMessage = options.ConfirmationMessage;
        IconName = options.IconName;
    }

    /// <summary>The name, unique in the resource.</summary>
    public string Name { get; }

    /// <summary>The words to show for it.</summary>
    public string DisplayName { get; }

    /// <summary>Does it.</summary>
    public Func<ExecuteCommandContext, Task<ExecuteCommandResult>> ExecuteCommand { get; }

    /// <summary>What it does.</summary>
    public string? DisplayDescription { get; }

    /// <summary>What is asked before it is executed.</summary>
    public string? ConfirmationMessage { get; }

    /// <summary>The name of its icon.</summary>
    public string? IconName { get; }
}
