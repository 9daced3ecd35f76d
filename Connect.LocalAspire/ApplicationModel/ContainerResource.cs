namespace Aspire.Hosting.ApplicationModel;

/// <summary>A server that is a container under Aspire and a plain process here.</summary>
public class ContainerResource : Resource, IResourceWithEnvironment, IResourceWithArgs, IResourceWithEndpoints,
    IResourceWithWaitSupport, IComputeResource
{
    internal ContainerResource(string name)
        : base(name)
    {
    }

    /// <summary>The program that the container starts; the image's own where there is none.</summary>
    public string? Entrypoint { get; set; }
}
