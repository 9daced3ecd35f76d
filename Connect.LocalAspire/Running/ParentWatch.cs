namespace Connect.LocalAspire.Running;

/// <summary>Notices that the process which started the AppHost (<c>dotnet run</c>, an IDE, a shell) is gone.</summary>
internal static class ParentWatch
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    /// <summary>Completes when the parent has ended. On Windows never: <c>dotnet run</c> ends its children itself there.</summary>
    public static async Task WaitForEndAsync(CancellationToken cancellationToken)
    {
        if (OperatingSystem.IsWindows())
        {
            await Task.Delay(Timeout.InfiniteTimeSpan, cancellationToken).ConfigureAwait(false);
            return;
        }

        var parent = NativeMethods.GetParentProcessId();
        using var timer = new PeriodicTimer(Interval);
        while (NativeMethods.GetParentProcessId() == parent)
        {
            await timer.WaitForNextTickAsync(cancellationToken).ConfigureAwait(false);
        }
    }
}
