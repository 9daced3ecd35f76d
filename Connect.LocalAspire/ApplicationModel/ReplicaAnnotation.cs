namespace Aspire.Hosting.ApplicationModel;

/// <summary>How many processes a project has.</summary>
public sealed class ReplicaAnnotation(int replicas = 1) : IResourceAnnotation
{
    /// <summary>The number of processes.</summary>
    public int Replicas { get; } = replicas;
}
