using System.Globalization;
using System.Text;

namespace Connect.ScraperWorker.Crawl.Http.Robots;

/// <summary>
/// Reads robots.txt (RFC 9309), and Crawl-delay, which the RFC lacks and many files have. Unknown lines are skipped; it
/// never throws.
/// </summary>
internal static class RobotsTxt
{
    /// <summary>Bytes of a file that are read (RFC 9309, section 2.5).</summary>
    public const int MaxBytes = 500 * 1024;

    /// <summary>Longest Crawl-delay; a longer one is cut to it.</summary>
    public static readonly TimeSpan LongestDelay = TimeSpan.FromMinutes(1);

    /// <summary>Reads a file as it was sent.</summary>
    public static RobotsRules Parse(ReadOnlySpan<byte> bytes, string productToken) =>
        Parse(Encoding.UTF8.GetString(bytes[..Math.Min(bytes.Length, MaxBytes)]), productToken);

    /// <summary>
    /// The rules of all groups that name the product token, taken together; where there is none, those of all groups
    /// for * (RFC 9309, section 2.2.1).
    /// </summary>
    public static RobotsRules Parse(string text, string productToken)
    {
        var (own, everybody) = (new Group(), new Group());
        var (isOwn, isEverybody, hasRules) = (false, false, false);
        foreach (var line in text.AsSpan().TrimStart('\uFEFF').EnumerateLines())
        {
            if (!TryRead(line, out var key, out var value))
            {
                continue;
            }

            if (key.Equals("user-agent", StringComparison.OrdinalIgnoreCase))
            {
                // Lines that follow each other name one group; after a rule another one begins.
                (isOwn, isEverybody, hasRules) = hasRules ? (false, false, false) : (isOwn, isEverybody, false);
                isOwn |= ProductToken(value).Equals(productToken, StringComparison.OrdinalIgnoreCase);
                isEverybody |= value is ['*'] or ['*', ' ' or '\t', ..];
                own.Exists |= isOwn;
                continue;
            }

            hasRules |= IsRule(key);
            if (isOwn)
            {
                own.Add(key, value);
            }

            if (isEverybody)
            {
                everybody.Add(key, value);
            }
        }

        var chosen = own.Exists ? own : everybody;
        return new(chosen.Rules, chosen.Delay);
    }

    private static bool TryRead(ReadOnlySpan<char> line, out ReadOnlySpan<char> key, out ReadOnlySpan<char> value)
    {
        var comment = line.IndexOf('#');
        var content = comment < 0 ? line : line[..comment];
        var colon = content.IndexOf(':');
        key = colon < 0 ? default : content[..colon].Trim();
        value = content[(colon + 1)..].Trim();
        return colon >= 0;
    }

    // "ConnectBot/1.0" names ConnectBot.
    private static ReadOnlySpan<char> ProductToken(ReadOnlySpan<char> value)
    {
        var end = 0;
        while (end < value.Length && (char.IsAsciiLetter(value[end]) || value[end] is '-' or '_'))
        {
            end++;
        }

        return value[..end];
    }

    private static bool IsRule(ReadOnlySpan<char> key) => IsAllow(key) || IsDisallow(key);

    private static bool IsAllow(ReadOnlySpan<char> key) => key.Equals("allow", StringComparison.OrdinalIgnoreCase);

    private static bool IsDisallow(ReadOnlySpan<char> key) => key.Equals("disallow", StringComparison.OrdinalIgnoreCase);

    private sealed class Group
    {
        public bool Exists { get; set; }

        public List<RobotsRule> Rules { get; } = [];

        public TimeSpan? Delay { get; private set; }

        public void Add(ReadOnlySpan<char> key, ReadOnlySpan<char> value)
        {
            // A rule without a path has no effect.
            if (IsRule(key) && value.Length > 0)
            {
                Rules.Add(new(value.ToString(), IsAllow(key)));
            }
            else if (key.Equals("crawl-delay", StringComparison.OrdinalIgnoreCase)
                && decimal.TryParse(value, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var seconds))
            {
                var delay = TimeSpan.FromSeconds((double)Math.Min(seconds, (decimal)LongestDelay.TotalSeconds));
                Delay = delay > (Delay ?? TimeSpan.Zero) ? delay : Delay;
            }
        }
    }
}
