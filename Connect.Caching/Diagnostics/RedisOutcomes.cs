namespace Connect.Caching.Diagnostics;

/// <summary>An operation on Redis.</summary>
internal enum RedisOperation
{
    Read,
    Write,
    Remove,

    /// <summary>A read whose value does not matter, to find whether Redis answers.</summary>
    Probe,
}

/// <summary>Result of an operation. Only the first three are answers of Redis.</summary>
internal enum RedisResult
{
    Hit,
    Miss,
    Ok,
    Error,
    Timeout,

    /// <summary>The breaker stopped it.</summary>
    Open,
}

/// <summary>The names in metrics and reports.</summary>
internal static class RedisOutcomeNames
{
    public static string ToName(this RedisOperation operation) => operation switch
    {
        RedisOperation.Read => "read",
        RedisOperation.Write => "write",
        RedisOperation.Remove => "remove",
        _ => "probe",
    };

    public static string ToName(this RedisResult result) => result switch
    {
        RedisResult.Hit => "hit",
        RedisResult.Miss => "miss",
        RedisResult.Ok => "ok",
        RedisResult.Error => "error",
        RedisResult.Timeout => "timeout",
        _ => "open",
    };

    public static bool IsAnswer(this RedisResult result) => result < RedisResult.Error;
}
