using Connect.Domain.Classification;
using Connect.Domain.KoreanText;
using Connect.Domain.Organizations;
using Connect.Domain.Programs;
using FsCheck;
using FsCheck.Fluent;

namespace Connect.Domain.Tests.Classification;

public sealed class ProgramClassifierTests
{
    [Theory]
    [InlineData("2026년도 개인기초연구사업 신규과제", ProgramIntent.BasicResearch, 1, 3)]
    [InlineData("2026년도 수소 원천기술 개발 신규과제", ProgramIntent.BasicResearch, 1, 3)]
    [InlineData("2026년도 로봇 응용연구 신규과제", ProgramIntent.AppliedResearch, 4, 6)]
    [InlineData("2026년도 선박 실증 신규과제", ProgramIntent.AppliedResearch, 4, 6)]
    [InlineData("2026년도 백신 실용화 신규과제", ProgramIntent.Commercialization, 7, 9)]
    [InlineData("2026년도 반도체 기술개발사업 신규과제", ProgramIntent.AppliedResearch, null, null)]
    [InlineData("2026년도 원천기술 사업화 신규과제", ProgramIntent.AppliedResearch, null, null)]
    [InlineData("2026년도 감염병 신규과제", null, null, null)]
    public void Intent_and_levels_follow_from_the_title(string title, ProgramIntent? intent, int? low, int? high)
    {
        var found = ProgramClassifier.Classify(new AnnouncementText(title));

        Assert.Equal(intent, found.Traits.Intent);
        Assert.Equal(new TrlRange(low, high), found.Trl);
        Assert.Equal(low is null ? TrlConfidence.Missing : TrlConfidence.Inferred, found.Traits.TrlConfidence);
    }

    [Fact]
    public void Stated_levels_win_over_inferred_ones()
    {
        var found = ProgramClassifier.Classify(new AnnouncementText("2026년도 백신 실용화 신규과제") { StatedTrl = new(5, null) });

        Assert.Equal((new TrlRange(5, null), TrlConfidence.Explicit), (found.Trl, found.Traits.TrlConfidence));
    }

    [Theory]
    [InlineData("2026년도 중소기업기술혁신개발사업 공고", null, null, CompanyScale.Sme, null)]
    [InlineData("2026년도 중견중소기업상생 신규지원 공고", null, null, CompanyScale.MidSized, null)]
    [InlineData("2026년도 신규과제 공고", null, "중소벤처기업부", CompanyScale.MidSized, null)]
    [InlineData("2026년 초기 창업기업 지원계획 공고", "창업 7년 이내 기업", null, CompanyScale.Sme, 7)]
    [InlineData("2026년도 신규과제 공고", "창업 7년 이내 기업을 우대", null, null, null)]
    [InlineData("2026년도 신규과제 공고(업력 3년 미만)", null, null, null, 3)]
    public void Requirements_are_those_of_the_line(
        string title, string? body, string? ministry, CompanyScale? scale, int? years)
    {
        var found = Requirements(title, body, ministry);

        Assert.Equal((scale, years), (found.LargestScale, found.MaxYears));
    }

    [Theory]
    [InlineData("개인사업자는 제외", BusinessStructure.Corporation)]
    [InlineData("법인사업자에 한함", BusinessStructure.Corporation)]
    [InlineData("개인사업자만 신청할 수 있음", BusinessStructure.SoleProprietor)]
    [InlineData("개인사업자, 법인사업자 모두 가능", null)]
    public void Legal_form_is_restricted_only_in_so_many_words(string body, BusinessStructure? expected) =>
        Assert.Equal(expected, Requirements("2026년도 신규과제 공고", body, null).Structure);

    [Theory]
    [InlineData("2026년도 위탁과제 공모", true)]
    [InlineData("2026년도 정책지정 신규과제", true)]
    [InlineData("2026년도 지정공모형 신규과제", false)]
    public void Designated_is_a_call_whose_performer_is_chosen_already(string title, bool expected) =>
        Assert.Equal(expected, Requirements(title, null, null).IsDesignated);

    [Fact]
    public void Evidence_is_kept_for_every_classification()
    {
        var found = ProgramClassifier.Classify(new AnnouncementText("2026년 부산 중소기업 선박 실용화 기술개발 신규과제 공모"));

        Assert.Equal(
            ["kind=CALL:신규과제", "sector=MARINE:선박", "audience=COMPANY:중소기업", "region=BUSAN:부산", "intent=COMMERCIALIZATION:실용화", "trl=INFERRED:실용화", "scale=SME:중소기업"],
            found.Evidence.Select(one => $"{one.What}={one.Value}:{string.Join(',', one.Words)}"));
        Assert.All(found.Evidence, one => Assert.Equal(EvidenceSource.Title, one.Source));
    }

    [Fact]
    public void Evidence_tells_title_fields_and_ministry_apart()
    {
        static IEnumerable<string> Sectors(AnnouncementText text) => ProgramClassifier.Classify(text).Evidence
            .Where(one => one.What == "sector").Select(one => $"{one.Value} {one.Source} {string.Join(',', one.Words)}");

        Assert.Equal(
            ["ICT Title 인공지능", "ICT Field ICT,클라우드"],
            Sectors(new("인공지능 신규과제") { Category = "ICT", Keywords = ["클라우드"] }));
        Assert.Equal(["MARINE Ministry 해양수산부"], Sectors(new("2026년도 신규과제") { Ministry = "해양수산부" }));
    }

    [Theory]
    [InlineData("기술", true)]
    [InlineData("개발및", true)]
    [InlineData("R&D ", true)]
    [InlineData("인공지능", false)]
    [InlineData("가", false)]
    public void Long_text_costs_no_more_than_its_length(string part, bool isStopWord)
    {
        // 200,000 letters in one word: a classifier that is not linear in them would not return.
        var title = string.Concat(Enumerable.Repeat(part, 200_000 / part.Length));

        var found = ProgramClassifier.Classify(new AnnouncementText(title) { Body = title, Category = title, Keywords = [title] });

        Assert.NotEmpty(found.Evidence);
        Assert.InRange(found.Evidence.Max(one => one.Words.Length), 0, 10);
        Assert.Equal(isStopWord, Taxonomy.Default.IsStopWord(NormalizedText.Key(title)));
    }

    [Fact]
    public void Classify_never_throws_and_stays_in_bounds_for_any_text() =>
        Prop.ForAll<string?, string?, string?>((title, body, ministry) =>
        {
            var found = ProgramClassifier.Classify(new AnnouncementText(title) { Body = body, Ministry = ministry, Category = body });

            Assert.InRange(found.Traits.Sectors.Length, 0, 2);
            Assert.True(found.Trl.Min is null or (>= 1 and <= 9));
            Assert.NotEmpty(found.Evidence);
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(500));

    private static ProgramRequirements Requirements(string title, string? body, string? ministry) =>
        ProgramClassifier.Classify(new AnnouncementText(title) { Body = body, Ministry = ministry }).Traits.Requirements;
}
