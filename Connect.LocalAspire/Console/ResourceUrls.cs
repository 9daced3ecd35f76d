using Aspire.Hosting.ApplicationModel;

namespace Connect.LocalAspire.Console;

/// <summary>The addresses to show for a resource, with the words for them.</summary>
internal static class ResourceUrls
{
    public static IReadOnlyList<(string Text, string Url)> Of(IResource resource)
    {
        if (resource is not IResourceWithEndpoints owner)
        {
            return [];
        }

        var urls = new List<(string Text, string Url)>();
        foreach (var endpoint in resource.Annotations.OfType<EndpointAnnotation>().Where(item => item.AllocatedPort is not null))
        {
            var reference = new EndpointReference(owner, endpoint.Name);
            var main = new ResourceUrlAnnotation { Url = reference.Url, Endpoint = reference };
            var rules = resource.Annotations.OfType<EndpointUrlAnnotation>().Where(item => item.EndpointName == endpoint.Name).ToList();
            foreach (var rule in rules)
            {
                rule.Change?.Invoke(main);
            }

            urls.Add(Show(main, reference));
            urls.AddRange(rules.Where(rule => rule.Add is not null).Select(rule => Show(rule.Add!(reference), reference)));
        }

        return urls;
    }

    private static (string Text, string Url) Show(ResourceUrlAnnotation url, EndpointReference endpoint) =>
        (url.DisplayText ?? "", url.Url.StartsWith('/') ? endpoint.Url + url.Url : url.Url);
}
