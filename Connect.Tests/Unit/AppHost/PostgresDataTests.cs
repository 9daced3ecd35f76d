using System.Globalization;
using Connect.AppHost.Servers;
using Connect.AppHost.Servers.Postgres;

namespace Connect.Tests.Unit.AppHost;

public sealed class PostgresDataTests : IDisposable
{
    // Above the largest process number that Linux gives out.
    private const int NoProcess = 4_194_305;
    private const int Version = 15;

    private readonly string _root = Directory.CreateTempSubdirectory("connect-test-").FullName;

    private static CancellationToken CancellationToken => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(NoProcess)]
    [InlineData(0)]
    public async Task Process_file_is_removed_when_its_process_is_gone_or_another_program(int processId)
    {
        using var data = NewData();
        var file = Path.Combine(data.Folder, "postmaster.pid");
        await File.WriteAllTextAsync(
            file, string.Create(CultureInfo.InvariantCulture, $"{(processId == 0 ? Environment.ProcessId : processId)}\n{_root}\n"), CancellationToken);

        await data.OpenAsync(Version, CancellationToken);

        Assert.False(File.Exists(file));
    }

    [Fact]
    public async Task Second_user_of_the_folder_is_refused_until_the_first_is_gone()
    {
        using var second = NewData();
        using (var first = NewData())
        {
            await first.OpenAsync(Version, CancellationToken);

            var problem = await Assert.ThrowsAsync<EnvironmentProblemException>(() => second.OpenAsync(Version, CancellationToken));
            Assert.Contains("Another AppHost", problem.Message, StringComparison.Ordinal);
        }

        await second.OpenAsync(Version, CancellationToken);
    }

    [Fact]
    public async Task Folder_is_opened_again_when_its_server_is_restarted()
    {
        using var data = NewData();
        await data.OpenAsync(Version, CancellationToken);

        await data.OpenAsync(Version, CancellationToken);
    }

    [Fact]
    public async Task Password_is_kept_for_the_next_start_and_for_its_owner_only()
    {
        using var data = NewData();
        Assert.Null(PostgresData.ReadPassword(data.Folder));

        await data.KeepPasswordAsync("secret", CancellationToken);

        Assert.Equal("secret", PostgresData.ReadPassword(data.Folder));
        if (!OperatingSystem.IsWindows())
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(PostgresData.PasswordFile(data.Folder)));
        }
    }

    [Fact]
    public async Task Password_of_data_that_is_thrown_away_is_not_kept()
    {
        using var data = new PostgresData(Path.Combine(_root, "postgres"), isKept: false);

        await data.KeepPasswordAsync("secret", CancellationToken);

        Assert.Empty(Directory.EnumerateFiles(_root));
    }

    [Fact]
    public async Task Data_of_another_version_is_refused()
    {
        using var data = await NewMadeDataAsync();
        await data.KeepPasswordAsync("secret", CancellationToken);

        var problem = await Assert.ThrowsAsync<EnvironmentProblemException>(() => data.OpenAsync(Version + 2, CancellationToken));

        Assert.Contains($"was made by PostgreSQL {Version} and this machine has version {Version + 2}", problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Data_without_its_password_is_refused()
    {
        using var data = await NewMadeDataAsync();

        var problem = await Assert.ThrowsAsync<EnvironmentProblemException>(() => data.OpenAsync(Version, CancellationToken));

        Assert.Contains("has lost its password file", problem.Message, StringComparison.Ordinal);
        Assert.Equal(Version, data.MajorVersion);
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

    private async Task<PostgresData> NewMadeDataAsync()
    {
        var data = NewData();
        await File.WriteAllTextAsync(Path.Combine(data.Folder, "PG_VERSION"), $"{Version}\n", CancellationToken);
        return data;
    }
}
