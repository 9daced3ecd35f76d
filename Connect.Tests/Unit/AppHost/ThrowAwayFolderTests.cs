using Connect.AppHost.Servers;

namespace Connect.Tests.Unit.AppHost;

public sealed class ThrowAwayFolderTests : IDisposable
{
    private readonly string _root = Directory.CreateTempSubdirectory("connect-test-").FullName;

    [Fact]
    public void Folder_is_gone_with_its_run()
    {
        using (var folder = new ThrowAwayFolder(_root))
        {
            File.WriteAllText(Path.Combine(folder.Subfolder("redis"), "redis.conf"), "");
            Assert.NotEmpty(Directory.EnumerateDirectories(_root));
        }

        Assert.Empty(Directory.EnumerateFileSystemEntries(_root));
    }

    [Fact]
    public void Folder_of_a_killed_run_is_removed_by_the_next_and_one_in_use_is_not()
    {
        var left = Directory.CreateDirectory(Path.Combine(_root, "connect-left")).FullName;
        File.WriteAllText(Path.Combine(left, ".lock"), "");
        var foreign = Directory.CreateDirectory(Path.Combine(_root, "connect-foreign")).FullName;
        using var used = new ThrowAwayFolder(_root);
        var inUse = used.Subfolder("postgres");

        using var next = new ThrowAwayFolder(_root);
        next.Subfolder("postgres");

        Assert.False(Directory.Exists(left));
        Assert.True(Directory.Exists(foreign));
        Assert.True(Directory.Exists(inUse));
    }

    public void Dispose() => Directory.Delete(_root, recursive: true);
}
