using System.Collections.Immutable;
using Connect.Benchmarks;
using Connect.Benchmarks.Quality;
using Connect.Tests.Unit.Sources;

namespace Connect.Tests.Unit.Quality;

/// <summary>What the readers of texts find, against what people have read.</summary>
public sealed class ReadingTests
{
    [Fact]
    public void Real_texts_are_read_as_well_as_promised()
    {
        var texts = Parse(PageFiles.ReadReal("real/texts.jsonl"));
        List<ReadText> read = [.. texts.Select(ReadText.Of)];
        List<ReadText> lines = [.. texts.Select(ReadText.OfLine).OfType<ReadText>()];

        AssertShares(read, "period", right: 0.98, wrong: 0.01);
        AssertShares(read, "amount", right: 0.95, wrong: 0.03);
        AssertShares(read, "trl", right: 0.95, wrong: 0.03);
        AssertShares(read, "audience", right: 0.95, wrong: 0.03);
        AssertShares(lines, "period", right: 0.95, wrong: 0.01);
    }

    [Theory]
    [InlineData("""{"kind":"period","text":"2025.03.15 ~ 04.15 18:00","expected":{"start":"2025-03-15","end":"2025-04-15T18:00","rolling":false}}""", nameof(ReadingResult.Right))]
    [InlineData("""{"kind":"period","text":"2025.03.15 ~ 04.15","expected":{"start":null,"end":"2025-04-15","rolling":false}}""", nameof(ReadingResult.Right))]
    [InlineData("""{"kind":"period","text":"2025.03.15","label":"접수일","expected":{"start":"2025-03-15","end":null,"rolling":false}}""", nameof(ReadingResult.Right))]
    [InlineData("""{"kind":"period","text":"상시","expected":{"start":null,"end":null,"rolling":true}}""", nameof(ReadingResult.Right))]
    [InlineData("""{"kind":"period","text":"2025.03.15 ~ 04.15","expected":{"start":"2025-03-14","end":"2025-04-15","rolling":false}}""", nameof(ReadingResult.Wrong))]
    [InlineData("""{"kind":"period","text":"2025.03.15 ~ 04.15","expected":{"start":null,"end":"2025-04-15T18:00","rolling":false}}""", nameof(ReadingResult.Wrong))]
    [InlineData("""{"kind":"period","text":"추후 공지","expected":{"start":null,"end":"2025-04-15","rolling":false}}""", nameof(ReadingResult.Unknown))]
    [InlineData("""{"kind":"period","text":"추후 공지","expected":{"start":null,"end":null,"rolling":false}}""", nameof(ReadingResult.Right))]
    [InlineData("""{"kind":"amount","text":"총 10억원(과제당 2억원)","expected":{"amount_total_won":1000000000,"amount_per_project_won":200000000}}""", nameof(ReadingResult.Right))]
    [InlineData("""{"kind":"amount","text":"총 10억원(과제당 2억원)","expected":{"amount_total_won":1000000000,"amount_per_project_won":null}}""", nameof(ReadingResult.Wrong))]
    [InlineData("""{"kind":"amount","text":"미정","expected":{"amount_total_won":1,"amount_per_project_won":null}}""", nameof(ReadingResult.Unknown))]
    [InlineData("""{"kind":"trl","text":"TRL 4~6","expected":{"min":4,"max":6}}""", nameof(ReadingResult.Right))]
    [InlineData("""{"kind":"trl","text":"TRL 4 이상","expected":{"min":4,"max":6}}""", nameof(ReadingResult.Wrong))]
    [InlineData("""{"kind":"trl","text":"무관","expected":{"min":4,"max":null}}""", nameof(ReadingResult.Unknown))]
    [InlineData("""{"kind":"audience","text":"기업, 대학","expected":{"audience":"BOTH"}}""", nameof(ReadingResult.Right))]
    [InlineData("""{"kind":"audience","text":"기업","expected":{"audience":"INSTITUTE"}}""", nameof(ReadingResult.Wrong))]
    [InlineData("""{"kind":"audience","text":"지자체","expected":{"audience":null}}""", nameof(ReadingResult.Right))]
    [InlineData("""{"kind":"audience","text":"지자체","expected":{"audience":"COMPANY"}}""", nameof(ReadingResult.Unknown))]
    public void Answer_is_right_wrong_or_none(string line, string expected) =>
        Assert.Equal(expected, ReadText.Of(Assert.Single(Parse(line))).Result.ToString());

    [Fact]
    public void Line_counts_only_where_it_states_an_application()
    {
        const string Rest = """ "kind":"period","text":"2025.3.1 ~ 3.15","expected":{"end":"2025-03-15"}}""";
        var texts = Parse($$"""
            {"role":"application","line":"□ 전산접수기간 : 2025.3.1 ~ 3.15",{{Rest}}
            {"role":"application","line":"연구기간 : 2025.3.1 ~ 3.15",{{Rest}}
            {"role":"publication","line":"공고기간 : 2025.3.1 ~ 3.15",{{Rest}}
            {{{Rest}}
            """);

        Assert.Equal([ReadingResult.Right, ReadingResult.Unknown, null, null], texts.Select(text => ReadText.OfLine(text)?.Result));
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("x")]
    [InlineData("""{"kind":"period","text":"x"}""")]
    [InlineData("""{"kind":"period","text":"x","expected":3}""")]
    [InlineData("""{"kind":"other","text":"x","expected":{}}""")]
    public async Task File_that_cannot_be_read_is_refused(string line)
    {
        using var file = new TextFile(line);

        Assert.Equal(1, await ReadingCommand.RunAsync(new Arguments(file.Path)));
        Assert.Equal(1, await ReadingCommand.RunAsync(new Arguments(file.Path + ".none")));
        await Assert.ThrowsAsync<UsageException>(() => ReadingCommand.RunAsync(new Arguments()));
    }

    private static ImmutableArray<ReadingText> Parse(string lines)
    {
        using var file = new TextFile(lines);
        return ReadingText.ReadAll(file.Path);
    }

    private static void AssertShares(List<ReadText> read, string kind, double right, double wrong)
    {
        var all = read.FindAll(text => text.Text.Kind == kind);
        Assert.NotEmpty(all);
        double Share(ReadingResult result) => (double)all.Count(text => text.Result == result) / all.Count;
        Assert.InRange(Share(ReadingResult.Right), right, 1);
        Assert.InRange(Share(ReadingResult.Wrong), 0, wrong);
    }

    private sealed class TextFile : IDisposable
    {
        private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("connect-reading-");

        public TextFile(string lines) => File.WriteAllText(Path, lines);

        public string Path => System.IO.Path.Combine(_folder.FullName, "texts.jsonl");

        public void Dispose() => _folder.Delete(recursive: true);
    }
}
