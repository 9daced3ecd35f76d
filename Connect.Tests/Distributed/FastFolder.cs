using Connect.AppHost.Servers;

namespace Connect.Tests.Distributed;

/// <summary>
/// Where the servers that all tests share keep their data. Tests make and drop hundreds of databases of hundreds of files each, and
/// ext4 searches all inodes that were freed within seconds for each new file: a fifth of the suite's time, which memory does not take.
/// What a killed run leaves there is removed by the next one (<see cref="ThrowAwayFolder"/>).
/// </summary>
internal static class FastFolder
{
    private const string SharedMemory = "/dev/shm";

    // The tests use a tenth of it.
    private const long EnoughBytes = 2L << 30;

    /// <summary>The folder of files in memory where the system has one with room, and the one for temporary files otherwise.</summary>
    public static string Path { get; } = HasRoom() ? SharedMemory : System.IO.Path.GetTempPath();

    private static bool HasRoom()
    {
        if (!OperatingSystem.IsLinux() || !Directory.Exists(SharedMemory))
        {
            return false;
        }

        var drive = new DriveInfo(SharedMemory);
        return drive is { DriveType: DriveType.Ram, AvailableFreeSpace: >= EnoughBytes };
    }
}
