using System.Diagnostics.CodeAnalysis;
using System.IO.Compression;
using System.Security.Cryptography;
using CliWrap;
using Connect.AppHost.Servers.Postgres;
using Connect.Testing.Servers;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace Connect.Tests.Distributed.AppHost;

/// <summary>
/// A Maven repository with archives of PostgreSQL's programs, laid out as zonkyio/embedded-postgres-binaries lays them out.
/// Version "good" leads to the programs of this machine; the checksum of "corrupt" is another archive's.
/// </summary>
internal static class PostgresArchive
{
    [SuppressMessage("Security", "CA5350", Justification = "The checksum that Maven repositories publish.")]
    public static async Task<WebApplication> ServeAsync(CancellationToken cancellationToken)
    {
        var archive = await MakeAsync(cancellationToken);
        var checksum = Convert.ToHexStringLower(SHA1.HashData(archive));
        var server = LoopbackServer.Create();
        var artifact = $"embedded-postgres-binaries-{PostgresDownload.Platform()}";
        foreach (var version in (string[])["good", "corrupt"])
        {
            var path = $"/io/zonky/test/postgres/{artifact}/{version}/{artifact}-{version}.jar";
            server.MapGet(path, () => Results.Bytes(archive));
            server.MapGet(path + ".sha1", () => version == "good" ? checksum : new string('0', checksum.Length));
        }

        await server.StartAsync(cancellationToken);
        return server;
    }

    private static async Task<byte[]> MakeAsync(CancellationToken cancellationToken)
    {
        var installed = (await PostgresLocator.ForThisMachine().FindAsync(wantedMajor: null, cancellationToken))!;
        var root = Directory.CreateTempSubdirectory("connect-test-");
        try
        {
            var bin = root.CreateSubdirectory("bin").FullName;
            WriteProgram(bin, installed.Postgres);
            WriteProgram(bin, installed.InitDb);
            await Cli.Wrap("tar").WithArguments(["-cJf", "programs.txz", "bin"]).WithWorkingDirectory(root.FullName).ExecuteAsync(cancellationToken);
            var jar = Path.Combine(root.FullName, "programs.jar");
            await using (var zip = await ZipFile.OpenAsync(jar, ZipArchiveMode.Create, cancellationToken))
            {
                await zip.CreateEntryFromFileAsync(Path.Combine(root.FullName, "programs.txz"), "postgres.txz", cancellationToken);
            }

            return await File.ReadAllBytesAsync(jar, cancellationToken);
        }
        finally
        {
            root.Delete(recursive: true);
        }
    }

    private static void WriteProgram(string folder, string program)
    {
        if (OperatingSystem.IsWindows())
        {
            Assert.Skip("The archive of this test holds shell scripts.");
            return;
        }

        var file = Path.Combine(folder, Path.GetFileName(program));
        File.WriteAllText(file, $"#!/bin/sh\nexec {program} \"$@\"\n");
        File.SetUnixFileMode(
            file,
            UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute | UnixFileMode.GroupRead | UnixFileMode.GroupExecute
                | UnixFileMode.OtherRead | UnixFileMode.OtherExecute);
    }
}
