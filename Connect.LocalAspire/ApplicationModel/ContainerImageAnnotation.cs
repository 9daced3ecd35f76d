namespace Aspire.Hosting.ApplicationModel;

/// <summary>The image of a container.</summary>
public sealed class ContainerImageAnnotation : IResourceAnnotation
{
    /// <summary>The image.</summary>
    public required string Image { get; set; }

    /// <summary>Its version.</summary>
    public string? Tag { get; set; }
}
