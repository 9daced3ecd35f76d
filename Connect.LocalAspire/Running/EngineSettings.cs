namespace Connect.LocalAspire.Running;

/// <summary>How one application is to be run.</summary>
/// <param name="AppHostFolder">The folder of the AppHost's project.</param>
/// <param name="IsTest">Random ports and no console: several applications run side by side.</param>
internal sealed record EngineSettings(string AppHostFolder, bool IsTest)
{
    /// <summary>The folder that holds the solution: where the tools are listed and the data is kept.</summary>
    public string RepositoryFolder { get; } = FindRepository(AppHostFolder);

    private static string FindRepository(string start)
    {
        for (var folder = new DirectoryInfo(start); folder is not null; folder = folder.Parent)
        {
            if (folder.EnumerateFiles("*.sln").Any() || folder.EnumerateFiles("*.slnx").Any())
            {
                return folder.FullName;
            }
        }

        return start;
    }
}
