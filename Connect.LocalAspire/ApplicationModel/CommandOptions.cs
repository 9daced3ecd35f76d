namespace Aspire.Hosting.ApplicationModel;

/// <summary>How a command is shown.</summary>
public class CommandOptions
{
    /// <summary>What it does.</summary>
    public string? Description { get; set; }

    /// <summary>What is asked before it is executed; null asks nothing.</summary>
    public string? ConfirmationMessage { get; set; }

    /// <summary>The name of a FluentUI icon.</summary>
    public string? IconName { get; set; }
}
