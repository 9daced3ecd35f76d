namespace Connect.AppHost;

/// <summary>Settings that all service projects share.</summary>
internal static class ServiceProjects
{
    /// <summary>
    /// A service trusts forwarded headers only of configured proxies; the framework's own handling, which Aspire
    /// enables when publishing, would trust every sender. On this machine it uses plain HTTP, so that the dashboard
    /// does not warn of an unused certificate. It is started from its assembly, not by <c>dotnet run</c>, which would
    /// be one more process for each replica, evaluate the project first, and end later than the service. Exceptions are
    /// an IDE, which debugs projects, <c>dotnet watch</c>, and a missing assembly.
    /// </summary>
    public static IResourceBuilder<ProjectResource> AsService(this IResourceBuilder<ProjectResource> builder)
    {
        builder.DisableForwardedHeaders();
        var configuration = builder.ApplicationBuilder.Configuration;
        var project = builder.Resource.GetProjectMetadata().ProjectPath;
        if (!builder.ApplicationBuilder.ExecutionContext.IsRunMode)
        {
            return builder;
        }

#pragma warning disable ASPIRECERTIFICATES001 // For evaluation only; it is the one way to say that no certificate is used.
        builder.WithoutHttpsCertificate();
#pragma warning restore ASPIRECERTIFICATES001
        if (configuration["DEBUG_SESSION_PORT"] is not null
            || configuration["DOTNET_WATCH"] is not null
            || Find(AppContext.BaseDirectory, Path.GetFileNameWithoutExtension(project)) is not { } assembly)
        {
            return builder;
        }

        return builder
            .WithAnnotation(new ExecutableAnnotation { Command = Servers.SystemPrograms.Dotnet, WorkingDirectory = Path.GetDirectoryName(project)! })
            .WithArgs(assembly);
    }

    /// <summary>A project's built assembly, beside this program and in the same configuration; null if there is none.</summary>
    internal static string? Find(string ownFolder, string project)
    {
        var own = new DirectoryInfo(Path.TrimEndingDirectorySeparator(ownFolder));
        var assembly = Path.Combine(own.Parent?.Parent?.FullName ?? own.FullName, project, own.Name, project + ".dll");
        return File.Exists(assembly) ? assembly : null;
    }
}
