namespace Connect.Testing.Processes;

/// <summary>
/// Lets one test process of a working copy run at a time. <c>dotnet test</c> starts the test projects of a solution side by side,
/// and tests that measure times and rates need the processors that they were written for.
/// </summary>
internal static class TestRunLock
{
    private static readonly TimeSpan Pace = TimeSpan.FromMilliseconds(200);

    /// <summary>Waits for the others; the lock ends with the stream, or with the process.</summary>
    public static async Task<IDisposable> TakeAsync(CancellationToken cancellationToken)
    {
        // In artifacts/bin, above the folders of project and configuration.
        var path = Path.Combine(AppContext.BaseDirectory, "..", "..", "test-run.lock");
        using var timer = new PeriodicTimer(Pace);
        while (true)
        {
            try
            {
                return new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            }
            catch (IOException)
            {
                // Another test process has it.
            }

            await timer.WaitForNextTickAsync(cancellationToken);
        }
    }
}
