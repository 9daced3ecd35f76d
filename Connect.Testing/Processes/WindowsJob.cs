using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Runtime.Versioning;

namespace Connect.Testing.Processes;

/// <summary>Puts this process in a job whose end is the end of all processes in it, children included.</summary>
[SupportedOSPlatform("windows")]
internal static partial class WindowsJob
{
    private const int ExtendedLimitInformationClass = 9;
    private const uint KillOnJobClose = 0x2000;

    private static readonly Lock Gate = new();
    private static nint _job;

    /// <summary>The handle is never closed: Windows does it when the process ends, however it ends.</summary>
    public static void Enter()
    {
        lock (Gate)
        {
            if (_job != 0)
            {
                return;
            }

            _job = CreateJobObject(0, 0);
            var limits = new ExtendedLimits { LimitFlags = KillOnJobClose };
            if (_job != 0 && SetInformationJobObject(_job, ExtendedLimitInformationClass, ref limits, (uint)Marshal.SizeOf<ExtendedLimits>()))
            {
                using var self = Process.GetCurrentProcess();
                _ = AssignProcessToJobObject(_job, self.Handle);
            }
        }
    }

    [LibraryImport("kernel32.dll", EntryPoint = "CreateJobObjectW", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    private static partial nint CreateJobObject(nint attributes, nint name);

    [LibraryImport("kernel32.dll", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    [return: MarshalAs(UnmanagedType.Bool)]
    private static partial bool SetInformationJobObject(nint job, int informationClass, ref ExtendedLimits limits, uint length);

    [LibraryImport("kernel32.dll", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    [return: MarshalAs(UnmanagedType.Bool)]
    private static partial bool AssignProcessToJobObject(nint job, nint process);

    // JOBOBJECT_EXTENDED_LIMIT_INFORMATION of 64-bit Windows, of which the flags alone are set.
    [StructLayout(LayoutKind.Explicit, Size = 144)]
    private struct ExtendedLimits
    {
        [FieldOffset(16)]
        public uint LimitFlags;
    }
}
