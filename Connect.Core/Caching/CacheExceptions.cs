namespace Connect.Core.Caching;

/// <summary>The database cannot be reached and there is no last good value that may stand in.</summary>
public sealed class TruthUnavailableException(Exception innerException)
    : Exception("The database cannot be reached, and nothing good enough is cached.", innerException);

/// <summary>A payload in Redis that is not what this version writes.</summary>
internal sealed class UndeserializablePayloadException(Type type, Exception innerException)
    : Exception($"A cached payload of {type.Name} could not be read.", innerException);

/// <summary>Numbers came from another database than the epoch's: drop them and ask again.</summary>
internal sealed class EpochEndedException() : Exception("The numbers belong to another database.");
