namespace Aspire.Hosting.ApplicationModel;

/// <summary>A resource that must be ready first.</summary>
public sealed class WaitAnnotation : IResourceAnnotation
{
    internal WaitAnnotation(IResource resource, WaitType waitType)
    {
        Resource = resource;
        WaitType = waitType;
    }

    /// <summary>The resource that must be ready.</summary>
    public IResource Resource { get; }

    /// <summary>What it must have reached.</summary>
    public WaitType WaitType { get; }
}
