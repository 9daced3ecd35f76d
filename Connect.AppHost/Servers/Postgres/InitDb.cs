using CliWrap;
using CliWrap.Buffered;

namespace Connect.AppHost.Servers.Postgres;

/// <summary>Makes the data folder of a server.</summary>
/// <param name="installation">The server's programs.</param>
/// <param name="user">The user that they run as; null for this process's own.</param>
internal sealed class InitDb(PostgresInstallation installation, UnprivilegedUser? user)
{
    /// <summary>Creates it under another name first, so that after an interruption half a folder is not taken for a database.</summary>
    /// <exception cref="DistributedApplicationException">It failed; the message is the program's output.</exception>
    public async Task CreateAsync(PostgresData data, string userName, string password, CancellationToken cancellationToken)
    {
        var folder = data.Folder + ".new";
        var passwordFile = folder + ".password";
        try
        {
            if (Directory.Exists(folder))
            {
                Directory.Delete(folder, recursive: true);
            }

            Directory.CreateDirectory(folder);
            await PrivateFile.WriteAsync(passwordFile, password + "\n", cancellationToken).ConfigureAwait(false);
            await TakeOverAsync(folder, cancellationToken).ConfigureAwait(false);
            await TakeOverAsync(passwordFile, cancellationToken).ConfigureAwait(false);
            await RunAsync(folder, userName, passwordFile, cancellationToken).ConfigureAwait(false);

            // The password first: a folder without its password is lost.
            await data.KeepPasswordAsync(password, cancellationToken).ConfigureAwait(false);
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

    private async Task RunAsync(string folder, string userName, string passwordFile, CancellationToken cancellationToken)
    {
        string[] arguments =
        [
            "-D", folder, "-U", userName, "--auth=scram-sha-256", $"--pwfile={passwordFile}", "--encoding=UTF8",
            OperatingSystem.IsLinux() ? "--locale=C.UTF-8" : "--no-locale", "--no-sync",
        ];
        var (fileName, wrapped) = user?.Wrap(installation.InitDb, arguments) ?? (installation.InitDb, arguments);
        var result = await Cli.Wrap(fileName)
            .WithArguments(wrapped)
            .WithWorkingDirectory(folder)
            .WithValidation(CommandResultValidation.None)
            .ExecuteBufferedAsync(cancellationToken)
            .ConfigureAwait(false);
        if (result.ExitCode != 0)
        {
            throw new DistributedApplicationException($"initdb failed: {result.StandardError.Trim()}");
        }
    }

    private Task TakeOverAsync(string path, CancellationToken cancellationToken) =>
        user?.TakeOverAsync(path, cancellationToken) ?? Task.CompletedTask;
}
