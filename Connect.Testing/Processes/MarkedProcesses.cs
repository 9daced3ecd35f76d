using System.Globalization;

namespace Connect.Testing.Processes;

/// <summary>
/// Finds every process that a process has started, directly or not, also those that were detached from it: they inherit an
/// environment variable. Only Linux lets the environment of other processes be read.
/// </summary>
internal sealed class MarkedProcesses
{
    private readonly string _entry = $"{Variable}={Guid.NewGuid():N}";

    /// <summary>Name of the variable.</summary>
    public const string Variable = "CONNECT_RUN_MARK";

    /// <summary>Whether processes can be found by their mark here.</summary>
    public static bool AreSupported => OperatingSystem.IsLinux();

    /// <summary>The variable's value, for the first process.</summary>
    public string Mark => _entry[(Variable.Length + 1)..];

    /// <summary>The marked processes that run now: their command lines by process id.</summary>
    public IReadOnlyDictionary<int, string> Find() => !AreSupported
        ? new Dictionary<int, string>()
        : Directory.EnumerateDirectories("/proc").Where(static folder => char.IsAsciiDigit(Path.GetFileName(folder)[0]))
            .Where(folder => Read(folder, "environ").Split('\0').Contains(_entry))
            .ToDictionary(
                static folder => int.Parse(Path.GetFileName(folder), CultureInfo.InvariantCulture),
                static folder => Read(folder, "cmdline").Replace('\0', ' '));

    /// <summary>Waits until none is left. Returns those that are left when the time is over.</summary>
    public async Task<IReadOnlyDictionary<int, string>> AwaitEndAsync(TimeSpan patience)
    {
        using var time = new CancellationTokenSource(patience);
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(50));
        try
        {
            while (Find().Count > 0)
            {
                await timer.WaitForNextTickAsync(time.Token);
            }
        }
        catch (OperationCanceledException)
        {
            // The time is over.
        }

        return Find();
    }

    private static string Read(string folder, string file)
    {
        try
        {
            return File.ReadAllText(Path.Combine(folder, file));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // It has ended meanwhile, or is not ours.
            return "";
        }
    }
}
