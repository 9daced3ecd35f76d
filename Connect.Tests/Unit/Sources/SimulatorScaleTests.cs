using System.Globalization;
using System.Text.RegularExpressions;
using Connect.AgencySimulator;
using Connect.AgencySimulator.Announcements;

namespace Connect.Tests.Unit.Sources;

public sealed partial class SimulatorScaleTests
{
    private const int Most = 100_000;

    [Theory]
    [InlineData(1, "2026-03-10")]
    [InlineData(20_251_011, "2026-12-31")]
    public void Titles_tell_calls_apart_when_there_are_100_000(int seed, string today)
    {
        var writer = new AnnouncementWriter(seed, DateOnly.Parse(today, CultureInfo.InvariantCulture));

        var calls = Enumerable.Range(0, Most).Select(ordinal => writer.Call(ordinal));
        var titles = calls.Select(call => Normalize($"{call.Title} {call.Ministry}")).ToHashSet();

        Assert.Equal(Most, titles.Count);
        return;

        static string Normalize(string text) => OtherRegex().Replace(text, "").ToUpperInvariant();
    }

    [Fact]
    public void Kimst_stays_one_page_when_there_are_100_000_calls()
    {
        var boards = Enumerable.Range(0, Most).CountBy(ordinal => new CallSubject(ordinal).Board).ToDictionary();

        Assert.Equal(CallSubject.MostOnKimst, boards[Board.KIMST]);
        Assert.All(Enum.GetValues<Board>().Except([Board.KIMST]), board => Assert.InRange(boards[board], 5_000, 60_000));
    }

    [Theory]
    [InlineData(59, false)]
    [InlineData(60, true)]
    [InlineData(100_000, true)]
    [InlineData(100_001, false)]
    public void Options_are_refused_when_the_boards_would_be_too_small_or_too_large(int calls, bool accepted) =>
        Assert.Equal(accepted, new SimulatorOptionsValidator().Validate(null, new() { Calls = calls }).Succeeded);

    [GeneratedRegex(@"[^\p{L}\p{Nd}]")]
    private static partial Regex OtherRegex();
}
