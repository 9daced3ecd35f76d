namespace Aspire.Hosting.ApplicationModel;

/// <summary>One execution of a command.</summary>
public sealed class ExecuteCommandContext
{
    /// <summary>The AppHost's own services.</summary>
    public required IServiceProvider Services { get; init; }

    /// <summary>The resource that it is executed for.</summary>
    public required string ResourceName { get; init; }

    /// <summary>Ends it.</summary>
    public required CancellationToken CancellationToken { get; init; }
}
