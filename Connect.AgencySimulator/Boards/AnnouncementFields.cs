using Connect.AgencySimulator.Announcements;

namespace Connect.AgencySimulator.Boards;

/// <summary>What an announcement states as "label : value".</summary>
internal static class AnnouncementFields
{
    /// <summary>
    /// The pairs of label and value that every board shows in its own markup; an empty value is one that the agency
    /// left out.
    /// </summary>
    public static IEnumerable<(string Label, string Value)> Of(Announcement announcement)
    {
        yield return ("소관부처", announcement.Ministry);
        yield return ("전문기관", announcement.Agency);
        yield return ("공고일", Wordings.Text(announcement.Published, "yyyy.MM.dd"));
        yield return (announcement.Deadline.Label, announcement.Deadline.Text);
        yield return ("접수상태", announcement.Closed ? "마감" : "접수중");
        yield return (announcement.Budget.Label, announcement.Budget.Text);
        (string Label, string? Value)[] others =
        [
            ("공모유형", announcement.BoardType),
            ("기술분야", announcement.Category),
            ("지원대상", announcement.Audience),
            ("기술성숙도(TRL)", announcement.Trl),
            ("키워드", announcement.Keywords.Length > 0 ? string.Join(", ", announcement.Keywords) : null),
        ];
        foreach (var (label, value) in others)
        {
            if (value is not null)
            {
                yield return (label, value);
            }
        }
    }
}
