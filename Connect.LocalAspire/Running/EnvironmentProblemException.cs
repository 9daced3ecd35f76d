namespace Connect.LocalAspire.Running;

/// <summary>
/// This machine cannot run the application as it stands: a program is missing, a port is taken.
/// The message is one sentence for the person at the console; the exit code is 2.
/// </summary>
internal sealed class EnvironmentProblemException(string message) : Exception(message);
