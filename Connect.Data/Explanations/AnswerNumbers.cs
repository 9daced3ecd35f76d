using System.Globalization;
using System.Text.RegularExpressions;
using Connect.Domain.Matching;
using Connect.Domain.Programs;

namespace Connect.Data.Explanations;

/// <summary>
/// The numbers that a text about a match may contain: the match's own. Numbers in titles and keywords are not among
/// them; quotations are removed from the text before its numbers are read.
/// </summary>
internal sealed partial class AnswerNumbers
{
    private readonly HashSet<decimal> _points = [100];
    private readonly HashSet<decimal> _levels = [];
    private readonly HashSet<decimal> _plain = [];
    private readonly long? _budget;
    private readonly (int Year, int Month, int Day)? _deadline;

    public AnswerNumbers(MatchFacts facts)
    {
        var (points, profile, program) = (facts.Breakdown, facts.Profile, facts.Program);
        Add(_points, points.Total, points.Industry, points.Trl, points.Type, points.Rnd, points.Deadline);
        Add(_points, MatchingAlgorithm.MaxIndustry, MatchingAlgorithm.MaxTrl, MatchingAlgorithm.MaxType, MatchingAlgorithm.MaxRnd,
            MatchingAlgorithm.MaxDeadline);
        Add(_levels, profile.Trl, profile.TargetTrl, program.MinTrl, program.MaxTrl);
        foreach (var reason in facts.Reasons.Where(reason => reason.Code.StartsWith("TRL_", StringComparison.Ordinal)))
        {
            Add(_levels, [.. reason.Details.Select(Level)]);
        }

        _plain.UnionWith(_points);
        _plain.UnionWith(_levels);
        Add(_plain, profile.CollaborationCount);

        _budget = program.BudgetAmount;
        if (program.Deadline is { } deadline)
        {
            var local = deadline.ToOffset(SeoulTime.Offset);
            _deadline = (local.Year, local.Month, local.Day);
            Add(_plain, local.Year, local.Month, local.Day, local.Hour, local.Hour % 12 == 0 ? 12 : local.Hour % 12, local.Minute);
        }
    }

    /// <summary>The first number that is not the match's; null where all are.</summary>
    /// <param name="text">The text without its quotations.</param>
    public string? FindForeign(string text)
    {
        // An amount such as "1억 5,000만 원" or "150 million" must equal the budget, in any form.
        foreach (Match amount in Amount().Matches(text))
        {
            if (_budget is not { } budget || ValueOf(amount) != budget)
            {
                return amount.Value.Trim();
            }
        }

        if (FindOutside(Levels(), _levels, text) is { } level)
        {
            return level;
        }

        if (FindOutside(Points(), _points, text) is { } points)
        {
            return points;
        }

        foreach (Match number in Number().Matches(Amount().Replace(text, " ")))
        {
            if (!IsOwn(number.Value))
            {
                return number.Value;
            }
        }

        return null;
    }

    private static decimal? ValueOf(Match amount)
    {
        var sum = 0m;
        for (var i = 0; i < amount.Groups["number"].Captures.Count; i++)
        {
            if (Parse(amount.Groups["number"].Captures[i].Value) is not { } number)
            {
                return null;
            }

            sum += number * Unit(amount.Groups["unit"].Captures[i].Value);
        }

        return sum;
    }

    private bool IsOwn(string text)
    {
        if (Parse(text) is { } number && (_plain.Contains(number) || number == _budget))
        {
            return true;
        }

        // 2026.12.31, or a list such as "30,20".
        var parts = text.Split('.', ',');
        if (!Array.TrueForAll(parts, part => part.Length <= 4))
        {
            return false;
        }

        var numbers = Array.ConvertAll(parts, part => int.Parse(part, CultureInfo.InvariantCulture));
        return text.Contains('.', StringComparison.Ordinal)
            ? _deadline is { } day && numbers is [var year, var month, var date] && (year, month, date) == day
            : parts.Length > 1 && Array.TrueForAll(numbers, part => _plain.Contains(part));
    }

    private static decimal? Parse(string text) =>
        Grouped().IsMatch(text) && decimal.TryParse(
            text.Replace(",", "", StringComparison.Ordinal), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number)
            ? number
            : null;

    private static decimal Unit(string unit) => unit.ToUpperInvariant() switch
    {
        "조" or "TRILLION" => 1_000_000_000_000m,
        "BILLION" => 1_000_000_000m,
        "억" => 100_000_000m,
        "천만" => 10_000_000m,
        "백만" or "MILLION" => 1_000_000m,
        "만" => 10_000m,
        _ => 1_000m,
    };

    // The first level, or points, that are not the match's.
    private static string? FindOutside(Regex pattern, HashSet<decimal> allowed, string text)
    {
        foreach (Match match in pattern.Matches(text))
        {
            foreach (Capture capture in match.Groups["number"].Captures)
            {
                if (Parse(capture.Value) is not { } number || !allowed.Contains(number))
                {
                    return match.Value;
                }
            }
        }

        return null;
    }

    private static int? Level(string detail) =>
        int.TryParse(detail, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;

    private static void Add(HashSet<decimal> numbers, params ReadOnlySpan<int?> values)
    {
        foreach (var value in values)
        {
            if (value is { } number)
            {
                numbers.Add(number);
            }
        }
    }

    [GeneratedRegex(@"(?:(?<number>[0-9]+(?:[.,][0-9]+)*)\s*(?<unit>조|억|천만|백만|만|천|trillion|billion|million|thousand)\s*)+", RegexOptions.IgnoreCase)]
    private static partial Regex Amount();

    [GeneratedRegex(@"TRL\s*(?<number>[0-9]+)(?:\s*(?:~|-|–|to|에서|부터)\s*(?:TRL\s*)?(?<number>[0-9]+))?", RegexOptions.IgnoreCase)]
    private static partial Regex Levels();

    [GeneratedRegex(@"(?<number>[0-9]+(?:[.,][0-9]+)*)\s*(?:점|points?\b)", RegexOptions.IgnoreCase)]
    private static partial Regex Points();

    [GeneratedRegex(@"[0-9]+(?:[.,][0-9]+)*")]
    private static partial Regex Number();

    [GeneratedRegex(@"^(?:[0-9]{1,28}|[0-9]{1,3}(?:,[0-9]{3}){1,8})(?:\.[0-9]{1,9})?$")]
    private static partial Regex Grouped();
}
