using Connect.Domain.Classification;
using Connect.Domain.Organizations;
using Connect.Domain.Programs;

namespace Connect.Domain.Tests.Classification;

public sealed class SectorClassifierTests
{
    [Theory]
    [InlineData("ICT", Sector.Ict)]
    [InlineData("MANUFACTURING", Sector.Manufacturing)]
    [InlineData("BIO_HEALTH", Sector.BioHealth)]
    [InlineData("ENERGY", Sector.Energy)]
    [InlineData("ENVIRONMENT", Sector.Environment)]
    [InlineData("AGRICULTURE", Sector.Agriculture)]
    [InlineData("MARINE", Sector.Marine)]
    [InlineData("CONSTRUCTION", Sector.Construction)]
    [InlineData("TRANSPORTATION", Sector.Transportation)]
    [InlineData("DEFENSE", Sector.Defense)]
    [InlineData("CULTURE", Sector.Culture)]
    [InlineData("SPACE_NUCLEAR_BASIC", Sector.SpaceNuclearBasic)]
    [InlineData("bio-health", Sector.BioHealth)]
    public void Resolve_gives_itself_when_text_is_a_sector_key(string key, Sector expected) =>
        Assert.Equal([expected], SectorClassifier.Resolve(key));

    [Theory]
    [InlineData("Digital Transformation", new[] { Sector.Ict })]
    [InlineData("Biotech", new[] { Sector.BioHealth })]
    [InlineData("Marine Bio", new[] { Sector.Marine, Sector.BioHealth })]
    [InlineData("해양바이오", new[] { Sector.Marine, Sector.BioHealth })]
    [InlineData("해양 바이오", new[] { Sector.Marine, Sector.BioHealth })]
    [InlineData("바이오소재", new[] { Sector.BioHealth, Sector.Manufacturing })]
    [InlineData("SME Support", new Sector[0])]
    [InlineData("", new Sector[0])]
    [InlineData(null, new Sector[0])]
    [InlineData("A", new Sector[0])]
    [InlineData("V", new Sector[0])]
    [InlineData("수", new Sector[0])]
    [InlineData("digital", new Sector[0])]
    [InlineData("Biothings", new Sector[0])]
    public void Resolve_is_not_fooled_when_text_only_contains_a_word(string? text, Sector[] expected) =>
        Assert.Equal(expected, SectorClassifier.Resolve(text));

    [Theory]
    [InlineData("특수산업 지원전략 공고", new Sector[0])]
    [InlineData("한국방송 지원", new[] { Sector.Ict })]
    [InlineData("유전자 진단 기술개발", new[] { Sector.BioHealth })]
    [InlineData("전기 차세대 변환기", new Sector[0])]
    [InlineData("인공 지능 신규과제", new[] { Sector.Ict })]
    [InlineData("피해경감 기술개발", new Sector[0])]
    [InlineData("인공지능반도체 핵심기술개발", new[] { Sector.Manufacturing, Sector.Ict })]
    [InlineData("소형모듈원자로 안전규제", new[] { Sector.SpaceNuclearBasic, Sector.Energy })]
    [InlineData("AI기반 스마트양식", new[] { Sector.Marine, Sector.Ict })]
    [InlineData("도심 물류·배송 기술개발", new[] { Sector.Transportation })]
    [InlineData("음식물류폐기물 처리 신규과제", new[] { Sector.Environment })]
    [InlineData("산불 조기탐지 신규과제", new[] { Sector.Agriculture, Sector.Environment })]
    [InlineData("민군겸용 기술개발 신규과제", new[] { Sector.Defense })]
    [InlineData("건설 신진연구자 지원 신규과제", new[] { Sector.Construction })]
    [InlineData("합성환경 훈련체계 공고", new Sector[0])]
    public void Classify_reads_korean_compounds_when_title_has_no_spaces(string title, Sector[] expected) =>
        Assert.Equal(expected, SectorClassifier.Classify(title, null, [], null).Sectors);

    [Fact]
    public void Classify_never_reads_the_ministry_as_words_when_it_stands_in_the_title() =>
        Assert.Empty(SectorClassifier.Classify("과학기술정보통신부 연구산업육성사업 시행 공고", null, [], "과학기술정보통신부").Sectors);

    [Fact]
    public void Classify_uses_the_ministry_when_nothing_else_decides()
    {
        var general = SectorClassifier.Classify("2026년도 제1차 연구개발사업 공고", null, [], "해양수산부");
        var titled = SectorClassifier.Classify("한국철도공사 2026년 협력연구 공모", null, [], null);
        var named = SectorClassifier.Classify("2026년도 인공지능 기술개발사업 공고", null, [], "해양수산부");

        Assert.Equal([Sector.Marine], general.Sectors);
        Assert.Equal(SectorOrigin.Ministry, general.Origin);
        Assert.Equal([Sector.Transportation], titled.Sectors);
        Assert.Equal([Sector.Ict], named.Sectors);
        Assert.Equal(SectorOrigin.Words, named.Origin);
    }

    [Fact]
    public void Classify_lets_the_title_lead_when_fields_say_something_else()
    {
        Assert.Equal(
            [Sector.Marine, Sector.BioHealth],
            SectorClassifier.Classify("해양바이오 기술개발 신규과제", "Digital Transformation", ["DX", "AI", "빅데이터"], null).Sectors[..2]);
        Assert.Equal([Sector.Agriculture, Sector.Ict], SectorClassifier.Classify("정밀농업 신규과제", "ICT", ["인공 지능", "ai"], null).Sectors);
        Assert.Equal([Sector.Ict], SectorClassifier.Classify("2026년도 신규과제", "ICT", [], null).Sectors);
    }

    [Fact]
    public void Classify_counts_a_word_once_when_a_title_repeats_itself()
    {
        var once = SectorClassifier.Classify("백신 개발", null, [], null);
        var twice = SectorClassifier.Classify("백신 개발_(2025)백신 개발", null, [], null);

        Assert.Equal(once.Scores[0].Points, twice.Scores[0].Points);
        Assert.Equal(["백신"], twice.Scores[0].Evidence);
    }

    [Fact]
    public void Classify_ignores_declaration_order_when_two_sectors_tie()
    {
        Assert.Equal([Sector.Marine, Sector.BioHealth], SectorClassifier.Classify("선박 백신", null, [], null).Sectors);
        Assert.Equal([Sector.BioHealth, Sector.Marine], SectorClassifier.Classify("백신 선박", null, [], null).Sectors);
    }

    [Fact]
    public void Classify_ignores_markup_and_emoji_when_a_title_has_them() =>
        Assert.Equal([Sector.Ict], SectorClassifier.Classify("🚀 <em class=\"bio\">인공지능</em> ～ 신규과제 \ud83d", null, [], null).Sectors);

    [Fact]
    public void Classify_reads_text_in_brackets_when_it_is_no_tag() =>
        Assert.Equal([Sector.Ict], SectorClassifier.Classify("<AI 기반> 신규과제 < 공고", null, [], null).Sectors);

    [Fact]
    public void Classify_survives_when_keywords_are_default() =>
        Assert.Empty(SectorClassifier.Classify(null, null, default, null).Sectors);
}
