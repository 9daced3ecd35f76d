using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Connect.AppHost.Servers.Postgres;

/// <summary>
/// Starts a PostgreSQL server on this machine: finds the program, the user and the folder, and creates the data if
/// there is none. It does so at every start of the resource, so that a restart uses a repaired installation.
/// </summary>
internal sealed partial class PostgresLaunch(PostgresProgramResource server, PostgresOptions options) : IDisposable
{
    private static readonly string Wrapper = Path.Combine(AppContext.BaseDirectory, "Servers", "Postgres", "run-postgres.sh");

    private PostgresInstallation? _installation;
    private UnprivilegedUser? _user;
    private PostgresData? _data;

    /// <exception cref="EnvironmentProblemException">The server cannot run here; the message says what to do.</exception>
    public async Task PrepareAsync(IServiceProvider services, ILogger log, CancellationToken cancellationToken)
    {
        _user = UnprivilegedUser.Needed();
        _data ??= server.DataFolder is { } wanted
            ? new PostgresData(await UsableFolderAsync(wanted, log, cancellationToken).ConfigureAwait(false), isKept: true)
            : new PostgresData(Path.Combine(services.GetRequiredService<ThrowAwayFolder>().Subfolder(server.Name), "data"), isKept: false);
        _installation = await FindAsync(_data.MajorVersion, log, cancellationToken).ConfigureAwait(false);
        await _data.OpenAsync(_installation.MajorVersion, cancellationToken).ConfigureAwait(false);
        if (_data.MajorVersion is null)
        {
            var password = await server.PasswordParameter.GetValueAsync(cancellationToken).ConfigureAwait(false);
            await new InitDb(_installation, _user).CreateAsync(_data, PostgresProgramResource.UserName, password!, cancellationToken).ConfigureAwait(false);
        }

        var program = server.Annotations.OfType<ExecutableAnnotation>().Single();
        program.Command = OperatingSystem.IsWindows() ? _installation.Postgres : "/bin/sh";
        program.WorkingDirectory = _data.Folder;
    }

    /// <summary>No password among them: arguments are everybody's to read.</summary>
    public void AddArguments(CommandLineArgsCallbackContext context)
    {
        var (installation, data) = (_installation!, _data!);
        if (!OperatingSystem.IsWindows())
        {
            var (fileName, before) = _user?.Wrap(installation.Postgres, []) ?? (installation.Postgres, []);
            foreach (var argument in (IEnumerable<string>)[Wrapper, fileName, .. before])
            {
                context.Args.Add(argument);
            }
        }

        context.Args.Add("-D");
        context.Args.Add(data.Folder);
        context.Args.Add("-p");
        context.Args.Add(server.PrimaryEndpoint.Property(EndpointProperty.TargetPort));
        foreach (var setting in Settings(data.IsKept))
        {
            context.Args.Add("-c");
            context.Args.Add(setting);
        }
    }

    public void Dispose() => _data?.Dispose();

    /// <summary>
    /// Data for one run need not survive a crash of the machine. When the server is killed, its dynamic shared memory must go with the
    /// data's folder: POSIX segments stay until the next start on the same data, which never comes.
    /// </summary>
    private static IEnumerable<string> Settings(bool isKept) =>
    [
        "listen_addresses=127.0.0.1", "unix_socket_directories=", "max_connections=200", "log_checkpoints=off",
        .. isKept ? (string[])[] : ["fsync=off", "synchronous_commit=off", "full_page_writes=off"],
        .. isKept || OperatingSystem.IsWindows() ? (string[])[] : ["dynamic_shared_memory_type=mmap"],
    ];

    private async Task<PostgresInstallation> FindAsync(int? madeBy, ILogger log, CancellationToken cancellationToken)
    {
        var download = new PostgresDownload(options.Download);
        var locator = options.BinFolder is { } folder ? new PostgresLocator([folder], [], download.BinFolder) : PostgresLocator.ForThisMachine(download.BinFolder);
        return await locator.FindAsync(madeBy, cancellationToken).ConfigureAwait(false)
            ?? await download.FetchAsync(log, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>The wanted folder, unless the server's user cannot get there.</summary>
    private async Task<string> UsableFolderAsync(string wanted, ILogger log, CancellationToken cancellationToken)
    {
        if (_user is null || await _user.TryTakeOverAsync(wanted, cancellationToken).ConfigureAwait(false))
        {
            return wanted;
        }

        var elsewhere = PostgresData.Elsewhere(wanted);
        Log.KeptElsewhere(log, _user.Name, wanted, elsewhere);
        return await _user.TryTakeOverAsync(elsewhere, cancellationToken).ConfigureAwait(false)
            ? elsewhere
            : throw new EnvironmentProblemException(
                $"The user '{_user.Name}', which PostgreSQL runs as, can write neither to {wanted} nor to {elsewhere}.");
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Information, "The user '{User}' cannot reach {Folder}; the data is kept in {Elsewhere}.")]
        public static partial void KeptElsewhere(ILogger logger, string user, string folder, string elsewhere);
    }
}
