namespace Aspire.Hosting.ApplicationModel;

/// <summary>A resource that lives inside another of a known type.</summary>
public interface IResourceWithParent<out T> : IResourceWithParent
    where T : IResource
{
    /// <summary>The resource that it lives in.</summary>
    new T Parent { get; }

    /// <inheritdoc />
    IResource IResourceWithParent.Parent => Parent;
}
