namespace Connect.Benchmarks.Scale;

/// <summary>A size that the system is measured at.</summary>
internal readonly record struct ScalePoint(int Programs, int Organizations)
{
    private const int RedisBase = 256;

    // A ranking measures 10 KB, a program in the list of programs 1 KB at most, and old generations stay until they age out.
    private const int RedisKibibytes = 32;

    /// <summary>The limit of Redis in MiB: room for all values, so that it drops none.</summary>
    public int RedisMebibytes => RedisBase + ((Programs + Organizations) * RedisKibibytes / 1024);

    public override string ToString() => $"{Programs} programs, {Organizations} organizations";
}
