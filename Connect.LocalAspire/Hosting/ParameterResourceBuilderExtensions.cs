using Aspire.Hosting.ApplicationModel;
using Connect.LocalAspire.Running;

namespace Aspire.Hosting;

/// <summary>Adds parameters.</summary>
public static class ParameterResourceBuilderExtensions
{
    /// <summary>Adds a parameter whose value is the configuration's <c>Parameters:name</c>.</summary>
    public static IResourceBuilder<ParameterResource> AddParameter(
        this IDistributedApplicationBuilder builder, string name, bool secret = false)
    {
        ArgumentNullException.ThrowIfNull(builder);
        var configuration = builder.Configuration;
        return builder.AddResource(new ParameterResource(
            name,
            () => configuration[$"Parameters:{name}"]
                ?? configuration[$"Parameters:{name.Replace('-', '_')}"]
                ?? throw new EnvironmentProblemException(
                    $"The parameter '{name}' has no value: set Parameters:{name} in the configuration or Parameters__{name.Replace('-', '_')} in the environment."),
            secret));
    }
}
