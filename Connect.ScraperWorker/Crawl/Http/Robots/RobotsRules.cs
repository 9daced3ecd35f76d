namespace Connect.ScraperWorker.Crawl.Http.Robots;

/// <summary>The rules of a host's robots.txt for this crawler.</summary>
/// <param name="Rules">In any order.</param>
/// <param name="CrawlDelay">The rest that the host asks for between requests, at most a minute.</param>
internal sealed record RobotsRules(IReadOnlyList<RobotsRule> Rules, TimeSpan? CrawlDelay)
{
    /// <summary>Where there is no robots.txt (RFC 9309, section 2.3.1.3).</summary>
    public static RobotsRules AllowAll { get; } = new([], null);

    /// <summary>
    /// Whether an address may be read: the longest rule that matches decides, and Allow where two are as long
    /// (RFC 9309, section 2.2.2). The file itself may always be read.
    /// </summary>
    public bool Allows(Uri address)
    {
        var path = RobotsPath.Normalize(address.PathAndQuery, isPattern: false);
        if (path == "/robots.txt")
        {
            return true;
        }

        RobotsRule? best = null;
        foreach (var rule in Rules)
        {
            var isBetter = best is null || rule.Length > best.Length || (rule.Length == best.Length && rule.IsAllowed);
            if (isBetter && rule.Matches(path))
            {
                best = rule;
            }
        }

        return best?.IsAllowed ?? true;
    }
}

/// <summary>One line Allow or Disallow.</summary>
internal sealed class RobotsRule
{
    private readonly string[] _parts;
    private readonly bool _isAnchored;

    public RobotsRule(string pattern, bool isAllowed)
    {
        var normalized = RobotsPath.Normalize(pattern, isPattern: true);
        (IsAllowed, Length, _isAnchored) = (isAllowed, normalized.Length, normalized.EndsWith('$'));
        _parts = (_isAnchored ? normalized[..^1] : normalized).Split('*');
    }

    public bool IsAllowed { get; }

    /// <summary>Octets of the pattern.</summary>
    public int Length { get; }

    /// <summary>
    /// Whether a normalized path begins with the pattern, where * is any text and a final $ the end. Each part is
    /// searched once, from the end of the one before, so that no pattern is slow.
    /// </summary>
    public bool Matches(string path)
    {
        if (!path.StartsWith(_parts[0], StringComparison.Ordinal))
        {
            return false;
        }

        var position = _parts[0].Length;
        for (var i = 1; i < _parts.Length; i++)
        {
            if (_isAnchored && i == _parts.Length - 1)
            {
                return path.Length - position >= _parts[i].Length && path.EndsWith(_parts[i], StringComparison.Ordinal);
            }

            var found = path.IndexOf(_parts[i], position, StringComparison.Ordinal);
            if (found < 0)
            {
                return false;
            }

            position = found + _parts[i].Length;
        }

        return !_isAnchored || position == path.Length;
    }
}
