using System.Globalization;

namespace Connect.AppHost.Servers.Redis;

/// <summary>The AppHost speaks redis-server's options; Garnet has its own for some of them and none for others.</summary>
internal static class RedisArguments
{
    private static readonly string[] Unknown = ["--maxmemory-policy", "--maxmemory-samples", "--save", "--appendonly", "--loglevel"];

    public static IReadOnlyList<string> ForGarnet(IReadOnlyList<string> arguments)
    {
        var translated = new List<string>();
        for (var index = 0; index < arguments.Count; index++)
        {
            var (option, value) = (arguments[index], index + 1 < arguments.Count ? arguments[index + 1] : "");
            if (option == "--maxmemory")
            {
                translated.AddRange(["--memory", Megabytes(value)]);
                index++;
            }
            else if (Unknown.Contains(option))
            {
                // Its log is bounded by --memory and drops the oldest pages; nothing is persisted unless asked.
                index++;
            }
            else
            {
                translated.Add(option);
            }
        }

        return translated;
    }

    /// <summary>redis: 256mb, 1gb, 1024; Garnet: 256m.</summary>
    private static string Megabytes(string size)
    {
        var digits = new string([.. size.TakeWhile(char.IsAsciiDigit)]);
        var number = long.Parse(digits, CultureInfo.InvariantCulture);
        var bytes = size[digits.Length..].ToLowerInvariant() switch
        {
            "k" => number * 1000,
            "kb" => number << 10,
            "m" => number * 1000 * 1000,
            "mb" => number << 20,
            "g" => number * 1000 * 1000 * 1000,
            "gb" => number << 30,
            _ => number,
        };
        return string.Create(CultureInfo.InvariantCulture, $"{Math.Max(64, bytes >> 20)}m");
    }
}
