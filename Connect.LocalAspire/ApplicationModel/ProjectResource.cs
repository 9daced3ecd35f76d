namespace Aspire.Hosting.ApplicationModel;

/// <summary>A project of the solution.</summary>
public class ProjectResource : Resource, IResourceWithEnvironment, IResourceWithArgs, IResourceWithServiceDiscovery,
    IResourceWithWaitSupport, IComputeResource
{
    internal ProjectResource(string name)
        : base(name)
    {
    }
}
