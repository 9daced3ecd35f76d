using System.Text.RegularExpressions;
using Connect.Domain.Organizations;
using Connect.Tests.Unit.Api.Document;

namespace Connect.Tests.Unit.Documents;

/// <summary>Business numbers in documents, examples, samples and code are valid; those that are bad on purpose are named here.</summary>
public sealed partial class BusinessNumberExamplesTests
{
    private const string Placeholder = "000-00-00000";

    private static readonly string Root = Path.GetDirectoryName(ApprovedDocument.RepositoryFile("Connect.sln"))!;

    private static readonly string[] Elsewhere = [".git", "artifacts", "bin", "node_modules", "obj"];

    private static readonly string[] Kinds = [".cs", ".http", ".json", ".md", ".razor", ".sql", ".yml"];

    private static readonly Dictionary<string, string[]> Bad = new()
    {
        ["Connect.Domain.Tests/Organizations/BusinessNumberTests.cs"] = ["123-45-67890", "124-81-00999", "000-12-34567"],
        ["Connect.Tests/Distributed/ApiValidationTests.cs"] = ["123-45-67890"],
        ["Connect.Tests/Distributed/Security/HostileTexts.cs"] = ["123-45-67890"],
        ["Connect.Tests/Unit/Documents/BusinessNumberExamplesTests.cs"] = ["123-45-67890", "124-81-00999", "000-12-34567"],
        ["Connect.Tests/Unit/Sources/Kept/PersonalDataTests.cs"] = ["123-45-67890"],
    };

    [Fact]
    public void Business_numbers_are_valid_except_for_those_that_are_named_as_bad()
    {
        var found = Files(Root)
            .SelectMany(file => Numbers().Matches(File.ReadAllText(file)).Select(match => (File: Path.GetRelativePath(Root, file), Number: match.Value)))
            .Where(found => found.Number != Placeholder)
            .Distinct().ToList();
        var bad = found.Where(found => !BusinessNumber.TryParse(found.Number, out _)).Order();

        Assert.Equal(Bad.SelectMany(file => file.Value.Select(number => (file.Key, number))).Order(), bad);
        foreach (var good in (string[])["Connect.Api/Connect.Api.http", "docs/openapi/v1.json", "Connect.Api/OpenApi/Examples/OrganizationExamples.cs"])
        {
            Assert.Contains(found, example => example.File == good);
        }
    }

    private static IEnumerable<string> Files(string folder) => Directory.EnumerateFiles(folder)
        .Where(file => Kinds.Contains(Path.GetExtension(file)))
        .Concat(Directory.EnumerateDirectories(folder).Where(inner => !Elsewhere.Contains(Path.GetFileName(inner))).SelectMany(Files));

    [GeneratedRegex(@"(?<![\d-])[0-9]{3}-[0-9]{2}-[0-9]{5}(?![\d-])")]
    private static partial Regex Numbers();
}
