namespace Aspire.Hosting.ApplicationModel;

/// <summary>Data of a server that outlives its runs, or files of this machine that it reads.</summary>
public sealed class ContainerMountAnnotation : IResourceAnnotation
{
    internal ContainerMountAnnotation(string? source, string target, ContainerMountType type, bool isReadOnly)
    {
        Source = source;
        Target = target;
        Type = type;
        IsReadOnly = isReadOnly;
    }

    /// <summary>The volume's name, or the path on this machine.</summary>
    public string? Source { get; }

    /// <summary>Where the server finds it.</summary>
    public string Target { get; }

    /// <summary>What it is.</summary>
    public ContainerMountType Type { get; }

    /// <summary>Whether the server may only read.</summary>
    public bool IsReadOnly { get; }
}
