using Connect.Tests.Unit.Api.Document;

namespace Connect.Tests.Unit.Client;

/// <summary>The package's page shows code that is compiled, and run by <c>TourTests</c>.</summary>
public sealed class ClientReadmeTests
{
    [Fact]
    public async Task Code_of_the_page_is_that_of_the_sample()
    {
        var page = await File.ReadAllTextAsync(ApprovedDocument.RepositoryFile("Connect.Client/README.md"), TestContext.Current.CancellationToken);
        var sample = await File.ReadAllLinesAsync(ApprovedDocument.RepositoryFile("samples/Consumer/Program.cs"), TestContext.Current.CancellationToken);

        var blocks = page.ReplaceLineEndings("\n").Split("```csharp\n")[1..].Select(block => block[..block.IndexOf("```", StringComparison.Ordinal)]);
        var lines = blocks.SelectMany(block => block.Split('\n', StringSplitOptions.RemoveEmptyEntries)).ToList();

        Assert.NotEmpty(lines);
        Assert.Empty(lines.Except(sample));
    }
}
