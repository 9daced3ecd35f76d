namespace Connect.Benchmarks.Scale;

/// <summary>The sizes of a run.</summary>
/// <param name="Programs">More and more programs beside few organizations.</param>
/// <param name="Organizations">More and more organizations beside few programs.</param>
/// <param name="Others">Sizes of neither series.</param>
internal sealed record ScalePlan(
    ImmutableArray<ScalePoint> Programs, ImmutableArray<ScalePoint> Organizations, ImmutableArray<ScalePoint> Others)
{
    public const int Few = 1_000;
    public const int Many = 10_000;
    public const int Most = 100_000;

    /// <summary>Where warming has its target.</summary>
    public static readonly ScalePoint WarmPoint = new(Few, Many);

    /// <summary>Where memory has its target.</summary>
    public static readonly ScalePoint MemoryPoint = new(Many, Many);

    private static readonly ImmutableArray<int> Sizes = [Few, Many, Most];

    /// <summary>Everything to measure, each once, the smallest first.</summary>
    public ImmutableArray<ScalePoint> Points =>
        [.. Programs.Concat(Organizations).Concat(Others).Distinct().OrderBy(point => point.Programs + point.Organizations)];

    /// <summary>Both series up to a size, and once both are many.</summary>
    public static ScalePlan UpTo(int largest) => new(
        [.. Sizes.Where(size => size <= largest).Select(size => new ScalePoint(size, Few))],
        [.. Sizes.Where(size => size <= largest).Select(size => new ScalePoint(Few, size))],
        largest >= Many ? [MemoryPoint] : []);

    public static ScalePlan Only(ScalePoint point) => new([], [], [point]);

    public static ScalePlan Parse(Arguments arguments)
    {
        var (programs, largest) = (arguments.Text("--point"), arguments.Text("--largest"));
        var plan = programs is not null ? Only(new(SizeOf(programs), SizeOf(arguments.Next()))) : UpTo(SizeOf(largest ?? $"{Most}"));
        arguments.End();
        return plan;
    }

    private static int SizeOf(string? text) => Sizes.FirstOrDefault(size => $"{size}" == text) is > 0 and var size
        ? size
        : throw new UsageException($"A size is one of {string.Join(", ", Sizes)}.");
}

/// <summary>A size that the system is measured at.</summary>
internal readonly record struct ScalePoint(int Programs, int Organizations)
{
    private const int RedisBase = 256;

    // A ranking measures 10 KB, a program in the list of programs 1 KB at most, and old generations stay until they age out.
    private const int RedisKibibytes = 32;

    /// <summary>What Redis is given, in MiB: room for all of it, so that what is measured is not what was dropped.</summary>
    public int RedisMebibytes => RedisBase + ((Programs + Organizations) * RedisKibibytes / 1024);

    public override string ToString() => $"{Programs} programs, {Organizations} organizations";
}
