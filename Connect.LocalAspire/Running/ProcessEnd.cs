namespace Connect.LocalAspire.Running;

/// <summary>Why a process is no longer kept running.</summary>
internal enum ProcessEnd
{
    Stopped,
    Finished,
    GaveUp,
}
