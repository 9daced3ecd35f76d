using System.Diagnostics.CodeAnalysis;
using System.Formats.Tar;
using System.IO.Compression;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using Microsoft.Extensions.Logging;
using SharpCompress.Compressors.Xz;

namespace Connect.AppHost.Servers.Postgres;

/// <summary>
/// PostgreSQL's programs for a machine that has none, fetched once: the archives that
/// zonkyio/embedded-postgres-binaries publishes for each platform in Maven's central repository (a jar that holds one
/// .txz).
/// </summary>
internal sealed partial class PostgresDownload(PostgresOptions.DownloadOptions options)
{
    private const int ProgressPercent = 20;
    private static readonly TimeSpan Timeout = TimeSpan.FromMinutes(5);

    /// <summary>The folder of the programs once they are downloaded.</summary>
    public string BinFolder => Path.Combine(Target, "bin");

    private string Target => Path.Combine(options.Folder, $"{options.Version}-{Platform()}");

    /// <summary>Downloads the programs.</summary>
    /// <exception cref="EnvironmentProblemException">They cannot be downloaded; the message says how to install them.</exception>
    public async Task<PostgresInstallation> FetchAsync(ILogger log, CancellationToken cancellationToken)
    {
        if (!options.Enabled)
        {
            throw Missing("downloading it is turned off");
        }

        try
        {
            Directory.CreateDirectory(options.Folder);
            var archive = await DownloadAsync(log, cancellationToken).ConfigureAwait(false);
            try
            {
                await UnpackAsync(archive, cancellationToken).ConfigureAwait(false);
            }
            finally
            {
                File.Delete(archive);
            }
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
        {
            // After any failure of network, disk or archive, the message tells how to install PostgreSQL by hand.
            throw Missing($"it could not be downloaded ({exception.Message})");
        }

        Log.Fetched(log, options.Version, Target);
        return await new PostgresLocator([BinFolder], []).FindAsync(wantedMajor: null, cancellationToken).ConfigureAwait(false)
            ?? throw Missing("the downloaded programs do not run here");
    }

    /// <summary>The platform as the archives are named: linux-amd64, darwin-arm64v8, windows-amd64, linux-amd64-alpine.</summary>
    internal static string Platform()
    {
        var system = OperatingSystem.IsWindows() ? "windows" : OperatingSystem.IsMacOS() ? "darwin" : "linux";
        var processor = RuntimeInformation.OSArchitecture == Architecture.Arm64 ? "arm64v8" : "amd64";
        return RuntimeInformation.RuntimeIdentifier.Contains("musl", StringComparison.Ordinal)
            || RuntimeInformation.RuntimeIdentifier.StartsWith("alpine", StringComparison.Ordinal)
            ? $"{system}-{processor}-alpine"
            : $"{system}-{processor}";
    }

    private static EnvironmentProblemException Missing(string reason) =>
        new($"PostgreSQL was not found and {reason}: install it with '{InstallCommands.Postgres}'.");

    private async Task<string> DownloadAsync(ILogger log, CancellationToken cancellationToken)
    {
        var artifact = $"embedded-postgres-binaries-{Platform()}";
        var address = new Uri(
            options.Repository, $"io/zonky/test/postgres/{artifact}/{options.Version}/{artifact}-{options.Version}.jar");
        using var http = new HttpClient { Timeout = Timeout };
        var expected = (await http.GetStringAsync(new Uri(address + ".sha1"), cancellationToken).ConfigureAwait(false)).Trim();
        using var answer = await http.GetAsync(address, HttpCompletionOption.ResponseHeadersRead, cancellationToken).ConfigureAwait(false);
        answer.EnsureSuccessStatusCode();
        Log.Downloading(log, address);
        var file = Path.Combine(options.Folder, Path.GetRandomFileName());
        var actual = await SaveAsync(answer.Content, file, log, cancellationToken).ConfigureAwait(false);
        if (!string.Equals(actual, expected, StringComparison.OrdinalIgnoreCase))
        {
            File.Delete(file);
            throw new InvalidDataException($"{address} has the checksum {actual} instead of {expected}");
        }

        return file;
    }

    [SuppressMessage("Security", "CA5350", Justification = "The checksum that Maven repositories publish; TLS says who published it.")]
    private static async Task<string> SaveAsync(HttpContent content, string file, ILogger log, CancellationToken cancellationToken)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA1);
        await using var source = await content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false);
        await using var target = File.Create(file);
        var total = content.Headers.ContentLength ?? 0;
        var buffer = new byte[1 << 16];
        var (received, shown) = (0L, 0L);
        int read;
        while ((read = await source.ReadAsync(buffer, cancellationToken).ConfigureAwait(false)) > 0)
        {
            hash.AppendData(buffer, 0, read);
            await target.WriteAsync(buffer.AsMemory(0, read), cancellationToken).ConfigureAwait(false);
            received += read;
            if (total > 0 && (received * 100 / total) >= shown + ProgressPercent)
            {
                shown = received * 100 / total;
                Log.Progress(log, shown, total >> 20);
            }
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    /// <summary>Unpacks beside the target, which appears whole or not at all.</summary>
    private async Task UnpackAsync(string archive, CancellationToken cancellationToken)
    {
        var folder = Directory.CreateDirectory(Path.Combine(options.Folder, Path.GetRandomFileName())).FullName;
        try
        {
            await using var jar = await ZipFile.OpenReadAsync(archive, cancellationToken).ConfigureAwait(false);
            var entry = jar.Entries.FirstOrDefault(static entry => entry.Name.EndsWith(".txz", StringComparison.Ordinal))
                ?? throw new InvalidDataException("the archive holds no .txz");

            // The decompressor seeks in its input.
            var file = archive + ".txz";
            await entry.ExtractToFileAsync(file, overwrite: true, cancellationToken).ConfigureAwait(false);
            await using var compressed = new FileStream(
                file, FileMode.Open, FileAccess.Read, FileShare.None, bufferSize: 1 << 16, FileOptions.Asynchronous | FileOptions.DeleteOnClose);
            await using var tar = new XZStream(compressed);
            await TarFile.ExtractToDirectoryAsync(tar, folder, overwriteFiles: false, cancellationToken).ConfigureAwait(false);
            if (Directory.Exists(Target))
            {
                Directory.Delete(Target, recursive: true);
            }

            Directory.Move(folder, Target);
        }
        finally
        {
            if (Directory.Exists(folder))
            {
                Directory.Delete(folder, recursive: true);
            }
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Information, "No PostgreSQL was found: downloading {Address}.")]
        public static partial void Downloading(ILogger logger, Uri address);

        [LoggerMessage(2, LogLevel.Information, "PostgreSQL: {Percent} % of {Size} MiB.")]
        public static partial void Progress(ILogger logger, long percent, long size);

        [LoggerMessage(3, LogLevel.Information, "PostgreSQL {Version} is in {Folder}.")]
        public static partial void Fetched(ILogger logger, string version, string folder);
    }
}
