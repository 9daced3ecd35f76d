namespace Connect.AppHost.Servers;

/// <summary>Commands that install a missing server on this platform.</summary>
internal static class InstallCommands
{
    public static string Postgres =>
        OperatingSystem.IsWindows() ? "winget install PostgreSQL.PostgreSQL.17"
        : OperatingSystem.IsMacOS() ? "brew install postgresql@17"
        : "sudo apt-get install postgresql";

    public static string Redis =>
        OperatingSystem.IsWindows() ? "dotnet tool install --global garnet-server"
        : OperatingSystem.IsMacOS() ? "brew install redis"
        : "sudo apt-get install redis-server";

    public static string Prometheus =>
        OperatingSystem.IsWindows() ? "winget install Prometheus.Prometheus"
        : OperatingSystem.IsMacOS() ? "brew install prometheus"
        : "sudo apt-get install prometheus";
}
