using System.Reflection;
using System.Text.RegularExpressions;
using Connect.Caching.Diagnostics;
using Connect.Data.Diagnostics;
using Connect.ServiceDefaults.Telemetry;
using Connect.Tests.Unit.Api.Document;

namespace Connect.Tests.Unit.Telemetry;

/// <summary><c>docs/telemetry.md</c> lists exactly the existing instruments.</summary>
public sealed partial class DocumentedInstrumentsTests
{
    private static readonly Type[] Own =
    [
        typeof(CacheTelemetry.Instruments), typeof(ConnectTelemetry.Warming), typeof(ConnectTelemetry.Scraper),
        typeof(ConnectTelemetry.Explanations), typeof(ConnectTelemetry.Administration), typeof(ConnectTelemetry.Mail),
    ];

    private static readonly string Page = File.ReadAllText(ApprovedDocument.RepositoryFile("docs/telemetry.md"));

    [Fact]
    public void Instruments_are_all_documented_and_no_others() =>
        Assert.Equal(
            Own.SelectMany(ConstantsOf).Concat(PlatformInstruments.Names).Order(StringComparer.Ordinal),
            Row().Matches(Page).Select(row => row.Groups["name"].Value).Order(StringComparer.Ordinal));

    [Fact]
    public void Dimensions_spans_and_attributes_are_documented()
    {
        Type[] names =
        [
            typeof(CacheTelemetry.Dimensions), typeof(ConnectTelemetry.Dimensions), typeof(ConnectTelemetry.Activities),
            typeof(ConnectTelemetry.Attributes),
        ];
        foreach (var name in names.SelectMany(ConstantsOf).Append(CacheTelemetry.ComputeActivity).Append(CacheTelemetry.LayerAttribute))
        {
            Assert.Contains($"`{name}`", Page, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Prometheus_name_follows_from_name_kind_and_unit() =>
        Assert.All(Row().Matches(Page), row => Assert.Equal(
            Expect(row.Groups["name"].Value, row.Groups["kind"].Value, row.Groups["unit"].Value), row.Groups["prometheus"].Value));

    private static string Expect(string name, string kind, string unit)
    {
        var suffix = unit switch
        {
            "s" => "_seconds",
            "By" => "_bytes",
            "KRW" => "_KRW",
            _ => "",
        };
        return $"{name.Replace('.', '_')}{suffix}{(kind is "counter" or "level" ? "_total" : "")}";
    }

    private static IEnumerable<string> ConstantsOf(Type names) => names.GetFields(BindingFlags.Public | BindingFlags.Static)
        .Where(field => field.IsLiteral).Select(field => (string)field.GetRawConstantValue()!);

    [GeneratedRegex(@"(?m)^\| `(?<name>[a-z0-9_.]+)` \| `(?<prometheus>[A-Za-z0-9_]+)` \| (?<kind>counter|gauge|histogram|level) \| `(?<unit>[^`]+)` \|.*\| (start|use|model) \|\r?$")]
    private static partial Regex Row();
}
