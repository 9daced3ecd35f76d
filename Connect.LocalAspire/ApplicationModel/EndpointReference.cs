namespace Aspire.Hosting.ApplicationModel;

/// <summary>Names an endpoint of a resource.</summary>
public class EndpointReference : IManifestExpressionProvider, IValueProvider
{
    internal EndpointReference(IResourceWithEndpoints owner, string endpointName)
    {
        Resource = owner;
        EndpointName = endpointName;
    }

    /// <summary>The resource that listens.</summary>
    public IResourceWithEndpoints Resource { get; }

    /// <summary>The endpoint's name.</summary>
    public string EndpointName { get; }

    /// <summary>The address of the running endpoint.</summary>
    public string Url => Annotation.AllocatedPort is { } port
        ? $"{Annotation.UriScheme}://localhost:{port}"
        : throw new InvalidOperationException($"The endpoint '{EndpointName}' of '{Resource.Name}' has no port yet.");

    /// <inheritdoc />
    string IManifestExpressionProvider.ValueExpression => $"{{{Resource.Name}.bindings.{EndpointName}.url}}";

    internal EndpointAnnotation Annotation =>
        Resource.Annotations.OfType<EndpointAnnotation>()
            .FirstOrDefault(endpoint => string.Equals(endpoint.Name, EndpointName, StringComparison.OrdinalIgnoreCase))
        ?? throw new DistributedApplicationException($"The resource '{Resource.Name}' has no endpoint named '{EndpointName}'.");

    /// <inheritdoc />
    async ValueTask<string?> IValueProvider.GetValueAsync(CancellationToken cancellationToken)
    {
        await Annotation.AllocatedPortAsync(cancellationToken).ConfigureAwait(false);
        return Url;
    }
}
