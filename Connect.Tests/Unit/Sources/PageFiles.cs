namespace Connect.Tests.Unit.Sources;

/// <summary>Saved pages: those of this repository, and real ones beside it where they exist.</summary>
internal static class PageFiles
{
    /// <summary>A page that was made up for these tests.</summary>
    public static string Read(string name) => File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Unit", "Sources", "Pages", name));

    /// <summary>A real file, which may not be part of the repository; see <see cref="Needed"/> for where it is absent.</summary>
    public static string ReadReal(string name)
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "Connect.sln")))
        {
            folder = folder.Parent;
        }

        var path = Path.Combine(folder?.Parent?.FullName ?? ".", "shared", "data", name);
        Needed.Have(File.Exists(path), "shared", $"The real file {name} is not kept beside the repository.");
        return File.ReadAllText(path);
    }
}
