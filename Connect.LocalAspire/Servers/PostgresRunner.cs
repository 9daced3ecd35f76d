using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using CliWrap;
using CliWrap.Buffered;
using Connect.LocalAspire.Running;

namespace Connect.LocalAspire.Servers;

/// <summary>Runs a PostgreSQL server on a folder that is kept where the AppHost asked for a volume, and thrown away where not.</summary>
internal sealed class PostgresRunner(PostgresServerResource server, EngineContext engine)
    : ServerRunner(server, server.Endpoint, engine), IDisposable
{
    private PostgresInstallation? _installation;
    private UnprivilegedUser? _user;
    private PostgresData? _data;

    public override async Task PrepareAsync(CancellationToken cancellationToken)
    {
        _user = UnprivilegedUser.Needed();
        var volume = server.Annotations.OfType<ContainerMountAnnotation>().LastOrDefault()?.Source;
        _data = volume is null
            ? new PostgresData(Path.Combine(Engine.Temp.Subfolder(server.Name), "data"), isKept: false)
            : new PostgresData(await VolumeFolderAsync(volume, cancellationToken).ConfigureAwait(false), isKept: true);
        var locator = PostgresLocator.ForThisMachine();
        _installation = await locator.FindAsync(_data.MajorVersion, cancellationToken).ConfigureAwait(false)
            ?? throw new EnvironmentProblemException($"PostgreSQL was not found: install it with '{InstallCommands.Postgres}'.");
        if (_data.IsKept)
        {
            _data.Lock();
            await _data.ClearStaleProcessAsync(cancellationToken).ConfigureAwait(false);
            if (_data.MajorVersion is { } made && made != _installation.MajorVersion)
            {
                throw new EnvironmentProblemException(
                    $"The database in {_data.Folder} was made by PostgreSQL {made} and this machine has version {_installation.MajorVersion}: install version {made} or remove the folder.");
            }

            server.StoredPassword = await _data.KeepPasswordAsync(server.StoredPassword, cancellationToken).ConfigureAwait(false);
        }

        await base.PrepareAsync(cancellationToken).ConfigureAwait(false);
    }

    public void Dispose() => _data?.Dispose();

    protected override async ValueTask<ProcessSpec> DescribeAsync(CancellationToken cancellationToken)
    {
        var (installation, data) = (_installation!, _data!);
        await InitializeAsync(installation, data, cancellationToken).ConfigureAwait(false);
        var port = await server.Endpoint.AllocatedPortAsync(cancellationToken).ConfigureAwait(false);
        List<string> arguments =
        [
            "-D", data.Folder,
            "-p", port.ToString(CultureInfo.InvariantCulture),
            "-c", "listen_addresses=127.0.0.1",
            "-c", "unix_socket_directories=",
            "-c", "max_connections=200",
            "-c", "log_checkpoints=off",
            .. data.IsKept ? (IEnumerable<string>)[] : ["-c", "fsync=off", "-c", "synchronous_commit=off", "-c", "full_page_writes=off"],
            .. server.Annotations.OfType<ArgumentsAnnotation>().SelectMany(annotation => annotation.Arguments),
        ];
        var (fileName, wrapped) = AsServerUser(installation.Postgres, arguments);
        return new ProcessSpec
        {
            Name = server.Name,
            FileName = fileName,
            Arguments = wrapped,
            WorkingDirectory = data.Folder,
            StopSignal = UnixSignal.Interrupt,
        };
    }

    private async Task InitializeAsync(PostgresInstallation installation, PostgresData data, CancellationToken cancellationToken)
    {
        if (data.MajorVersion is not null)
        {
            return;
        }

        // Made under another name: whatever interrupts this, a half-made folder is never taken for a database.
        var folder = data.Folder + ".new";
        var passwordFile = folder + ".password";
        try
        {
            if (Directory.Exists(folder))
            {
                Directory.Delete(folder, recursive: true);
            }

            Directory.CreateDirectory(folder);
            await PrivateFile.WriteAsync(passwordFile, server.Password + "\n", cancellationToken).ConfigureAwait(false);
            if (_user is not null)
            {
                await _user.TakeOverAsync(folder, cancellationToken).ConfigureAwait(false);
                await _user.TakeOverAsync(passwordFile, cancellationToken).ConfigureAwait(false);
            }

            var (fileName, arguments) = AsServerUser(
                installation.InitDb,
                [
                    "-D", folder, "-U", server.UserName, "--auth=scram-sha-256", $"--pwfile={passwordFile}", "--encoding=UTF8",
                    OperatingSystem.IsLinux() ? "--locale=C.UTF-8" : "--no-locale", "--no-sync",
                ]);
            var result = await Cli.Wrap(fileName)
                .WithArguments(arguments)
                .WithWorkingDirectory(folder)
                .WithValidation(CommandResultValidation.None)
                .ExecuteBufferedAsync(cancellationToken)
                .ConfigureAwait(false);
            if (result.ExitCode != 0)
            {
                throw new DistributedApplicationException($"initdb failed: {result.StandardError.Trim()}");
            }

            if (Directory.Exists(data.Folder))
            {
                Directory.Delete(data.Folder);
            }

            Directory.Move(folder, data.Folder);
        }
        finally
        {
            File.Delete(passwordFile);
        }
    }

    /// <summary>The data lies in the repository, unless the server's user cannot get there.</summary>
    private async Task<string> VolumeFolderAsync(string volume, CancellationToken cancellationToken)
    {
        var repository = Engine.Settings.RepositoryFolder;
        var folder = Path.Combine(repository, ".connect", volume);
        if (_user is null || await IsUsableAsync(_user, folder, cancellationToken).ConfigureAwait(false))
        {
            return folder;
        }

        var hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(repository)))[..10];
        var elsewhere = Path.Combine("/var/tmp", $"connect-{hash}", volume);
        Engine.Logs.Write(server.Name, $"the user '{_user.Name}' cannot reach {folder}; the data is kept in {elsewhere}");
        return await IsUsableAsync(_user, elsewhere, cancellationToken).ConfigureAwait(false)
            ? elsewhere
            : throw new EnvironmentProblemException($"The user '{_user.Name}', which PostgreSQL runs as, can write neither to {folder} nor to {elsewhere}.");
    }

    private static async Task<bool> IsUsableAsync(UnprivilegedUser user, string folder, CancellationToken cancellationToken)
    {
        var isNew = !Directory.Exists(folder);
        Directory.CreateDirectory(folder);
        await user.TakeOverAsync(folder, cancellationToken).ConfigureAwait(false);
        if (await user.CanWriteAsync(folder, cancellationToken).ConfigureAwait(false))
        {
            return true;
        }

        if (isNew)
        {
            Directory.Delete(folder);
        }

        return false;
    }

    private (string FileName, IReadOnlyList<string> Arguments) AsServerUser(string fileName, IReadOnlyList<string> arguments) =>
        _user is null ? (fileName, arguments) : _user.Wrap(fileName, arguments);
}
