using Connect.AppHost.Servers;

namespace Connect.Tests;

/// <summary>
/// Programs that a test needs on the machine. Without one the test is skipped with the reason; on a CI machine
/// (<c>CI=true</c>) it fails, so that no test is silently left out. <c>CONNECT_MAY_BE_MISSING</c> lists exceptions,
/// separated by commas.
/// </summary>
internal static class Needed
{
    private static readonly bool IsCi = Environment.GetEnvironmentVariable("CI") == "true";

    private static readonly string[] MayBeMissing =
        (Environment.GetEnvironmentVariable("CONNECT_MAY_BE_MISSING") ?? "").Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);

    /// <summary>Skips or fails the test unless something is there.</summary>
    /// <param name="isThere">Whether it is.</param>
    /// <param name="name">Its name in <c>CONNECT_MAY_BE_MISSING</c>.</param>
    /// <param name="reason">The missing program, and how to get it.</param>
    public static void Have(bool isThere, string name, string reason)
    {
        if (isThere)
        {
            return;
        }

        Assert.False(IsCi && !MayBeMissing.Contains(name), reason);
        Assert.Skip(reason);
    }

    /// <summary>Skips or fails the test unless Prometheus and its checker are installed.</summary>
    public static void Prometheus() => Have(
        SystemPrograms.Find("prometheus") is not null && SystemPrograms.Find("promtool") is not null,
        "prometheus", $"Prometheus is missing: install it with '{InstallCommands.Prometheus}'.");
}
