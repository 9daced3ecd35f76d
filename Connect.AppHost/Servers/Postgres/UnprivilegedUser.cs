using CliWrap;

namespace Connect.AppHost.Servers.Postgres;

/// <summary>The user that PostgreSQL runs as when this process is root's: it refuses to be root.</summary>
internal sealed record UnprivilegedUser(string Name, string UserId, string GroupId)
{
    private static readonly string[] Candidates = ["postgres", "nobody"];

    /// <summary>Null where this process is not root's.</summary>
    public static UnprivilegedUser? Needed()
    {
        if (OperatingSystem.IsWindows() || !Environment.IsPrivilegedProcess)
        {
            return null;
        }

        return Find(File.ReadAllLines("/etc/passwd"))
            ?? throw new EnvironmentProblemException(
                "PostgreSQL does not run as root and there is no user 'postgres' or 'nobody' to run it: start the AppHost as an ordinary user.");
    }

    internal static UnprivilegedUser? Find(IReadOnlyList<string> accounts) =>
        Candidates
            .Select(name => accounts.Select(line => line.Split(':')).FirstOrDefault(fields => fields.Length > 3 && fields[0] == name))
            .Where(fields => fields is not null)
            .Select(fields => new UnprivilegedUser(fields![0], fields[2], fields[3]))
            .FirstOrDefault();

    /// <summary>The command that runs another one as this user, in the same process.</summary>
    public (string FileName, IReadOnlyList<string> Arguments) Wrap(string fileName, IReadOnlyList<string> arguments)
    {
        if (SystemPrograms.Find("setpriv") is { } setPriv)
        {
            return (setPriv, ["--reuid", UserId, "--regid", GroupId, "--clear-groups", "--", fileName, .. arguments]);
        }

        if (SystemPrograms.Find("runuser") is { } runUser)
        {
            return (runUser, ["-u", Name, "--", fileName, .. arguments]);
        }

        throw new EnvironmentProblemException(
            "PostgreSQL does not run as root and neither 'setpriv' nor 'runuser' is there to change the user: install util-linux or start the AppHost as an ordinary user.");
    }

    public Task TakeOverAsync(string folder, CancellationToken cancellationToken) =>
        Cli.Wrap("chown").WithArguments(["-R", $"{UserId}:{GroupId}", folder]).ExecuteAsync(cancellationToken);

    /// <summary>Gives this user a folder, made where there is none; false where the user cannot get to it.</summary>
    public async Task<bool> TryTakeOverAsync(string folder, CancellationToken cancellationToken)
    {
        var isNew = !Directory.Exists(folder);
        Directory.CreateDirectory(folder);
        await TakeOverAsync(folder, cancellationToken).ConfigureAwait(false);
        var (fileName, arguments) = Wrap("/bin/sh", ["-c", "test -w \"$0\" && test -x \"$0\"", folder]);
        var result = await Cli.Wrap(fileName)
            .WithArguments(arguments)
            .WithWorkingDirectory("/")
            .WithValidation(CommandResultValidation.None)
            .ExecuteAsync(cancellationToken)
            .ConfigureAwait(false);
        if (result.ExitCode != 0 && isNew)
        {
            Directory.Delete(folder);
        }

        return result.ExitCode == 0;
    }
}
