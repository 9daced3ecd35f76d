using System.Text.RegularExpressions;
using Connect.Testing.Servers;

namespace Connect.Tests.Unit.Observability;

/// <summary>The shipped rules, by Prometheus' own tool.</summary>
public sealed partial class AlertRulesTests
{
    private static CancellationToken CancellationToken => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Configuration_and_rules_are_valid()
    {
        Needed.Prometheus();
        await PrometheusTool.CheckAsync(["check", "config", Path.Combine(ShippedFiles.Prometheus, "prometheus.yml")], CancellationToken);
        await PrometheusTool.CheckAsync(["check", "rules", "--lint-fatal", .. ShippedFiles.Rules], CancellationToken);
    }

    [Fact]
    public async Task Rules_do_what_their_tests_say()
    {
        Needed.Prometheus();
        await PrometheusTool.CheckAsync(["test", "rules", .. ShippedFiles.RuleTests], CancellationToken);
    }

    [Fact]
    public void Every_alert_is_tested_to_fire_and_not_to()
    {
        var tests = ShippedFiles.RuleTests.SelectMany(file => AlertTest().Matches(File.ReadAllText(file)))
            .Select(match => (Name: match.Groups[1].Value, Fires: match.Groups[2].Value.Length == 0)).ToList();

        var alerts = Names(Alert());

        Assert.NotEmpty(alerts);
        Assert.All(alerts, alert =>
        {
            Assert.Contains((alert, true), tests);
            Assert.Contains((alert, false), tests);
        });
    }

    [Fact]
    public void Every_recorded_series_is_tested()
    {
        var tests = string.Concat(ShippedFiles.RuleTests.SelectMany(file => Expression().Matches(File.ReadAllText(file))).Select(match => match.Value));

        var recorded = Names(Record());

        Assert.NotEmpty(recorded);
        Assert.All(recorded, name => Assert.Contains(name, tests));
    }

    [Fact]
    public void Every_alert_says_how_bad_it_is_and_what_to_do()
    {
        var sections = Section().Matches(File.ReadAllText(ShippedFiles.Alerts)).Select(match => (match.Groups[1].Value, match.Groups[2].Value));

        var alerts = ShippedFiles.Rules.SelectMany(file => AlertBody().Matches(File.ReadAllText(file)))
            .Select(match => (Name: match.Groups[1].Value, Severity: match.Groups[2].Value, Runbook: match.Groups[3].Value)).ToList();

        Assert.Equal(Names(Alert()), alerts.Select(alert => alert.Name));
        Assert.All(alerts, alert => Assert.Equal($"docs/alerts.md#{alert.Name.ToLowerInvariant()}", alert.Runbook));
        Assert.Equal(alerts.Select(alert => (alert.Name, alert.Severity)).Order(), sections.Order());
    }

    private static List<string> Names(Regex rule) =>
        [.. ShippedFiles.Rules.SelectMany(file => rule.Matches(File.ReadAllText(file))).Select(match => match.Groups[1].Value)];

    [GeneratedRegex(@"^\s+- alert: (\w+)$", RegexOptions.Multiline)]
    private static partial Regex Alert();

    [GeneratedRegex(@"^\s+- record: (\S+)$", RegexOptions.Multiline)]
    private static partial Regex Record();

    [GeneratedRegex(@"- alert: (\w+)\n(?:(?!- alert:)[\s\S])*?severity: (page|ticket|info)\n(?:(?!- alert:)[\s\S])*?runbook: (\S+)")]
    private static partial Regex AlertBody();

    [GeneratedRegex(@"alertname: (\w+)\s+exp_alerts:( \[\])?")]
    private static partial Regex AlertTest();

    [GeneratedRegex(@"^\s+- expr: .*$", RegexOptions.Multiline)]
    private static partial Regex Expression();

    [GeneratedRegex(@"^## (\w+)\n\n\*(page|ticket|info)\.\*", RegexOptions.Multiline)]
    private static partial Regex Section();
}
