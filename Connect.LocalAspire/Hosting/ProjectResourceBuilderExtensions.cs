using Aspire.Hosting.ApplicationModel;
using Connect.LocalAspire.Running;

namespace Aspire.Hosting;

/// <summary>Adds projects.</summary>
public static class ProjectResourceBuilderExtensions
{
    /// <summary>Adds a project of the solution, with the endpoint that its launch profile names.</summary>
    public static IResourceBuilder<ProjectResource> AddProject<TProject>(this IDistributedApplicationBuilder builder, string name)
        where TProject : IProjectMetadata, new()
    {
        ArgumentNullException.ThrowIfNull(builder);
        var metadata = new TProject();
        var profile = LaunchProfile.Read(metadata.ProjectPath);
        var project = builder.AddResource(new ProjectResource(name))
            .WithAnnotation(metadata)
            .WithAnnotation(profile);
        if (profile.HttpPort is { } port)
        {
            project.WithAnnotation(new EndpointAnnotation("http", "http", port));
        }

        return project;
    }

    /// <summary>Runs a project in several processes behind one address.</summary>
    public static IResourceBuilder<ProjectResource> WithReplicas(this IResourceBuilder<ProjectResource> builder, int replicas)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentOutOfRangeException.ThrowIfLessThan(replicas, 1);
        return builder.WithAnnotation(new ReplicaAnnotation(replicas), ResourceAnnotationMutationBehavior.Replace);
    }
}
