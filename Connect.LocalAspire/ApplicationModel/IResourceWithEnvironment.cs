namespace Aspire.Hosting.ApplicationModel;

/// <summary>A resource whose process has environment variables.</summary>
public interface IResourceWithEnvironment : IResource;
