using System.Collections.Immutable;
using System.Reflection;
using System.Text.Json;
using Connect.Domain.Matching;
using Connect.Domain.Matching.Explanations;
using Connect.Domain.Organizations;
using Connect.Domain.Programs;
using static Connect.Domain.Tests.Matching.MatchingFixtures;

namespace Connect.Domain.Tests.Matching;

public sealed class ExplanationBuilderTests
{
    private static readonly DateOnly Today = SeoulTime.DateOf(Now);

    public static TheoryData<string> AllCodes => [.. Codes()];

    [Theory]
    [MemberData(nameof(AllCodes))]
    public void Texts_state_tone_and_sentence_for_every_code(string code)
    {
        var text = KoreanTexts.Instance.Reasons[code];
        ImmutableArray<string> details = [.. Enumerable.Repeat("7", Math.Max(3, text.DetailCount))];

        Assert.EndsWith(".", text.Sentence(details), StringComparison.Ordinal);
        Assert.EndsWith("다.", text.Sentence(details), StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(AllCodes))]
    public void English_texts_agree_with_the_Korean_ones_on_every_code(string code)
    {
        var (korean, english) = (KoreanTexts.Instance.Reasons[code], EnglishTexts.Instance.Reasons[code]);
        ImmutableArray<string> details = [.. Enumerable.Repeat("7", Math.Max(3, english.DetailCount))];

        Assert.Equal((korean.Tone, korean.DetailCount), (english.Tone, english.DetailCount));
        Assert.EndsWith(".", english.Sentence(details), StringComparison.Ordinal);
        Assert.DoesNotContain(english.Sentence(details), letter => letter is >= '가' and <= '힣');
    }

    [Fact]
    public void Texts_know_no_other_codes()
    {
        Assert.Equal(Codes().Order(), KoreanTexts.Instance.Reasons.Keys.Order());
        Assert.Equal(Codes().Order(), EnglishTexts.Instance.Reasons.Keys.Order());
    }

    [Fact]
    public void English_texts_put_sector_labels_into_English()
    {
        var match = Assert.Single(Rank(Organization(Sector.Ict, technologies: ["인공지능"]), ProgramOf()));

        var english = ExplanationBuilder.Build(match, OrganizationType.Company, Today, ExplanationLanguage.En);

        Assert.Contains("The program is of your sector (ICT).", english.Reasons);
        Assert.Contains(english.Reasons, reason => reason.EndsWith("2026, in 45 days.", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(100, "매우 적합")]
    [InlineData(80, "매우 적합")]
    [InlineData(79, "대체로 부합")]
    [InlineData(60, "대체로 부합")]
    [InlineData(59, "일부 조건")]
    [InlineData(40, "일부 조건")]
    [InlineData(39, "정도가 낮은")]
    public void Summary_follows_the_band(int score, string expected)
    {
        var explanation = Explain(score, Now.AddDays(45));

        Assert.Contains(expected, explanation.Summary, StringComparison.Ordinal);
        Assert.Contains($"{score}점", explanation.Summary, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(OrganizationType.Company, "귀사")]
    [InlineData(OrganizationType.ResearchInstitute, "귀 기관")]
    public void Summary_addresses_the_reader(OrganizationType type, string expected) =>
        Assert.StartsWith(
            expected, ExplanationBuilder.Build(new(0, 20, 20, 10, 8), [], null, type, Today).Summary, StringComparison.Ordinal);

    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    public void Trl_too_low_is_a_warning(int level)
    {
        var explanation = Explain(Rank(Organization(trl: level), ProgramOf("인공지능 응용연구 신규과제"))[0]);

        Assert.Contains(explanation.Warnings, text => text.Contains("낮습니다", StringComparison.Ordinal));
        Assert.DoesNotContain(explanation.Reasons, text => text.Contains("TRL", StringComparison.Ordinal));
    }

    [Fact]
    public void Distant_deadline_is_no_warning()
    {
        var explanation = Explain(Rank(Organization(), ProgramOf(days: 200))[0]);

        Assert.Empty(explanation.Warnings);
        Assert.Contains(explanation.Reasons, text => text.Contains("마감까지 200일", StringComparison.Ordinal));
        Assert.Single(explanation.Recommendations);
    }

    [Fact]
    public void Days_left_are_counted_when_the_match_is_read()
    {
        var match = Rank(Organization(), ProgramOf(days: 10))[0];

        Assert.Contains("10일 남았습니다", string.Concat(Explain(match).Recommendations), StringComparison.Ordinal);
        Assert.Contains(
            "9일 남았습니다",
            string.Concat(ExplanationBuilder.Build(match, OrganizationType.Company, Today.AddDays(1)).Recommendations),
            StringComparison.Ordinal);
        Assert.Contains(
            "오늘 마감",
            string.Concat(ExplanationBuilder.Build(match, OrganizationType.Company, Today.AddDays(10)).Recommendations),
            StringComparison.Ordinal);
    }

    [Fact]
    public void Closed_program_is_said_to_be_closed_and_not_recommended()
    {
        var match = Rank(Organization(), ProgramOf(days: 10))[0];

        var explanation = ExplanationBuilder.Build(match, OrganizationType.Company, Today.AddDays(11));

        Assert.Empty(explanation.Recommendations);
        Assert.Contains(explanation.Warnings, text => text.Contains("마감되었습니다", StringComparison.Ordinal));
    }

    [Fact]
    public void Unknown_deadline_and_budget_are_said_honestly()
    {
        var explanation = Explain(Rank(Organization(), ProgramOf(days: null, budget: null))[0]);

        Assert.Single(explanation.Warnings, text => text.Contains("마감일이 확인되지 않았습니다", StringComparison.Ordinal));
        Assert.Single(explanation.Warnings, text => text.Contains("예산 규모가 확인되지 않았습니다", StringComparison.Ordinal));
    }

    [Fact]
    public void Exact_match_and_other_sector_never_stand_together_when_a_stored_row_holds_both()
    {
        ImmutableArray<MatchReason> reasons =
        [
            new(MatchReasonCodes.ExactKeywordMatch, ["AI"]),
            new(MatchReasonCodes.CrossIndustryKeyword, ["농업/식품", "AI"]),
        ];

        var explanation = ExplanationBuilder.Build(new(10, 20, 20, 10, 8), reasons, Now.AddDays(45), OrganizationType.Company, Today);

        Assert.Contains(explanation.Reasons, text => text.Contains("AI", StringComparison.Ordinal));
        Assert.DoesNotContain(explanation.Reasons, text => text.Contains("농업", StringComparison.Ordinal));
    }

    [Fact]
    public void Unknown_or_damaged_reasons_are_left_out()
    {
        ImmutableArray<MatchReason> reasons =
            [new("SOMETHING_NEW", []), new(MatchReasonCodes.TrlPerfectMatch, ["5"]), new(MatchReasonCodes.TypeMatch, default)];

        var explanation = ExplanationBuilder.Build(new(0, 5, 20, 0, 5), reasons, null, OrganizationType.Company, Today);

        Assert.Equal(KoreanTexts.Instance.NoReasons, Assert.Single(explanation.Reasons));
    }

    [Fact]
    public void Selection_is_never_promised()
    {
        foreach (var score in (int[])[95, 70, 50, 20])
        {
            var explanation = Explain(score, Now.AddDays(5));
            var text = string.Concat(
                [explanation.Summary, .. explanation.Reasons, .. explanation.Warnings, .. explanation.Recommendations]);

            Assert.DoesNotContain("선정", text, StringComparison.Ordinal);
            Assert.DoesNotContain("보장", text, StringComparison.Ordinal);
            Assert.DoesNotContain("확실", text, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Explanation_is_the_same_when_the_match_comes_back_from_a_cache()
    {
        var match = Rank(Organization(focus: ["AI"], trl: 2), ProgramOf("인공지능 응용연구 신규과제", budget: null))[0];
        var back = JsonSerializer.Deserialize<RankedMatch>(JsonSerializer.Serialize(match))!;

        Assert.Equal(JsonSerializer.Serialize(Explain(match)), JsonSerializer.Serialize(Explain(back)));
    }

    private static MatchExplanation Explain(RankedMatch match) => ExplanationBuilder.Build(match, OrganizationType.Company, Today);

    private static MatchExplanation Explain(int score, DateTimeOffset? deadline) =>
        ExplanationBuilder.Build(new(score, 0, 0, 0, 0), [], deadline, OrganizationType.Company, Today);

    private static string[] Codes() =>
    [
        .. typeof(MatchReasonCodes).GetFields(BindingFlags.Public | BindingFlags.Static)
            .Select(field => (string)field.GetRawConstantValue()!),
    ];
}
