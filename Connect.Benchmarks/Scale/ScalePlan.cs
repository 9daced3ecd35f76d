using System.Collections.Immutable;
using System.Globalization;

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

    /// <summary>One size alone.</summary>
    public static ScalePlan Only(ScalePoint point) => new([], [], [point]);

    /// <summary>Reads the arguments; null for invalid ones.</summary>
    public static ScalePlan? Parse(string[] arguments) => arguments switch
    {
        [] => UpTo(Most),
        ["--largest", var text] when SizeOf(text) is { } largest => UpTo(largest),
        ["--point", var programs, var organizations] when (SizeOf(programs), SizeOf(organizations)) is ({ } c, { } o) => Only(new(c, o)),
        _ => null,
    };

    private static int? SizeOf(string text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var size) && Sizes.Contains(size) ? size : null;
}
