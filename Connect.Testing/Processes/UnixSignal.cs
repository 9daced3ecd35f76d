namespace Connect.Testing.Processes;

/// <summary>The signals that the engine sends; the numbers are the same on Linux and macOS.</summary>
internal enum UnixSignal
{
    Interrupt = 2,
    Quit = 3,
    Kill = 9,
    Terminate = 15,
}
