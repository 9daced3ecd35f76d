using Connect.AppHost.Servers.Postgres;

namespace Connect.Tests.Unit.AppHost;

public sealed class PostgresLocatorTests : IDisposable
{
    private readonly string _root = Directory.CreateTempSubdirectory("connect-test-").FullName;

    [Fact]
    public void Newest_comes_first_when_several_are_installed()
    {
        var locator = new PostgresLocator([], [Path.Combine(_root, "*", "bin")]);
        Install("9");
        Install("15");
        Install("18");

        Assert.Equal(["18", "15", "9"], locator.BinFolders().Select(folder => Path.GetFileName(Path.GetDirectoryName(folder))));
    }

    [Fact]
    public void Path_wins_over_the_usual_places()
    {
        Install("18");
        var onPath = Install("own");

        var locator = new PostgresLocator([onPath], [Path.Combine(_root, "1*", "bin")]);

        Assert.Equal(onPath, locator.BinFolders()[0]);
    }

    [Fact]
    public void Folder_is_passed_over_when_initdb_is_missing()
    {
        var folder = Install("15");
        foreach (var file in Directory.GetFiles(folder, "initdb*"))
        {
            File.Delete(file);
        }

        Assert.Empty(new PostgresLocator([folder], []).BinFolders());
    }

    [Theory]
    [InlineData("postgres (PostgreSQL) 15.18 (Debian 15.18-0+deb12u1)", 15)]
    [InlineData("postgres (PostgreSQL) 18beta1", 18)]
    [InlineData("bash: postgres: command not found", null)]
    public void Major_version_is_read_from_what_the_server_says(string output, int? major) =>
        Assert.Equal(major, PostgresLocator.ParseMajor(output));

    public void Dispose() => Directory.Delete(_root, recursive: true);

    private string Install(string version)
    {
        var folder = Directory.CreateDirectory(Path.Combine(_root, version, "bin")).FullName;
        var installation = new PostgresInstallation(folder, 0);
        File.WriteAllText(installation.Postgres, "");
        File.WriteAllText(installation.InitDb, "");
        return folder;
    }
}
