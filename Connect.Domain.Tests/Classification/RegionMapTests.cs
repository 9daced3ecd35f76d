using System.Text;
using System.Text.Json.Nodes;
using Connect.Domain.Classification;
using Connect.Domain.Organizations;

namespace Connect.Domain.Tests.Classification;

public sealed class RegionMapTests
{
    [Theory]
    [InlineData("2026년 부산 조선기자재 육성사업", new[] { Region.Busan })]
    [InlineData("2026년도부산 조선기자재 육성사업", new[] { Region.Busan })]
    [InlineData("(대구)기술창업 스튜디오", new[] { Region.Daegu })]
    [InlineData("전라남도 수산 기술개발", new[] { Region.Jeonnam })]
    [InlineData("강소특구 육성(구미, 울주, 나주)", new[] { Region.Ulsan, Region.Jeonnam, Region.Gyeongbuk })]
    [InlineData("충청권 초광역 기술개발", new[] { Region.Daejeon, Region.Sejong, Region.Chungbuk, Region.Chungnam })]
    [InlineData("수도권 물류 실증", new[] { Region.Seoul, Region.Incheon, Region.Gyeonggi })]
    [InlineData("지역혁신 실증 스케일업(광주)", new[] { Region.Gwangju })]
    public void Regions_are_those_that_a_title_names(string title, Region[] expected) =>
        Assert.Equal(expected, RegionMap.Default.Read(title));

    [Theory]
    [InlineData("디지털 대전환 기술개발")]
    [InlineData("디지털대전환 기술개발")]
    [InlineData("농산부산물 소재화 기술개발")]
    [InlineData("부산물 자원화 기술개발")]
    [InlineData("대구경 강관 기술개발")]
    [InlineData("경기침체 대응 기술개발")]
    [InlineData("전주기 안전관리 기술개발")]
    [InlineData("세종과학펠로우십 신규과제")]
    [InlineData("서울대학교 기술이전")]
    [InlineData("지역의료혁신 연구개발사업")]
    [InlineData("")]
    [InlineData(null)]
    public void Regions_are_none_when_a_word_only_looks_like_one(string? title) =>
        Assert.Empty(RegionMap.Default.Read(title));

    [Fact]
    public void Regions_are_those_outside_the_capital_when_a_title_says_only_so()
    {
        var regions = RegionMap.Default.Read("지역혁신 선도기술 개발");

        Assert.Equal(14, regions.Length);
        Assert.DoesNotContain(Region.Seoul, regions);
        Assert.DoesNotContain(Region.Gyeonggi, regions);
        Assert.DoesNotContain(Region.Incheon, regions);
    }

    [Fact]
    public void Load_throws_when_a_region_is_missing() =>
        Throws("exactly once", root => root["regions"]!.AsArray().RemoveAt(0));

    [Fact]
    public void Load_throws_when_a_name_stands_twice() =>
        Throws("stands twice", root => root["regions"]![0]!["places"]!.AsArray().Add("부산"));

    [Fact]
    public void Load_throws_when_a_group_is_of_unknown_regions() =>
        Throws("unknown regions", root => root["groups"]![0]!["regions"]!.AsArray().Add("ATLANTIS"));

    private static void Throws(string problem, Action<JsonNode> spoil)
    {
        using var stream = ClassificationData.Open(ClassificationData.Regions);
        var root = JsonNode.Parse(stream)!;
        spoil(root);

        var exception = Assert.Throws<InvalidDataException>(() => RegionMap.Load(ClassificationData.Read(
            new MemoryStream(Encoding.UTF8.GetBytes(root.ToJsonString())), ClassificationJsonContext.Default.RegionsDocument)));

        Assert.Contains(problem, exception.Message, StringComparison.Ordinal);
    }
}
