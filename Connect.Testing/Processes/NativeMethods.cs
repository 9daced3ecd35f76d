using System.Runtime.InteropServices;

namespace Connect.Testing.Processes;

/// <summary>The call of the C library that .NET has no counterpart for.</summary>
internal static partial class NativeMethods
{
    [LibraryImport("libc", EntryPoint = "kill", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    internal static partial int Kill(int processId, int signal);
}
