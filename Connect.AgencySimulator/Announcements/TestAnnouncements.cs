namespace Connect.AgencySimulator.Announcements;

/// <summary>Rows with which the operators of IRIS try its list, and which stay there. They have no detail page.</summary>
internal static class TestAnnouncements
{
    private static readonly (int Id, string Title)[] Titles =
        [(999_901, "TEST"), (999_902, "(TEST) 접수 화면을 점검하는 테스트 입니다.")];

    /// <summary>The test rows, as old as this day.</summary>
    public static Posting[] Of(DateOnly today) =>
    [
        .. Titles.Select(title => Write(title.Id, title.Title, today)).Select(static row => Posting.Of(row) with { Odd = row }),
    ];

    private static Announcement Write(int id, string title, DateOnly today) => new()
    {
        Id = id,
        Board = Board.IRIS,
        Title = title,
        Kind = AnnouncementKind.NOTICE,
        Ministry = "과학기술정보통신부",
        Agency = "정보통신기획평가원",
        Body = [],
        Budget = new("지원규모", "", null),
        Published = today,
        Start = today,
        Deadline = Wordings.Deadline(0, today, today.AddDays(30)),
    };
}
