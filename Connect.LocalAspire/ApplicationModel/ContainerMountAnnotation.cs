namespace Aspire.Hosting.ApplicationModel;

/// <summary>Data of a server that outlives its runs.</summary>
public sealed class ContainerMountAnnotation : IResourceAnnotation
{
    internal ContainerMountAnnotation(string? source, string target)
    {
        Source = source;
        Target = target;
    }

    /// <summary>The volume's name.</summary>
    public string? Source { get; }

    /// <summary>Where the server finds it.</summary>
    public string Target { get; }
}
