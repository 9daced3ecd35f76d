namespace Aspire.Hosting.ApplicationModel;

/// <summary>What a container sees at a path.</summary>
public enum ContainerMountType
{
    /// <summary>A file or folder of this machine.</summary>
    BindMount,

    /// <summary>Data that the container engine keeps.</summary>
    Volume,
}
