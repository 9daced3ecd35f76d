using System.Diagnostics;
using System.Text;
using Connect.ScraperWorker.Crawl.Pages;

namespace Connect.Tests.Unit.Sources;

public sealed class BoardStatusTests
{
    private static readonly string[] Pieces =
    [
        "접수", "모집", "공고", "진행", "마감", "종료", "완료", "소진", "취소", "중", "전", "미", "시", "됨", "후", "3", "일", "10", ".", "30", "D", "-", "+", "DAY", "예정", "임박",
        "오늘", "까지", "선착순", "평가", "발표", "설명회", "(", ")", "|", "/", "→", " ", "\u3164", "\uD83D", "\uFFFF", "\0", "ㆍ", "１", "Ｄ", "CLOSED", "\u1106\u1161",
    ];

    [Theory]
    [InlineData("마감")]
    [InlineData("접수마감")]
    [InlineData("접수 마감")]
    [InlineData("마감됨")]
    [InlineData("마감되었습니다")]
    [InlineData("마감 되었습니다.")]
    [InlineData("마감하였습니다")]
    [InlineData("마감된 공고")]
    [InlineData("접수종료")]
    [InlineData("접수 종료됨")]
    [InlineData("종료")]
    [InlineData("공고종료")]
    [InlineData("공고 종료")]
    [InlineData("사업종료")]
    [InlineData("모집완료")]
    [InlineData("접수완료")]
    [InlineData("선정완료")]
    [InlineData("조기마감")]
    [InlineData("조기 마감")]
    [InlineData("마감완료")]
    [InlineData("취소")]
    [InlineData("공고취소")]
    [InlineData("접수중단")]
    [InlineData("접수 중단")]
    [InlineData("접수중지")]
    [InlineData("D+3")]
    [InlineData("D + 12")]
    [InlineData("마감 (D+3)")]
    [InlineData("예산 소진으로 마감")]
    [InlineData("예산 소진으로 조기마감")]
    [InlineData("예산소진")]
    [InlineData("선착순 마감됨")]
    [InlineData("선착순 마감되었습니다")]
    [InlineData("접수마감 (선착순)")]
    [InlineData("오늘 마감되었습니다")]
    [InlineData("마감됨(2026.09.30)")]
    [InlineData("3일 전 마감")]
    [InlineData("마감 3일 경과")]
    [InlineData("마감 후 평가중")]
    [InlineData("기간만료")]
    [InlineData("신청불가")]
    [InlineData("[마감]")]
    [InlineData("【 접수마감 】")]
    [InlineData("상태: 마감")]
    [InlineData("1차 마감")]
    [InlineData("아카데미 마감")]
    [InlineData("평가중")]
    [InlineData("선정평가 진행중")]
    [InlineData("접수마감 (10월 결과발표 예정)")]
    [InlineData("접수마감 | 설명회 10.30")]
    [InlineData("공고중 (접수마감)")]
    [InlineData("진행중/접수마감")]
    [InlineData("상시접수 종료")]
    [InlineData("접수중 → 마감")]
    [InlineData("Closed")]
    [InlineData("CLOSED (2026-09-30)")]
    [InlineData("ｃｌｏｓｅｄ")]
    [InlineData("Ｄ＋３")]
    [InlineData("마\u3000감")]
    [InlineData("마\u200B감")]
    public void Status_is_closed_when_it_says_that_it_is_over(string status) => Check(status, expected: true);

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData(" ")]
    [InlineData("접수중")]
    [InlineData("접수 중")]
    [InlineData("공고접수중")]
    [InlineData("진행중")]
    [InlineData("접수예정")]
    [InlineData("재공고")]
    [InlineData("오늘마감")]
    [InlineData("오늘 마감")]
    [InlineData("금일마감")]
    [InlineData("마감(오늘)")]
    [InlineData("마감예정")]
    [InlineData("마감 예정")]
    [InlineData("종료예정")]
    [InlineData("마감임박")]
    [InlineData("마감 (임박)")]
    [InlineData("마감 3일전")]
    [InlineData("마감 3일 전")]
    [InlineData("마감 [3일전]")]
    [InlineData("마감전")]
    [InlineData("마감일 3일전")]
    [InlineData("마감까지 3일")]
    [InlineData("마감 3일 남음")]
    [InlineData("3일 후 마감")]
    [InlineData("24시간 이내 마감")]
    [InlineData("D-3")]
    [InlineData("마감 D-3")]
    [InlineData("접수마감 D - 3")]
    [InlineData("d-3 마감")]
    [InlineData("D-day")]
    [InlineData("마감 D-DAY")]
    [InlineData("D+0")]
    [InlineData("Ｄ－３ 마감")]
    [InlineData("선착순 마감")]
    [InlineData("선착순마감")]
    [InlineData("예산 소진 시 마감")]
    [InlineData("예산소진시 조기마감")]
    [InlineData("예산 소진시까지")]
    [InlineData("모집 완료 시 까지")]
    [InlineData("정원 충족 시 마감")]
    [InlineData("예산이 소진되면 마감")]
    [InlineData("예산이 소진될 때까지")]
    [InlineData("조기 마감될 수 있음")]
    [InlineData("조기마감 가능")]
    [InlineData("미마감")]
    [InlineData("접수 미마감")]
    [InlineData("마감 미정")]
    [InlineData("마감되지 않음")]
    [InlineData("마감 안 됨")]
    [InlineData("마감 아님")]
    [InlineData("마감취소")]
    [InlineData("마감 연장")]
    [InlineData("마감(연장)")]
    [InlineData("마감 → 연장")]
    [InlineData("접수중(9.30 마감)")]
    [InlineData("접수중(2026.10.30. 18:00 마감)")]
    [InlineData("접수중 | 마감 3일전")]
    [InlineData("접수중 / 마감임박")]
    [InlineData("접수중 마감")]
    [InlineData("마감 접수중")]
    [InlineData("진행중 마감")]
    [InlineData("1차 마감, 2차 접수중")]
    [InlineData("1차 접수마감 · 2차 접수예정")]
    [InlineData("10월 30일 마감")]
    [InlineData("10/30 마감")]
    [InlineData("18시 마감")]
    [InlineData("마감일: 2026-10-30")]
    [InlineData("마감 : 2026.10.30")]
    [InlineData("~10.30(금) 마감")]
    [InlineData("10.30까지 접수")]
    [InlineData("상시모집")]
    [InlineData("연중 상시")]
    [InlineData("신청가능")]
    [InlineData("설명회 종료")]
    [InlineData("등록완료")]
    [InlineData("중소기업")]
    [InlineData("open")]
    [InlineData("Not closed")]
    [InlineData("Disclosed")]
    [InlineData("미\u200B마감")]
    public void Status_is_open_when_it_does_not_say_that_it_is_over(string? status) => Check(status, expected: false);

    [Fact]
    public void Status_never_throws_when_it_is_anything()
    {
        var random = new Random(1);
        for (var i = 0; i < 100_000; i++)
        {
            var text = string.Concat(Enumerable.Range(0, random.Next(12)).Select(_ => Pieces[random.Next(Pieces.Length)]));
            BoardStatus.IsClosed(text);
        }

        var texts = new FuzzTexts(1);
        for (var i = 0; i < 20_000; i++)
        {
            BoardStatus.IsClosed(texts.Next());
        }
    }

    [Fact]
    public void Status_is_read_in_linear_time_when_it_repeats_itself()
    {
        foreach (var piece in Pieces.Append("마감\u3164").Append("전 \u3164").Append("미마").Append("D - "))
        {
            var text = new StringBuilder().Insert(0, piece, 200_000).ToString();
            var startedAt = Stopwatch.GetTimestamp();

            BoardStatus.IsClosed(text);

            Assert.True(Stopwatch.GetElapsedTime(startedAt) < TimeSpan.FromSeconds(5), piece);
        }
    }

    private static void Check(string? status, bool expected)
    {
        Assert.Equal(expected, BoardStatus.IsClosed(status));
        Assert.Equal(expected, BoardStatus.IsClosed(status?.Normalize(NormalizationForm.FormD)));
        Assert.Equal(expected, BoardStatus.IsClosed($"  {status}\r\n\t"));
        Assert.Equal(expected, BoardStatus.IsClosed($"({status})"));
        Assert.Equal(expected, BoardStatus.IsClosed(status?.Replace(" ", "\u00A0", StringComparison.Ordinal)));
    }
}
