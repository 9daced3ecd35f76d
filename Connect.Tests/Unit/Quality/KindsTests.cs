using Connect.Benchmarks;
using Connect.Benchmarks.Quality;
using Connect.Domain.Organizations;
using Connect.Domain.Programs;

namespace Connect.Tests.Unit.Quality;

/// <summary>The linear model for kinds, and what it is trained on.</summary>
public sealed class KindsTests
{
    [Fact]
    public void Titles_are_grouped_by_source_and_year()
    {
        var groups = KindsCommand.Group(
        [
            .. Enumerable.Range(0, 20).Select(number => Of($"2025년 제{number}차 공모", "https://a.example/1")),
            .. Enumerable.Range(0, 20).Select(number => Of($"2026년 제{number}차 공모", "https://a.example/1")),
            .. Enumerable.Range(0, 19).Select(number => Of($"2026년 제{number}차 조사", "https://b.example/1")),
            Of("2025년 제1차 공모", "https://c.example/1"),
            Of("공모", "urn:some:1"),
        ]);

        Assert.Equal([("a.example_2025", 20), ("a.example_2026", 20), ("others", 20)], groups.Select(group => (group.Name, group.Titles.Count)));
    }

    [Fact]
    public void Model_tells_kinds_by_parts_of_words()
    {
        var model = LinearKinds.Train(
        [
            .. Enumerable.Range(0, 20).Select(number => Of($"2025년 로봇 신규과제 {number}차 공모", "https://a.example/1")),
            .. Enumerable.Range(0, 20).Select(number => Of($"2025년 로봇 기술수요조사 {number}차 안내", "https://a.example/1", ProgramKind.Survey)),
        ]);

        Assert.Equal((ProgramKind.Call, ProgramKind.Survey), (model.Classify("2026년 바이오 신규과제 공모"), model.Classify("2026년 바이오 기술수요조사 안내")));
    }

    [Fact]
    public async Task Files_come_in_pairs()
    {
        await Assert.ThrowsAsync<UsageException>(() => KindsCommand.RunAsync(new Arguments("titles.jsonl")));
        Assert.Equal(1, await KindsCommand.RunAsync(new Arguments("titles.jsonl.none", "labels.jsonl.none")));
    }

    private static LabelledAnnouncement Of(string title, string url, ProgramKind kind = ProgramKind.Call) =>
        new(title, title, url, null, kind, [], [OrganizationType.Company], []);
}
