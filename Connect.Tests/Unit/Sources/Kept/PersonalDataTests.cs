using System.Diagnostics;
using Connect.ScraperWorker.Kept;

namespace Connect.Tests.Unit.Sources.Kept;

public sealed class PersonalDataTests
{
    [Theory]
    [InlineData("kim.cs@keit.re.kr")]
    [InlineData("김철수@한국.kr")]
    [InlineData("kim (at) keit.re.kr")]
    [InlineData("kim[골뱅이]keit.re.kr")]
    [InlineData("02-123-4567")]
    [InlineData("(02) 123-4567")]
    [InlineData("02)123-4567")]
    [InlineData("044-000-0000")]
    [InlineData("042.860.1234")]
    [InlineData("010 1234 5678")]
    [InlineData("01012345678")]
    [InlineData("０１０－１２３４－５６７８")]
    [InlineData("+82-10-1234-5678")]
    [InlineData("1588-1234")]
    [InlineData("☎ 460-4012")]
    [InlineData("내선: 4012")]
    [InlineData("800101-1234567")]
    [InlineData("800101-1******")]
    [InlineData("8001011234567")]
    [InlineData("M12345678")]
    [InlineData("m123A4567")]
    [InlineData("1234-5678-9012-3456")]
    [InlineData("123-45-67890")]
    [InlineData("eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9abcdef1234567890")]
    public void Value_is_masked_wherever_it_stands(string value)
    {
        Assert.Equal("앞 *** 뒤", PersonalData.MaskNumbers($"앞 {value} 뒤").Replace("뒤", " 뒤", StringComparison.Ordinal).Replace("  ", " ", StringComparison.Ordinal));
        Assert.DoesNotContain(value, PersonalData.MaskNumbers($"({value})"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("crtfcKey=abc123", "crtfcKey=***")]
    [InlineData("?serviceKey=a%2Bb%3D&numOfRows=10", "?serviceKey=***&numOfRows=10")]
    [InlineData("\"apiKey\": \"s3cret\"", "\"apiKey\": \"***\"")]
    [InlineData("csrf_token = 'x1'", "csrf_token = '***'")]
    public void Keys_are_masked_and_their_names_are_not(string text, string masked) => Assert.Equal(masked, PersonalData.MaskNumbers(text));

    [Theory]
    [InlineData("담당자 : 홍길동 책임연구원", "담당자 : ***")]
    [InlineData("문의처: 미래사업팀 홍길동", "문의처: ***")]
    [InlineData("※ 자세한 문의(홍길동, 김철수)", "※ 자세한 문의(***")]
    [InlineData("담 당 자  홍길동", "담 당 자  ***")]
    [InlineData("담당자 연락처 : 홍길동", "담당자 연락처 : ***")]
    [InlineData("E-mail : 홍길동", "E-mail : ***")]
    [InlineData("작성자", "작성자")]
    [InlineData("성  명 :", "성  명 :")]
    public void Whatever_stands_behind_a_label_is_masked(string line, string masked) => Assert.Equal(masked, PersonalData.MaskLine(line).Text);

    [Theory]
    [InlineData("미래사업팀 홍길동 선임연구원(02-123-4567)", "미래사업팀 *** 선임연구원(***)")]
    [InlineData("홍길동(hong@keit.re.kr)", "***(***)")]
    [InlineData("홍길동 팀장", "*** 팀장")]
    public void Name_is_masked_before_a_title_and_before_a_number(string text, string masked) => Assert.Equal(masked, PersonalData.MaskNumbers(text));

    [Theory]
    [InlineData("2026년 인공지능 기술개발사업 신규과제 공고")]
    [InlineData("2026-08-21 ~ 2026-09-30 18:00")]
    [InlineData("2026. 09. 01 ~ 2026. 09. 30")]
    [InlineData("과학기술정보통신부 공고 제2026-1234호")]
    [InlineData("작성일자 2026.08.21")]
    [InlineData("담당자는 사업을 문의하시기 바랍니다")]
    [InlineData("fn_view('1268336')")]
    [InlineData("f_detail('I18835', '2026')")]
    [InlineData("총 1,764,220,000원")]
    [InlineData("")]
    public void What_a_layout_is_mended_by_stays(string text) => Assert.Equal(text, PersonalData.MaskLine(text).Text);

    [Fact]
    public void Value_in_the_line_below_its_label_is_masked() => Assert.Equal(
        "담당자\n\n***\n접수기간 2026-08-21", PersonalData.MaskLines("담당자\n\n홍길동\n접수기간 2026-08-21"));

    [Theory]
    [InlineData("a")]
    [InlineData("0")]
    [InlineData("02-")]
    [InlineData("담당자 ")]
    [InlineData("담 ")]
    [InlineData("가 ")]
    [InlineData("@")]
    [InlineData("a(at)")]
    [InlineData("key=")]
    [InlineData("800101-")]
    [InlineData("*")]
    [InlineData("홍길동 ")]
    public void Time_is_linear_when_a_text_repeats_itself(string piece)
    {
        var text = string.Concat(Enumerable.Repeat(piece, 20_000));
        var started = Stopwatch.GetTimestamp();

        PersonalData.MaskLine(text);
        PersonalData.MaskLines(text);

        Assert.InRange(Stopwatch.GetElapsedTime(started), TimeSpan.Zero, TimeSpan.FromSeconds(5));
    }
}
