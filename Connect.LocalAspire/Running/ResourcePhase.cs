namespace Connect.LocalAspire.Running;

/// <summary>Where a resource is in its life.</summary>
internal enum ResourcePhase
{
    Waiting,
    Starting,
    Unhealthy,
    Healthy,
    Restarting,
    Failed,
    Finished,
    Stopped,

    /// <summary>This engine cannot run it, and nothing else suffers from that.</summary>
    Unavailable,
}
