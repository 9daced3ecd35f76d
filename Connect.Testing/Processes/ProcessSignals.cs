
namespace Connect.Testing.Processes;

/// <summary>Sends signals. Windows has none: there nothing is sent.</summary>
internal static class ProcessSignals
{
    // The numbers of these two differ between Linux and macOS.
    public static int Stop => OperatingSystem.IsMacOS() ? 17 : 19;

    public static int Continue => OperatingSystem.IsMacOS() ? 19 : 18;

    public static bool AreSupported => !OperatingSystem.IsWindows();

    public static void Send(int processId, UnixSignal signal) => Send(processId, (int)signal);

    public static void Send(int processId, int signal)
    {
        if (AreSupported)
        {
            _ = NativeMethods.Kill(processId, signal);
        }
    }
}
