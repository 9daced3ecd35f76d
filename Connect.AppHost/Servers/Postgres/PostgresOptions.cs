using Microsoft.Extensions.Configuration;

namespace Connect.AppHost.Servers.Postgres;

/// <summary>The source of PostgreSQL's programs, section <c>Postgres</c>.</summary>
internal sealed class PostgresOptions
{
    public const string SectionName = "Postgres";

    /// <summary>The folder of <c>postgres</c> and <c>initdb</c>. Default: the PATH, then the platform's usual folders.</summary>
    public string? BinFolder { get; set; }

    /// <summary>Download if there are none.</summary>
    public DownloadOptions Download { get; set; } = new();

    public static PostgresOptions Read(IConfiguration configuration) =>
        configuration.GetSection(SectionName).Get<PostgresOptions>() ?? new PostgresOptions();

    /// <summary>How the programs are downloaded.</summary>
    internal sealed class DownloadOptions
    {
        /// <summary>Whether they are downloaded at all. Default: true.</summary>
        public bool Enabled { get; set; } = true;

        /// <summary>A Maven repository that has the archives of zonkyio/embedded-postgres-binaries. Default: Maven Central.</summary>
        public Uri Repository { get; set; } = new("https://repo1.maven.org/maven2/");

        /// <summary>The archive's version: PostgreSQL's, with a third part. Default: 17.5.0.</summary>
        public string Version { get; set; } = "17.5.0";

        /// <summary>
        /// Where they are kept. Default: <c>connect/postgres</c> in the user's folder for local application data; of
        /// root, whose folder the server's user cannot enter, <c>/var/tmp/connect/postgres</c>.
        /// </summary>
        public string Folder { get; set; } = !OperatingSystem.IsWindows() && Environment.IsPrivilegedProcess
            ? "/var/tmp/connect/postgres"
            : Path.Combine(
                Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.DoNotVerify), "connect", "postgres");
    }
}
