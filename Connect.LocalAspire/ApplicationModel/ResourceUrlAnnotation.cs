namespace Aspire.Hosting.ApplicationModel;

/// <summary>An address to show for a resource.</summary>
public sealed class ResourceUrlAnnotation : IResourceAnnotation
{
    /// <summary>The address, absolute or relative to its endpoint.</summary>
    public required string Url { get; set; }

    /// <summary>The words to show for it.</summary>
    public string? DisplayText { get; set; }

    /// <summary>The endpoint that it belongs to.</summary>
    public EndpointReference? Endpoint { get; init; }
}
