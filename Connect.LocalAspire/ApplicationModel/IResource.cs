namespace Aspire.Hosting.ApplicationModel;

/// <summary>A part of the application: a server, a project, a parameter.</summary>
public interface IResource
{
    /// <summary>The name, unique in the application.</summary>
    string Name { get; }

    /// <summary>What has been said about the resource.</summary>
    ResourceAnnotationCollection Annotations { get; }
}
