namespace Aspire.Hosting.ApplicationModel;

/// <summary>What a resource waits for.</summary>
public enum WaitType
{
    /// <summary>The other resource is healthy.</summary>
    WaitUntilHealthy = 0,
}
