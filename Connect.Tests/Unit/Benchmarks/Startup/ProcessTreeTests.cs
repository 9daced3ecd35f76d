using Connect.Benchmarks.Startup;

namespace Connect.Tests.Unit.Benchmarks.Startup;

/// <summary>Whether everything that was started has ended.</summary>
public sealed class ProcessTreeTests
{
    private static readonly ProcessEntry[] Running =
    [
        new(1, 0, 5, false), new(10, 1, 100, false), new(11, 10, 101, false), new(12, 11, 102, false), new(13, 10, 103, false),
        new(20, 1, 104, false),
    ];

    [Theory]
    [InlineData("17 (dotnet) S 3 17 17 0 -1 4194304 1 2 3 4 5 6 7 8 20 0 30 0 98765 1000", 17, 3, 98765L, false)]
    [InlineData("18 (a) Z (b)) R 4 17 17 0 -1 4194304 1 2 3 4 5 6 7 8 20 0 30 0 42 1000", 18, 4, 42L, false)]
    [InlineData("19 (sh) Z 1 17 17 0 -1 4194304 1 2 3 4 5 6 7 8 20 0 30 0 43 1000", 19, 1, 43L, true)]
    public void Line_of_a_process_is_read_whatever_its_name(string line, int id, int parent, long began, bool hasEnded) =>
        Assert.Equal(new ProcessEntry(id, parent, began, hasEnded), ProcessTree.Parse(line));

    [Fact]
    public void Tree_is_the_process_and_all_below_it() =>
        Assert.Equal([10, 11, 12, 13], ProcessTree.Of(10, Running).Select(entry => entry.Id).Order());

    [Fact]
    public void Process_that_runs_on_is_left_and_one_that_took_its_number_is_not()
    {
        var former = ProcessTree.Of(10, Running);

        Assert.Equal([12], ProcessTree.Left(former, [new(12, 1, 102, false), new(11, 1, 999, false), new(13, 1, 103, true)]).Select(entry => entry.Id));
        Assert.Empty(ProcessTree.Left(former, [new(1, 0, 5, false)]));
    }

    [Fact]
    public void Own_process_is_found_on_linux()
    {
        var all = ProcessTree.Read().ToList();

        Assert.Equal(OperatingSystem.IsLinux(), all.Exists(entry => entry.Id == Environment.ProcessId));
        Assert.DoesNotContain(all, entry => entry.Id == Environment.ProcessId && entry.HasEnded);
    }
}
