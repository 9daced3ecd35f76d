namespace Connect.Testing.Processes;

/// <summary>Signals whose numbers are the same on Linux and macOS.</summary>
internal enum UnixSignal
{
    Interrupt = 2,
    Quit = 3,
    Kill = 9,
    Terminate = 15,
}
