namespace Connect.AppHost.Servers.Postgres;

/// <summary>A PostgreSQL on this machine.</summary>
internal sealed record PostgresInstallation(string BinFolder, int MajorVersion)
{
    public string Postgres => Path.Combine(BinFolder, OperatingSystem.IsWindows() ? "postgres.exe" : "postgres");

    public string InitDb => Path.Combine(BinFolder, OperatingSystem.IsWindows() ? "initdb.exe" : "initdb");
}
