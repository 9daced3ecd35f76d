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
    [InlineData("누구나", true, true)]
    [InlineData("산학연: 기업, 대학, 연구소", true, true)]
    [InlineData("제한 없음", true, true)]
    [InlineData("제한 없음(기업 참여 필수)", true, true)]
    [InlineData("산·학·연 컨소시엄", true, true)]
    [InlineData("외국인 투자기업과 국내 산․학․연의 컨소시엄", true, true)]
    [InlineData("대학 부설연구소", false, true)]
    [InlineData("대학부설 연구기관 및 병원 부설연구소", false, true)]
    [InlineData("대학 부설연구소 또는 기업부설연구소", true, true)]
    [InlineData("공공연구기관의 기술을 이전받은 중소기업", true, false)]
    [InlineData("공공연구기관으로부터 기술을 이전받아 사업화하는 기업", true, false)]
    [InlineData("출연(연) 보유 기술을 이전받은 기업", true, false)]
    [InlineData("대학의 특허를 매입한 창업기업", true, false)]
    [InlineData("공공연구기관의 기술을 이전받은 기업과 대학의 컨소시엄", true, true)]
    [InlineData("국내 대학생", false, false)]
    [InlineData("대학원생 및 대학 재학생", false, false)]
    [InlineData("지원분야 석･박사과정 재학생", false, false)]
    [InlineData("영리 법인", true, false)]
    [InlineData("영리법인 및 비영리법인", true, true)]
    [InlineData("비영리 법인", false, true)]
    [InlineData("비영리기관", false, true)]
    [InlineData("3~5개 대학으로 구성된 컨소시엄", false, true)]
    [InlineData("기업 주관 컨소시엄(대학 참여 필수)", true, true)]
    [InlineData("대학병원", false, true)]
    [InlineData("지방자치단체", false, false)]
    [InlineData("전산학 연구실", false, false)]
    [InlineData("", false, false)]
    [InlineData(null, false, false)]
    public void Audience_is_read_when_the_text_names_it(string? text, bool company, bool institute)
    {
        var audience = Audiences.Parse(text);

        Assert.Equal(company, audience.Contains(OrganizationType.Company));
        Assert.Equal(institute, audience.Contains(OrganizationType.ResearchInstitute));
    }
}
