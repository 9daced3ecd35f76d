namespace Connect.AppHost;

/// <summary>What the projects have in common.</summary>
internal static class ServiceProjects
{
    /// <summary>
    /// Wherever it runs, a service believes forwarded headers only of the proxies that it is told of: with the framework's own
    /// handling, which Aspire turns on in what is published, it would believe everybody. On this machine it speaks plain HTTP,
    /// so that the dashboard does not complain of a certificate that nothing uses, and is started from the built assembly
    /// instead of by <c>dotnet run</c>, which is a process more for each replica, evaluates the project before it starts, and
    /// ends later than what it has started. Not under an IDE, which debugs projects, nor under <c>dotnet watch</c>, nor where
    /// the assembly is not found.
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

    /// <summary>Where a project was built, beside this program and in the same configuration; null where it was not.</summary>
    internal static string? Find(string ownFolder, string project)
    {
        var own = new DirectoryInfo(Path.TrimEndingDirectorySeparator(ownFolder));
        var assembly = Path.Combine(own.Parent?.Parent?.FullName ?? own.FullName, project, own.Name, project + ".dll");
        return File.Exists(assembly) ? assembly : null;
    }
}
