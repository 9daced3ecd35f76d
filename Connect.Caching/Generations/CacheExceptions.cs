namespace Connect.Caching.Generations;

/// <summary>The database cannot be reached and there is no last good value that may stand in.</summary>
public sealed class DatabaseUnavailableException(Exception innerException)
    : Exception("The database cannot be reached, and nothing good enough is cached.", innerException);

/// <summary>Generations came from another database than the session's: drop them and ask again.</summary>
internal sealed class SessionEndedException() : Exception("The generations belong to another database.");
