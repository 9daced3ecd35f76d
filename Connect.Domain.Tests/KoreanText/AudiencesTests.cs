using Connect.Domain.Classification;
using Connect.Domain.Organizations;

namespace Connect.Domain.Tests.KoreanText;

public sealed class AudiencesTests
{
    [Theory]
    [InlineData("중소기업 및 벤처기업", true, false)]
    [InlineData("창업 7년 미만 스타트업", true, false)]
    [InlineData("기업부설연구소를 보유한 중소기업", true, false)]
    [InlineData("기업 부설 연구소", true, false)]
    [InlineData("대학, 출연연 등 연구기관", false, true)]
    [InlineData("출연(연)", false, true)]
    [InlineData("기업", true, false)]
    [InlineData("중소", true, false)]
    [InlineData("벤처", true, false)]
    [InlineData("스타트업", true, false)]
    [InlineData("예비창업자 및 소상공인", true, false)]
    [InlineData("연구소", false, true)]
    [InlineData("연구기관", false, true)]
    [InlineData("대학", false, true)]
    [InlineData("출연연", false, true)]
    [InlineData("정부출연 연구기관", false, true)]
    [InlineData("(기업부설)연구소 보유 기업", true, false)]
    [InlineData("부설연구소 또는 전담부서가 있는 중견기업", true, false)]
    [InlineData("연구소기업", true, false)]
    [InlineData("기업부설연구소, 대학", true, true)]
    [InlineData("대학생 창업기업", true, false)]
    [InlineData("연구원 3인 이상을 둔 기업", true, false)]
    [InlineData("중소기업(대학 제외)", true, false)]
    [InlineData("대학 및 연구소 (기업은 제외)", false, true)]
    [InlineData("누구나", false, false)]
    [InlineData("산학연: 기업, 대학, 연구소", true, true)]
    [InlineData("제한 없음", false, false)]
    [InlineData("", false, false)]
    [InlineData(null, false, false)]
    public void Audience_is_read_when_the_text_names_it(string? text, bool company, bool institute)
    {
        var audience = Audiences.Parse(text);

        Assert.Equal(company, audience.Contains(OrganizationType.Company));
        Assert.Equal(institute, audience.Contains(OrganizationType.ResearchInstitute));
    }
}
