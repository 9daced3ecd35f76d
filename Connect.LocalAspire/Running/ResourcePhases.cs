namespace Connect.LocalAspire.Running;

internal static class ResourcePhases
{
    /// <summary>Nothing more will happen to the resource by itself.</summary>
    public static bool IsOver(this ResourcePhase phase) =>
        phase is ResourcePhase.Failed or ResourcePhase.Finished or ResourcePhase.Stopped or ResourcePhase.Unavailable;
}
