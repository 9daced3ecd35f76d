using System.Globalization;
using Connect.LocalAspire.Running;
using Connect.LocalAspire.Servers;

namespace Connect.Tests.Unit.LocalAspire;

public sealed class PostgresDataTests : IDisposable
{
    // Above the largest process number that Linux gives out.
    private const int NoProcess = 4_194_305;

    private readonly string _root = Directory.CreateTempSubdirectory("connect-test-").FullName;

    private static CancellationToken CancellationToken => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Process_file_is_removed_when_its_process_is_gone()
    {
        using var data = NewData();
        var file = WriteProcessFile(NoProcess);

        await data.ClearStaleProcessAsync(CancellationToken);

        Assert.False(File.Exists(file));
    }

    [Fact]
    public async Task Process_file_is_removed_when_its_number_belongs_to_another_program()
    {
        using var data = NewData();
        var file = WriteProcessFile(Environment.ProcessId);

        await data.ClearStaleProcessAsync(CancellationToken);

        Assert.False(File.Exists(file));
    }

    [Fact]
    public void Second_user_of_the_folder_is_refused()
    {
        using var first = NewData();
        using var second = NewData();
        first.Lock();

        var problem = Assert.Throws<EnvironmentProblemException>(second.Lock);

        Assert.Contains("Another AppHost", problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Password_is_the_same_at_the_next_start()
    {
        using var data = NewData();
        Assert.Equal("first", await data.KeepPasswordAsync("first", CancellationToken));

        Assert.Equal("first", await data.KeepPasswordAsync("second", CancellationToken));
    }

    [Fact]
    public async Task Password_is_for_its_owner_only()
    {
        if (OperatingSystem.IsWindows())
        {
            Assert.Skip("Windows has no such file modes.");
            return;
        }

        using var data = NewData();
        await data.KeepPasswordAsync("secret", CancellationToken);

        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(data.Folder + ".password"));
    }

    [Fact]
    public async Task Data_without_its_password_is_refused()
    {
        using var data = NewData();
        await File.WriteAllTextAsync(Path.Combine(data.Folder, "PG_VERSION"), "15\n", CancellationToken);

        await Assert.ThrowsAsync<EnvironmentProblemException>(() => data.KeepPasswordAsync("new", CancellationToken));
        Assert.Equal(15, data.MajorVersion);
    }

    [Fact]
    public void Version_is_unknown_when_there_is_no_data()
    {
        using var data = NewData();

        Assert.Null(data.MajorVersion);
    }

    public void Dispose() => Directory.Delete(_root, recursive: true);

    private PostgresData NewData()
    {
        var folder = Directory.CreateDirectory(Path.Combine(_root, "postgres")).FullName;
        return new PostgresData(folder, isKept: true);
    }

    private string WriteProcessFile(int processId)
    {
        var file = Path.Combine(_root, "postgres", "postmaster.pid");
        File.WriteAllText(file, string.Create(CultureInfo.InvariantCulture, $"{processId}\n{_root}\n"));
        return file;
    }
}
