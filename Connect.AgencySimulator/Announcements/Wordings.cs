using System.Globalization;

namespace Connect.AgencySimulator.Announcements;

/// <summary>The forms in which boards write a date or amount, each with the value that it states.</summary>
internal static class Wordings
{
    private const string Weekdays = "일월화수목금토";

    private static readonly TimeSpan Kst = TimeSpan.FromHours(9);

    /// <summary>The number of forms of a deadline.</summary>
    public const int DeadlineForms = 12;

    /// <summary>The number of forms of an amount.</summary>
    public const int BudgetForms = 12;

    public static DeadlineText Rolling => new("접수기간", "상시 접수", null);

    public static DeadlineText NoDeadline => new("마감일", "", null);

    /// <summary>
    /// Writes a deadline as a board states it: TIPA has a field for the last day and none for the hour, KEIT one for the
    /// period with its hours, NTIS one for the day and one for the hour. The others have it in a form of the agency's own.
    /// </summary>
    public static DeadlineText Deadline(Board board, int form, DateOnly start, DateOnly day) => board switch
    {
        Board.TIPA => new("종료일자", Text(day, "yyyy-MM-dd"), EndOf(day)),
        Board.KEIT => new("접수기간", $"{Text(start, "yyyy-MM-dd")} 09:00 ~ {Text(day, "yyyy-MM-dd")} 18:00", At(day, 18, 0)),
        Board.NTIS => Deadline(form % 3 == 0 ? 0 : 5, start, day),
        _ => Deadline(form, start, day),
    };

    /// <summary>Writes the periods of two rounds, of which only the second has an hour.</summary>
    public static DeadlineText Rounds(DateOnly start, DateOnly end, DateOnly secondStart, DateOnly secondEnd) => new(
        "접수기간",
        $"1차 : {Text(start, "yyyy.MM.dd")} ~ {Text(end, "yyyy.MM.dd")}, 2차 : {Text(secondStart, "yyyy.MM.dd")} ~ {Text(secondEnd, "yyyy.MM.dd")} 18:00",
        EndOf(end))
    {
        SecondRound = At(secondEnd, 18, 0),
    };

    /// <summary>Writes a deadline; the hour counts only in the forms that have one.</summary>
    public static DeadlineText Deadline(int form, DateOnly start, DateOnly day) => form switch
    {
        0 => new("마감일", Text(day, "yyyy.MM.dd"), EndOf(day)),
        1 => new("접수마감", Text(day, "yyyy. M. d."), EndOf(day)),
        2 => new("신청기한", Text(day, "yyyy-MM-dd"), EndOf(day)),
        3 => new("제출기한", Text(day, "yyyy/MM/dd"), EndOf(day)),
        4 => new("접수마감", Text(day, "yyyy년 M월 d일"), EndOf(day)),
        5 => new("접수마감", $"{Text(day, "yyyy.MM.dd")}({Weekday(day)}) 18:00", At(day, 18, 0)),
        6 => new("제출기한", $"{Text(day, "yyyy년 M월 d일")} 17시", At(day, 17, 0)),
        7 => new("접수마감", $"{Text(day, "yyyy. M. d.")}({Weekday(day)}) 23시 59분", At(day, 23, 59)),
        8 => new("접수기간", $"{Text(start, "yyyy.MM.dd")}({Weekday(start)}) ~ {Text(day, "MM.dd")}({Weekday(day)}) 18:00", At(day, 18, 0)),
        9 => new("신청기간", $"{Text(start, "yyyy-MM-dd")} ~ {Text(day, "yyyy-MM-dd")}", EndOf(day)),
        10 => new("전산접수기간", $"{Text(start, "yyyy년 M월 d일")}({Weekday(start)})부터 {Text(day, "M월 d일")}({Weekday(day)}) 16시까지", At(day, 16, 0)),
        _ => new("모집기간", $"{Text(start, "yyyy. M. d.")} ～ {Text(day, "M. d.")}", EndOf(day)),
    };

    /// <summary>
    /// Writes an amount of about <paramref name="eok"/> 억 won; its value is the one that the form states.
    /// </summary>
    public static BudgetText Budget(int form, int eok, int year) => form switch
    {
        0 => new("지원규모", $"{eok}억원", Eok(eok)),
        1 => new("지원규모", $"총 {eok}.5억원 내외", Eok(eok) + 50_000_000),
        2 => new("지원금액", $"과제당 연간 {eok}00백만원", Eok(eok)),
        3 => new("지원금액", "기업당 5천만원 이내", 50_000_000),
        4 => new("지원한도", $"{eok}억 5천만원", Eok(eok) + 50_000_000),
        5 => new("정부지원금", Won(Eok(eok)), Eok(eok)),
        6 => new("지원한도", "3천만원 ~ 5천만원", 50_000_000),
        7 => new("총연구비(억원)", $"{eok}.75", Eok(eok) + 75_000_000),
        8 => new("정부출연금", $"'{year % 100:00}년 {eok}56백만원", Eok(eok) + 56_000_000),
        9 => new("지원규모", $"3개 과제, 과제당 {eok}억원", Eok(eok)),
        10 => new("지원규모", "미정", null),
        _ => new("총사업비", $"총 {eok * 40}억원(과제당 {eok}억원 이내)", Eok(eok * 40)),
    };

    public static string Text(DateOnly day, string format) => day.ToString(format, CultureInfo.InvariantCulture);

    public static DateTimeOffset EndOf(DateOnly day) => new(day.ToDateTime(new TimeOnly(23, 59, 59)), Kst);

    public static DateTimeOffset At(DateOnly day, int hour, int minute) => new(day.ToDateTime(new TimeOnly(hour, minute)), Kst);

    private static char Weekday(DateOnly day) => Weekdays[(int)day.DayOfWeek];

    private static long Eok(long eok) => eok * 100_000_000;

    private static string Won(long won) => won.ToString("#,##0", CultureInfo.InvariantCulture) + "원";
}
