namespace Aspire.Hosting;

/// <summary>What the AppHost was started for. This engine only runs; publishing is Aspire's.</summary>
public class DistributedApplicationExecutionContext
{
    internal DistributedApplicationExecutionContext()
    {
    }

    /// <summary>What the AppHost was started for.</summary>
    public DistributedApplicationOperation Operation { get; } = DistributedApplicationOperation.Run;

    /// <summary>Whether the application is published.</summary>
    public bool IsPublishMode => Operation != DistributedApplicationOperation.Run;

    /// <summary>Whether the application is run.</summary>
    public bool IsRunMode => Operation == DistributedApplicationOperation.Run;
}
