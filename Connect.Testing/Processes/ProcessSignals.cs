using System.Runtime.InteropServices;

namespace Connect.Testing.Processes;

/// <summary>Signals whose numbers are the same on Linux and macOS.</summary>
internal enum UnixSignal
{
    Interrupt = 2,
    Quit = 3,
    Kill = 9,
    Terminate = 15,
}

/// <summary>Sends signals. Windows has none: there nothing is sent.</summary>
internal static partial class ProcessSignals
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
            _ = Kill(processId, signal);
        }
    }

    /// <summary>Stops processes for a while: their connections stay open and nothing answers.</summary>
    public static async Task PauseAsync(IReadOnlyList<int> processIds, TimeSpan duration, CancellationToken cancellationToken)
    {
        foreach (var id in processIds)
        {
            Send(id, Stop);
        }

        try
        {
            await Task.Delay(duration, cancellationToken);
        }
        finally
        {
            foreach (var id in processIds)
            {
                Send(id, Continue);
            }
        }
    }

    [LibraryImport("libc", EntryPoint = "kill", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Kill(int processId, int signal);
}
