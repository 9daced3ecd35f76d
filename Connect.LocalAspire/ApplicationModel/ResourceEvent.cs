namespace Aspire.Hosting.ApplicationModel;

/// <summary>Something that became known about a resource.</summary>
public class ResourceEvent
{
    internal ResourceEvent(IResource resource)
    {
        Resource = resource;
        ResourceId = resource.Name;
    }

    /// <summary>The resource.</summary>
    public IResource Resource { get; }

    /// <summary>The resource's identity in this run.</summary>
    public string ResourceId { get; }
}
