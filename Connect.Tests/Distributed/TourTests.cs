using System.Text;
using Aspire.Hosting.Testing;
using CliWrap;
using CliWrap.Buffered;
using Connect.AppHost.Servers;
using Connect.Tests.Unit.Api.Document;
using Connect.Tests.Unit.Documents;

namespace Connect.Tests.Distributed;

/// <summary>
/// The commands of the documents, run as they stand there, give the output that stands there. They let the boards change and ask for
/// runs, and so run alone.
/// </summary>
[Collection(nameof(RunsAlone))]
public sealed class TourTests(RunningApplication application) : IDisposable
{
    private const string End = "-- end of block --";

    // A reader's command builds a sample first. Here it was built with the tests, in a folder beside theirs.
    private const string RunWhatIsBuilt = """
        dotnet() { [ "$1 $2" = 'run --project' ] && command dotnet "$BUILT/${3##*/}/$CONFIGURATION/${3##*/}.dll"; }

        """;

    // The tour scrapes twice, and waits at most two minutes each time.
    private static readonly TimeSpan MaxDuration = TimeSpan.FromMinutes(5);

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("connect-tour-");

    private static CancellationToken CancellationToken => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Delete(recursive: true);

    [Theory]
    [InlineData("README.md", "## Example")]
    [InlineData("README.md", "## From .NET")]
    [InlineData("docs/tour.md", null)]
    public async Task Commands_give_the_output_that_the_document_shows(string path, string? heading)
    {
        Needed.Have(
            SystemPrograms.Find("bash") is not null && SystemPrograms.Find("curl") is not null,
            "curl", "bash or curl is missing: install it with 'apt-get install bash curl'.");
        var blocks = RunnableBlock.Read(await File.ReadAllTextAsync(ApprovedDocument.RepositoryFile(path), CancellationToken), heading);
        Assert.Contains(blocks, block => block.Output is not null);

        var (outputs, errors) = await RunAsync(blocks);

        Assert.True(outputs.Length == blocks.Count, $"{path}: bash ended in the block on line {blocks[outputs.Length - 1].Line}.\n{errors}");
        foreach (var (block, output) in blocks.Zip(outputs))
        {
            var difference = block.Output is { } expected ? BlockOutput.FindDifference(expected, output) : null;
            Assert.True(difference is null, $"{path}, the block on line {block.Line}, {difference}\n{output}\n{errors}");
        }
    }

    // All blocks in one bash: they share their variables and functions. Each one's output ends with a line of its own.
    private async Task<(string[] Outputs, string Errors)> RunAsync(IReadOnlyList<RunnableBlock> blocks)
    {
        var script = Path.Combine(_folder.FullName, "blocks.sh");
        await File.WriteAllTextAsync(
            script, RunWhatIsBuilt + string.Concat(blocks.Select(block => $"{block.Command}\necho '{End}'\n")), CancellationToken);
        var api = (await application.GetAsync()).GetEndpoint("api");
        var boards = await application.GetSimulatorAsync();
        var own = new DirectoryInfo(AppContext.BaseDirectory);
        using var timeout = CancellationTokenSource.CreateLinkedTokenSource(CancellationToken);
        timeout.CancelAfter(MaxDuration);
        var result = await Cli.Wrap(SystemPrograms.Find("bash")!)
            .WithArguments([script])
            .WithWorkingDirectory(_folder.FullName)
            .WithEnvironmentVariables(variables => variables
                .Set("CONNECT_URL", api.GetLeftPart(UriPartial.Authority))
                .Set("SIMULATOR_URL", boards.GetLeftPart(UriPartial.Authority))
                .Set("BUILT", own.Parent!.Parent!.FullName)
                .Set("CONFIGURATION", own.Name)
                .Set("TMPDIR", _folder.FullName)
                .Set("no_proxy", "*"))
            .WithValidation(CommandResultValidation.None)
            .ExecuteBufferedAsync(Encoding.UTF8, timeout.Token);
        var outputs = result.StandardOutput.Split($"{End}\n");

        // After the last end there is nothing; without it, the block's output.
        return (outputs[^1].Length == 0 ? outputs[..^1] : outputs, result.StandardError);
    }
}
