using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Connect.Tests.Unit.Api.Document;
using Connect.Tests.Unit.Observability;

namespace Connect.Tests.Distributed.Observability;

/// <summary>Names of metrics, wherever they are written. A histogram's three series are one name.</summary>
internal static partial class MetricNames
{
    private const string OnlyWithModel = "model";

    /// <summary>Metrics that <c>docs/telemetry.md</c> lists, and whether each needs a configured model.</summary>
    public static IReadOnlyDictionary<string, bool> Documented() =>
        DocumentedRow().Matches(File.ReadAllText(ApprovedDocument.RepositoryFile("docs/telemetry.md")))
            .ToDictionary(match => match.Groups[1].Value, match => match.Groups[2].Value == OnlyWithModel);

    /// <summary>Metrics that an instance exports, from its answer.</summary>
    public static IEnumerable<string> Exported(string metrics)
    {
        var histograms = HistogramType().Matches(metrics).Select(match => match.Groups[1].Value).ToHashSet();
        return Series().Matches(metrics).Select(match => Whole(match.Value, histograms)).Distinct();
    }

    /// <summary>Metrics that the dashboard and the rules read.</summary>
    public static HashSet<string> Used(IEnumerable<string> histograms)
    {
        var known = histograms.ToHashSet();
        return [.. Expressions().SelectMany(NamesIn).Select(name => Whole(name, known))];
    }

    /// <summary>Metrics that the rules record.</summary>
    public static HashSet<string> Recorded() =>
        [.. ShippedFiles.Rules.SelectMany(file => Record().Matches(File.ReadAllText(file))).Select(match => match.Groups[1].Value)];

    private static IEnumerable<string> Expressions() =>
        JsonNode.Parse(File.ReadAllText(ShippedFiles.Dashboard))!["panels"]!.AsArray()
            .SelectMany(panel => panel!["targets"]?.AsArray() ?? [])
            .Select(target => target!["expr"]!.GetValue<string>())
            .Concat(ShippedFiles.Rules.SelectMany(file => RuleExpression().Matches(File.ReadAllText(file))).Select(match => match.Groups["text"].Value));

    // Text in braces, brackets, quotes and lists of labels names no metric, nor does a function.
    private static IEnumerable<string> NamesIn(string expression) =>
        Name().Matches(Function().Replace(Clause().Replace(expression, " "), " ")).Select(match => match.Value).Except(["and", "or", "unless"]);

    private static string Whole(string series, HashSet<string> histograms) =>
        SeriesOfHistogram().Match(series) is { Success: true } match && histograms.Contains(match.Groups[1].Value) ? match.Groups[1].Value : series;

    [GeneratedRegex(@"^\| `[\w.]+` \| `(\w+)` \| (?:counter|gauge|histogram|level) \|.*\| (\w+) \|$", RegexOptions.Multiline)]
    private static partial Regex DocumentedRow();

    [GeneratedRegex(@"^# TYPE (\w+) histogram", RegexOptions.Multiline)]
    private static partial Regex HistogramType();

    [GeneratedRegex(@"^[A-Za-z_]\w*", RegexOptions.Multiline)]
    private static partial Regex Series();

    [GeneratedRegex("^(.+)_(?:bucket|sum|count)$")]
    private static partial Regex SeriesOfHistogram();

    [GeneratedRegex(@"^\s+- record: (\S+)$", RegexOptions.Multiline)]
    private static partial Regex Record();

    [GeneratedRegex(@"^ +expr: (?:\|\n(?<text>(?: {10,}.*\n)+)|(?<text>[^|\n].*)\n)", RegexOptions.Multiline)]
    private static partial Regex RuleExpression();

    [GeneratedRegex(@"\{[^}]*\}|\[[^\]]*\]|""[^""]*""|\b(?:by|on)\s*\([^)]*\)|\boffset\s+\w+")]
    private static partial Regex Clause();

    [GeneratedRegex(@"\b\w+(?=\s*\()")]
    private static partial Regex Function();

    [GeneratedRegex(@"[A-Za-z_:][\w:]*")]
    private static partial Regex Name();
}
