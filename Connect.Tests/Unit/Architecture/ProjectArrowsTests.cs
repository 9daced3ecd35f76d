using System.Text;
using System.Xml.Linq;
using Connect.Tests.Unit.Api.Document;

namespace Connect.Tests.Unit.Architecture;

/// <summary>
/// Which project may reference which. The picture in <c>docs/architecture.md</c> is made from the project files:
/// <c>CONNECT_APPROVE=true</c> writes it anew.
/// </summary>
public sealed class ProjectArrowsTests
{
    private const string Begin = "```mermaid\ngraph TD\n";
    private const string End = "```";

    // From is a product project; what it does not list it must not reference.
    private static readonly Dictionary<string, string[]> Allowed = new(StringComparer.Ordinal)
    {
        ["Connect.Caching"] = [],
        ["Connect.Client"] = [],
        ["Connect.Domain"] = [],
        ["Connect.ServiceDefaults"] = [],
        ["Connect.AgencySimulator"] = ["Connect.ServiceDefaults"],
        ["Connect.Data"] = ["Connect.Caching", "Connect.Domain"],
        ["Connect.Operations"] = ["Connect.Data", "Connect.ServiceDefaults"],
        ["Connect.Api"] = ["Connect.Data", "Connect.Operations", "Connect.ServiceDefaults"],
        ["Connect.ScraperWorker"] = ["Connect.Data", "Connect.ServiceDefaults"],
        ["Connect.AppHost"] = ["Connect.AgencySimulator", "Connect.Api", "Connect.ScraperWorker"],
        ["Consumer"] = ["Connect.Client"],
        ["Shop"] = ["Connect.Caching"],
    };

    [Fact]
    public void Projects_reference_only_what_they_may()
    {
        var references = ReadReferences();

        Assert.Empty(Violations(references));
        Assert.Superset(Allowed.Keys.ToHashSet(), references.Keys.ToHashSet());
    }

    [Theory]
    [InlineData("Connect.Caching", "Connect.Domain")]
    [InlineData("Connect.Client", "Connect.Domain")]
    [InlineData("Connect.Domain", "Connect.Data")]
    [InlineData("Connect.Data", "Connect.Api")]
    [InlineData("Connect.Operations", "Connect.Api")]
    [InlineData("Connect.ScraperWorker", "Connect.Api")]
    public void Planted_reference_is_found(string from, string to)
    {
        var references = ReadReferences();
        references[from] = [.. references[from], to];

        Assert.Equal([$"{from} -> {to}"], Violations(references));
    }

    [Fact]
    public void Picture_of_the_arrows_is_made_from_the_projects()
    {
        var page = ApprovedDocument.RepositoryFile("docs/architecture.md");
        var text = File.ReadAllText(page);
        var begin = text.IndexOf(Begin, StringComparison.Ordinal);
        Assert.True(begin >= 0, "docs/architecture.md has no picture of the projects.");
        var end = text.IndexOf(End, begin + Begin.Length, StringComparison.Ordinal);
        var drawn = Draw(ReadReferences());
        if (Environment.GetEnvironmentVariable("CONNECT_APPROVE") == "true")
        {
            File.WriteAllText(page, $"{text[..begin]}{drawn}{text[end..]}");
            return;
        }

        Assert.Equal(drawn, text[begin..end]);
    }

    private static string Draw(SortedDictionary<string, string[]> references)
    {
        var picture = new StringBuilder(Begin);
        foreach (var (from, to) in references.Where(entry => Allowed.ContainsKey(entry.Key)))
        {
            foreach (var target in to)
            {
                picture.Append("  ").Append(from).Append(" --> ").Append(target).Append('\n');
            }
        }

        return picture.ToString();
    }

    private static List<string> Violations(SortedDictionary<string, string[]> references) =>
    [
        .. from entry in references
           where Allowed.ContainsKey(entry.Key)
           from target in entry.Value
           where !Allowed[entry.Key].Contains(target)
           select $"{entry.Key} -> {target}",
    ];

    private static SortedDictionary<string, string[]> ReadReferences()
    {
        var root = Path.GetDirectoryName(ApprovedDocument.RepositoryFile("Connect.sln"))!;
        return new(
            Directory.EnumerateDirectories(root, "Connect.*").Concat(Directory.EnumerateDirectories(Path.Combine(root, "samples")))
                .SelectMany(folder => Directory.EnumerateFiles(folder, "*.csproj"))
                .ToDictionary(
                    file => Path.GetFileNameWithoutExtension(file),
                    file => XDocument.Load(file).Descendants("ProjectReference")
                        .Select(reference => Path.GetFileNameWithoutExtension(reference.Attribute("Include")!.Value.Replace('\\', '/')))
                        .Order(StringComparer.Ordinal).ToArray()),
            StringComparer.Ordinal);
    }
}
