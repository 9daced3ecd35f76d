namespace Connect.AgencySimulator.Announcements;

/// <summary>Everything that a board changed about an ordinary announcement since its publication.</summary>
internal sealed record Amendment
{
    public static readonly Amendment None = new();

    /// <summary>The mark in front of the title of a republished announcement; null for none.</summary>
    public string? Mark { get; init; }

    public DateOnly? Published { get; init; }

    public DateOnly? Deadline { get; init; }

    /// <summary>The amount in 억 won.</summary>
    public long? Eok { get; init; }

    /// <summary>By how many topics the keywords are shifted; 0 leaves the announcement's own.</summary>
    public int Keywords { get; init; }

    public string? Trl { get; init; }

    /// <summary>How often the text was corrected.</summary>
    public int Corrections { get; init; }

    /// <summary>These changes and one more that changes the content of <paramref name="announcement"/>.</summary>
    public Amendment Further(Announcement announcement, Random random) => random.Next(7) switch
    {
        0 or 1 => this with { Deadline = Extended(announcement) },
        2 or 3 => this with { Eok = ((announcement.Budget.Won ?? 0) / 100_000_000) + 7 },
        4 => this with { Keywords = Keywords + 1 },
        5 => this with { Trl = AnnouncementWriter.OtherTrl(announcement.Trl) },
        _ => this with { Corrections = Corrections + 1 },
    };

    /// <summary>A deadline two weeks later.</summary>
    public static DateOnly Extended(Announcement announcement) => DateOnly.FromDateTime(announcement.Deadline.Value!.Value.Date).AddDays(14);

    /// <summary>The announcement as a board shows it after these changes.</summary>
    public Announcement ApplyTo(Announcement announcement, AnnouncementSubject subject) => announcement with
    {
        Title = Mark + announcement.Title,
        Published = Published ?? announcement.Published,
        Deadline = Deadline is { } day ? Wordings.Deadline(announcement.Board, 5, announcement.Start, day) : announcement.Deadline,
        Budget = Eok is { } eok ? new("지원규모", $"{eok}억원", eok * 100_000_000) : announcement.Budget,
        Keywords = Keywords == 0 ? announcement.Keywords : [.. subject.Topics(Keywords).Keywords],
        Trl = Trl ?? announcement.Trl,
        Body = Corrections == 0 ? announcement.Body : announcement.Body.Add($"※ 정정 {Corrections}회: 신청 서류의 목록을 바로잡아 다시 알려 드립니다."),
    };
}
