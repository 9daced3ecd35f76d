namespace Aspire.Hosting.ApplicationModel;

/// <summary>The application as it was described.</summary>
public class DistributedApplicationModel
{
    internal DistributedApplicationModel(IResourceCollection resources) => Resources = resources;

    /// <summary>The resources.</summary>
    public IResourceCollection Resources { get; }

    internal IResource Find(string name) =>
        Resources.FirstOrDefault(resource => string.Equals(resource.Name, name, StringComparison.OrdinalIgnoreCase))
        ?? throw new ArgumentException($"There is no resource named '{name}'.", nameof(name));
}
