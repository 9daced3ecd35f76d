using System.Text.RegularExpressions;
using Connect.Tests.Unit.Api.Document;

namespace Connect.Tests.Unit.Documents;

/// <summary>Callers read the types of problems: the documentation has each, and none that does not exist.</summary>
public sealed partial class ProblemTypesTests
{
    [Fact]
    public void Documentation_has_the_types_of_problems_that_the_code_has()
    {
        var api = ApprovedDocument.RepositoryFile("Connect.Api");
        var code = Directory.EnumerateFiles(api, "*.cs", SearchOption.AllDirectories)
            .SelectMany(file => Named().Matches(File.ReadAllText(file)))
            .Concat(OfStatus().Matches(File.ReadAllText(Path.Combine(api, "Http", "Problems.cs"))))
            .Select(match => match.Groups[1].Value);
        var table = File.ReadAllText(ApprovedDocument.RepositoryFile("docs/api.md")).Split("## Errors")[1].Split("## Paging")[0];
        var documented = Row().Matches(table).SelectMany(row => Name().Matches(row.Value).Select(name => name.Groups[1].Value));

        Assert.Equal(code.Order(StringComparer.Ordinal).Distinct(), documented.Order(StringComparer.Ordinal));
    }

    [GeneratedRegex(@"(?:Conflict|TypeOf|Create)\(\s*(?:StatusCodes\.\w+,\s*)?""([a-z-]+)""")]
    private static partial Regex Named();

    [GeneratedRegex(@"(?:Status\w+ =>|500 =>|_ =>|Validation =) ""([a-z-]+)""[,;]")]
    private static partial Regex OfStatus();

    [GeneratedRegex(@"(?m)^\| (`[a-z-]+`(, )?)+ \|")]
    private static partial Regex Row();

    [GeneratedRegex("`([a-z-]+)`")]
    private static partial Regex Name();
}
