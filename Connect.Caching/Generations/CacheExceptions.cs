namespace Connect.Caching.Generations;

/// <summary>The database cannot be reached and there is no last good value.</summary>
public sealed class DatabaseUnavailableException(Exception innerException)
    : Exception("The database cannot be reached, and nothing good enough is cached.", innerException);

/// <summary>Generations came from another database than the session's: they must be dropped and read again.</summary>
internal sealed class SessionEndedException() : Exception("The generations belong to another database.");
