namespace Connect.AppHost.Servers;

/// <summary>
/// This machine cannot run the application as it stands: a program is missing, a port is taken. The message is one sentence
/// for the person at the console, and says what to do.
/// </summary>
internal sealed class EnvironmentProblemException(string message) : DistributedApplicationException(message);
