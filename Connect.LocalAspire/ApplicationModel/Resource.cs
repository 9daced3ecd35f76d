namespace Aspire.Hosting.ApplicationModel;

/// <summary>The common part of all resources.</summary>
public abstract class Resource : IResource
{
    /// <summary>Creates a resource.</summary>
    protected Resource(string name)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        Name = name;
    }

    /// <inheritdoc />
    public virtual string Name { get; }

    /// <inheritdoc />
    public virtual ResourceAnnotationCollection Annotations { get; } = [];
}
