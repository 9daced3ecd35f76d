namespace Connect.Data.Diagnostics;

/// <summary>This process's name in headers and reports.</summary>
public static class ProcessIdentity
{
    /// <summary>Machine and process id.</summary>
    public static string Name { get; } = $"{Environment.MachineName}-{Environment.ProcessId}";
}
