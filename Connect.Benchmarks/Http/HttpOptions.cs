using System.Globalization;

namespace Connect.Benchmarks.Http;

/// <summary>How long to measure, and with how many connections.</summary>
/// <param name="Rounds">Of each shape at each number of connections, in turns.</param>
/// <param name="Seconds">Of one round.</param>
/// <param name="Connections">Numbers of connections, one after the other.</param>
/// <param name="Shapes">The shapes to measure; null for all.</param>
internal sealed record HttpOptions(int Rounds, int Seconds, IReadOnlyList<int> Connections, IReadOnlyList<string>? Shapes = null)
{
    public const string Usage =
        "http [--rounds 1..50, default 7] [--seconds 1..60, default 2] [--connections 1..1024, default all of 1, 32 and 256] "
        + "[--shapes NAME,NAME, default all]";

    private static readonly int[] All = [1, 32, 256];

    /// <summary>Null for invalid arguments.</summary>
    public static HttpOptions? Parse(IReadOnlyList<string> arguments)
    {
        var options = new HttpOptions(Rounds: 7, Seconds: 2, All);
        for (var i = 0; i < arguments.Count; i += 2)
        {
            if (i + 1 < arguments.Count && arguments[i] == "--shapes")
            {
                var shapes = arguments[i + 1].Split(',');
                if (!shapes.All(Shape.Names.Contains))
                {
                    return null;
                }

                options = options with { Shapes = shapes };
                continue;
            }

            if (i + 1 == arguments.Count || !int.TryParse(arguments[i + 1], NumberStyles.None, CultureInfo.InvariantCulture, out var number))
            {
                return null;
            }

            if ((arguments[i], number) switch
            {
                ("--rounds", >= 1 and <= 50) => options with { Rounds = number },
                ("--seconds", >= 1 and <= 60) => options with { Seconds = number },
                ("--connections", >= 1 and <= 1024) => options with { Connections = [number] },
                _ => null,
            } is not { } next)
            {
                return null;
            }

            options = next;
        }

        return options;
    }
}
