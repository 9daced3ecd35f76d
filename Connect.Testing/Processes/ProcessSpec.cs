namespace Connect.Testing.Processes;

/// <summary>A program and how it is started and ended.</summary>
internal sealed record ProcessSpec(string FileName, IReadOnlyList<string> Arguments, string WorkingDirectory)
{
    /// <summary>Added to this process's own environment; null removes a variable.</summary>
    public IReadOnlyDictionary<string, string?> Environment { get; init; } = new Dictionary<string, string?>();

    /// <summary>
    /// The signal that asks the program to end. Most take SIGTERM, but to PostgreSQL that means "when the last client
    /// has left".
    /// </summary>
    public UnixSignal StopSignal { get; init; } = UnixSignal.Terminate;

    public TimeSpan StopTimeout { get; init; } = TimeSpan.FromSeconds(5);
}
