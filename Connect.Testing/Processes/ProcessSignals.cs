
namespace Connect.Testing.Processes;

/// <summary>Signals, by which most faults are made. Windows has none.</summary>
internal static class ProcessSignals
{
    // Their numbers are not the same everywhere.
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
