namespace Aspire.Hosting.ApplicationModel;

/// <summary>Changes, or adds to, the addresses shown for one endpoint.</summary>
internal sealed class EndpointUrlAnnotation(string endpointName) : IResourceAnnotation
{
    public string EndpointName { get; } = endpointName;

    public Action<ResourceUrlAnnotation>? Change { get; init; }

    public Func<EndpointReference, ResourceUrlAnnotation>? Add { get; init; }
}
