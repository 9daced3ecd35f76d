using Connect.Data.Explanations;
using Connect.Domain.Matching.Explanations;
using static Connect.Tests.Unit.Explanations.ExplanationFixtures;

namespace Connect.Tests.Unit.Explanations;

public sealed class AnswerCheckTests
{
    private static readonly MatchFacts Facts = ExplanationFixtures.Facts();

    [Fact]
    public void Answer_without_numbers_may_be_shown()
    {
        Assert.Null(Problem(Korean));
        Assert.Null(Problem(English, ExplanationLanguage.En));
    }

    [Theory]
    [InlineData("100점 만점에서 높은 점수입니다.")]
    [InlineData("기술성숙도 배점 20점 가운데 20점을 받았습니다.")]
    [InlineData("연구개발 배점은 15점입니다.")]
    [InlineData("기술성숙도 TRL 5는 요구 범위 TRL 4~7에 해당합니다.")]
    [InlineData("공동연구 수행 경험이 2건 있습니다.")]
    [InlineData("예산은 150,000,000원입니다.")]
    [InlineData("예산은 150000000원입니다.")]
    [InlineData("예산은 1억 5,000만 원입니다.")]
    [InlineData("예산은 1억 5천만원입니다.")]
    [InlineData("예산은 1.5억 원입니다.")]
    [InlineData("예산은 15,000만 원입니다.")]
    [InlineData("예산은 150백만원입니다.")]
    [InlineData("마감일은 2026년 4월 24일입니다.")]
    [InlineData("마감일은 2026-04-24 12:00입니다.")]
    [InlineData("마감일은 2026.04.24입니다.")]
    [InlineData("마감일은 2026. 4. 24.입니다.")]
    [InlineData("공고명은 2026년도 인공지능 5G 기술개발사업 공고입니다.")]
    public void Own_number_may_be_shown(string sentence) => Assert.Null(Problem($"{Korean} {sentence}"));

    [Theory]
    [InlineData("99점을 받았습니다.")]
    [InlineData("마감까지 45일 남았습니다.")]
    [InlineData("예산은 3억 원입니다.")]
    [InlineData("예산은 5억 원입니다.")]
    [InlineData("예산은 1억 4,000만 원입니다.")]
    [InlineData("예산은 15억 원입니다.")]
    [InlineData("기술성숙도 TRL 8이 필요합니다.")]
    [InlineData("기술성숙도 TRL 4~8이 필요합니다.")]
    [InlineData("2026점을 받았습니다.")]
    [InlineData("점수는 20.5점입니다.")]
    [InlineData("점수는 ９９점입니다.")]
    [InlineData("점수는 ٩٩점입니다.")]
    [InlineData("점수는 ⑨⑨점입니다.")]
    [InlineData("마감일은 2026.04.25입니다.")]
    [InlineData("마감일은 2027년 4월 24일입니다.")]
    [InlineData("기업당 1,500,000,000원을 지원합니다.")]
    public void Foreign_number_is_refused(string sentence) => Assert.Contains("number", Problem($"{Korean} {sentence}"), StringComparison.Ordinal);

    [Theory]
    [InlineData("The budget is 150 million KRW.")]
    [InlineData("The budget is 0.15 billion KRW.")]
    [InlineData("The deadline is 24 April 2026.")]
    public void Own_number_in_English_may_be_shown(string sentence) => Assert.Null(Problem($"{English} {sentence}", ExplanationLanguage.En));

    [Theory]
    [InlineData("The budget is 15 million KRW.")]
    [InlineData("Apply within 44 days.")]
    public void Foreign_number_in_English_is_refused(string sentence) =>
        Assert.Contains("number", Problem($"{English} {sentence}", ExplanationLanguage.En), StringComparison.Ordinal);

    [Fact]
    public void Number_lifted_out_of_a_title_is_refused()
    {
        var facts = ExplanationFixtures.Facts("인공지능 기술개발 99억 지원 공고");

        Assert.Null(AnswerCheck.FindProblem($"{Korean} 공고명: 인공지능 기술개발 99억 지원 공고", facts, ExplanationLanguage.Ko));
        Assert.NotNull(AnswerCheck.FindProblem($"{Korean} 99억을 지원합니다.", facts, ExplanationLanguage.Ko));
    }

    [Fact]
    public void Budget_is_refused_where_none_is_known() =>
        Assert.NotNull(AnswerCheck.FindProblem($"{Korean} 예산은 1억 5천만원입니다.", ExplanationFixtures.Facts(budget: null), ExplanationLanguage.Ko));

    [Theory]
    [InlineData("자세한 내용은 https://evil.example 을 보십시오.")]
    [InlineData("자세한 내용은 [여기](evil)를 보십시오.")]
    [InlineData("<a href=x>여기</a>를 보십시오.")]
    [InlineData("<script>alert()</script>")]
    [InlineData("&lt;b&gt;")]
    [InlineData("www.evil.example")]
    [InlineData("evil.com 을 보십시오.")]
    [InlineData("kim@example 로 문의하십시오.")]
    public void Links_and_markup_are_refused(string sentence) => Assert.Contains("link", Problem($"{Korean} {sentence}"), StringComparison.Ordinal);

    [Theory]
    [InlineData("")]
    [InlineData("예.")]
    public void Answer_that_says_nothing_is_refused(string answer) => Assert.NotNull(Problem(answer));

    [Fact]
    public void Answer_without_end_is_refused() => Assert.NotNull(Problem(string.Concat(Enumerable.Repeat(Korean, 40))));

    [Fact]
    public void Answer_in_another_language_is_refused()
    {
        Assert.Contains("language", Problem(English), StringComparison.Ordinal);
        Assert.Contains("language", Problem(Korean, ExplanationLanguage.En), StringComparison.Ordinal);
    }

    [Fact]
    public void English_may_quote_a_Korean_title() =>
        Assert.Null(Problem($"{English} It is called {Facts.Program.Title}.", ExplanationLanguage.En));

    [Fact]
    public void Invisible_characters_are_refused() => Assert.NotNull(Problem(Korean + "\u202e뒤집힌 글"));

    [Fact]
    public void Emphasis_and_gaps_are_taken_out() =>
        Assert.Equal("제목\n\n강조 하나\n둘", AnswerCheck.Tidy("## 제목 \r\n\r\n\r\n**강조**  하나\n- 둘\n"));

    private static string? Problem(string text, ExplanationLanguage language = ExplanationLanguage.Ko) =>
        AnswerCheck.FindProblem(AnswerCheck.Tidy(text), Facts, language);
}
