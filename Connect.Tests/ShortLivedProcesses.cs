using System.Runtime.CompilerServices;

namespace Connect.Tests;

/// <summary>
/// Every process that the tests start lives for seconds: what the runtime measures in order to compile hot methods again is
/// never worth what it costs, about a sixth of the whole run. What the methods do is the same.
/// </summary>
internal static class ShortLivedProcesses
{
    [ModuleInitializer]
    public static void DoNotProfile() => Environment.SetEnvironmentVariable("DOTNET_TieredPGO", "0");
}
