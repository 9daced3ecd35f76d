using System.Runtime.CompilerServices;

namespace Connect.Tests;

/// <summary>
/// Turns off tiered PGO for the processes that tests start. They live for seconds, so its instrumentation costs about a
/// sixth of the run and never pays off. Behaviour does not change.
/// </summary>
internal static class ShortLivedProcesses
{
    [ModuleInitializer]
    public static void DoNotProfile() => Environment.SetEnvironmentVariable("DOTNET_TieredPGO", "0");
}
