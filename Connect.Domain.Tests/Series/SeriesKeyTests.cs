using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Connect.Domain.Programs;
using Connect.Domain.Series;
using FsCheck;
using FsCheck.Fluent;

namespace Connect.Domain.Tests.Series;

public sealed partial class SeriesKeyTests
{
    private const double LeastFound = 0.9;

    private static readonly SeriesPair.Side[] Announcements =
        [.. SeriesPair.Read("same").Concat(SeriesPair.Read("others")).SelectMany(pair => new[] { pair.First, pair.Second })];

    [Fact]
    public void No_two_programs_are_joined_and_nine_of_ten_rounds_are_found()
    {
        var (same, others) = (SeriesPair.Read("same"), SeriesPair.Read("others"));
        var missed = same.Where(pair => !pair.IsJoined).ToArray();
        var wrong = others.Where(pair => pair.IsJoined).ToArray();

        TestContext.Current.SendDiagnosticMessage("{0} of {1} pairs found, {2} of {3} near-misses joined", same.Count - missed.Length, same.Count, wrong.Length, others.Count);
        TestContext.Current.TestOutputHelper!.WriteLine($"{same.Count - missed.Length} of {same.Count} pairs found, {wrong.Length} of {others.Count} near-misses joined");
        Assert.True(same.Count >= 120 && others.Count >= 120);
        Assert.Empty(wrong);
        Assert.True(same.Count - missed.Length >= LeastFound * same.Count, string.Join('\n', missed.Select(pair => $"{pair.First.Title} | {pair.Second.Title}")));
    }

    [Fact]
    public void Pairs_of_different_rows_are_joined_only_where_their_names_are_equal()
    {
        // Every pair stands for a program of its own; some near-misses are built on a listed pair.
        var series = SeriesPair.Read("same").Select(pair => pair.First.Key).Where(SeriesKey.IsSeries).ToArray();

        Assert.Equal(series.Length, series.Distinct().Count());
    }

    [Fact]
    public void Key_does_not_depend_on_composition_width_case_and_spacing() =>
        Prop.ForAll(Gen.Elements(Announcements).ToArbitrary(), Gen.Choose(0, int.MaxValue).ToArbitrary(), (announcement, seed) =>
        {
            var random = new Random(seed);
            Assert.All(
                [
                    announcement.Title.Normalize(NormalizationForm.FormD), Wide(announcement.Title), announcement.Title.ToUpperInvariant(),
                    announcement.Title.ToLowerInvariant(), Spaced(announcement.Title, random), $"  {announcement.Title}\u00a0",
                ],
                title => Assert.Equal(announcement.Key, (announcement with { Title = title }).Key));
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Key_does_not_depend_on_the_year() =>
        Prop.ForAll(Gen.Elements(Announcements).ToArbitrary(), Gen.Choose(2001, 2029).ToArbitrary(), (announcement, year) =>
        {
            var number = year.ToString(CultureInfo.InvariantCulture);
            var title = YearRegex().Replace(announcement.Title, number);
            Assert.Equal(announcement.Key, (announcement with { Title = title }).Key);
        }).QuickCheckThrowOnFailure();

    [Theory]
    [InlineData("2025년도")]
    [InlineData("2031년도")]
    [InlineData("1999년")]
    [InlineData("2027년")]
    [InlineData("２０２６년")]
    [InlineData("´26년")]
    [InlineData("'26년도")]
    [InlineData("’26")]
    [InlineData("26년도")]
    [InlineData("26년")]
    [InlineData("FY2026")]
    [InlineData("2026학년도")]
    [InlineData("2026")]
    [InlineData("2026년 9월")]
    [InlineData("2026-1차")]
    [InlineData("2026년 제3차")]
    [InlineData("2026년 하반기")]
    [InlineData("二〇二六年")]
    [InlineData("(과학기술정보통신부 공고 제2026-0123호)")]
    [InlineData("[수정공고]")]
    [InlineData("[과기정통부]")]
    public void Year_round_and_notice_number_are_no_part_of_the_name(string head) =>
        Assert.Equal(KeyOf("달토양 활용기술 개발사업 신규과제 공모"), KeyOf($"{head} 달토양 활용기술 개발사업 신규과제 공모"));

    [Theory]
    [InlineData("5G 달토양 실증", "달토양 실증")]
    [InlineData("2차전지 달토양 실증", "전지 달토양 실증")]
    [InlineData("4차 산업혁명 달토양 실증", "산업혁명 달토양 실증")]
    [InlineData("3차원 달토양 실증", "달토양 실증")]
    [InlineData("2050 탄소중립 달토양 실증", "탄소중립 달토양 실증")]
    [InlineData("비전2030 달토양 실증", "비전 달토양 실증")]
    [InlineData("제2차 우주개발 기본계획 연구", "제3차 우주개발 기본계획 연구")]
    public void Numbers_of_a_name_stay(string title, string other) => Assert.NotEqual(KeyOf(title), KeyOf(other));

    [Theory]
    [InlineData("")]
    [InlineData("   ")]
    [InlineData("2026년 신규과제 공모")]
    [InlineData("2026년도 제2차 공고")]
    [InlineData("\ud800")]
    [InlineData("(((")]
    public void Title_that_could_be_anybodys_has_no_series(string title) => Assert.Equal(SeriesKey.None, SeriesKey.Of(title, "교육부", Agency.NTIS));

    [Fact]
    public void Key_fits_its_column() =>
        Assert.All(Announcements, announcement => Assert.InRange(announcement.Key.Length, SeriesKey.Prefix.Length, 64));

    [Theory]
    [InlineData("산업통상자원부", "산업통상부")]
    [InlineData("환경부", "기후에너지환경부")]
    [InlineData("특허청", "지식재산처")]
    [InlineData("과기정통부", "과학기술정보통신부")]
    [InlineData("교육부, 산업통상자원부", "산업통상부·교육부")]
    public void Renamed_ministry_is_the_same(string before, string after) =>
        Assert.Equal(SeriesKey.Of("달토양 활용기술 개발", before, Agency.IRIS), SeriesKey.Of("달토양 활용기술 개발", after, Agency.NTIS));

    [Theory]
    [InlineData("2026년도 제2차 달토양 실증 공고", 2026, 2)]
    [InlineData("'25년 하반기 달토양 실증", 2025, 2)]
    [InlineData("달토양 실증 공고(3차)", 2024, 3)]
    [InlineData("26년도 2차전지 실증", 2026, null)]
    [InlineData("달토양 실증", 2024, null)]
    public void Year_and_round_are_read(string title, int year, int? number) =>
        Assert.Equal(new SeriesRound(year, number), SeriesRound.Read(title, new DateTimeOffset(2023, 12, 31, 15, 0, 0, TimeSpan.Zero)));

    private static string KeyOf(string title) => SeriesKey.Of(title, "과학기술정보통신부", Agency.IRIS);

    private static string Wide(string title) => string.Concat(title.Select(c => c is >= '!' and <= '~' and not '\'' ? (char)(c + 0xFEE0) : c));

    // More blanks where there is one, and one before and after brackets: a blank never parts two digits of one number.
    private static string Spaced(string title, Random random) => string.Concat(title.Select(c =>
        c == ' ' ? new string(' ', random.Next(1, 4)) : c is '(' or '[' && random.Next(2) == 0 ? $" {c}" : c is ')' or ']' && random.Next(2) == 0 ? $"{c} " : c.ToString()));

    [GeneratedRegex("(?<![0-9-])20(?:0[1-9]|[12][0-9])(?![0-9])", RegexOptions.CultureInvariant)]
    private static partial Regex YearRegex();
}
