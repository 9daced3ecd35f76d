using Connect.AgencySimulator.Announcements;
using static Connect.AgencySimulator.Boards.Markup;

namespace Connect.AgencySimulator.Boards;

/// <summary>
/// The feed of NTIS: the newest announcements, with elements of its own for what the list has in columns. A ministry is
/// the author and an agency the category.
/// </summary>
internal static class NtisFeed
{
    public static string Write(PageOf page) =>
        $"""
        <?xml version="1.0" encoding="UTF-8"?>
        <rss version="2.0"><channel><title>R&amp;D 신규사업공고</title><link>{NtisPages.ListPath}</link>
        <description>R&amp;D 신규사업공고를 새 순서로 알립니다.</description><language>ko</language>
        {Each(page.Rows, (row, i) => Item(row, i + 1, page.Total))}
        </channel></rss>
        """;

    private static string Item(Announcement row, int number, int total) =>
        $"<item><title>{Encode(row.Title)}</title><link>{NtisPages.AddressOf(row)}</link><author>{Encode(row.Ministry)}</author>"
        + $"<category>{Encode(row.Agency)}</category><pubDate>{Wordings.Text(row.Published, "yyyy.MM.dd")}</pubDate><rNum>{number}</rNum><totCnt>{total}</totCnt>"
        + $"<appbegin>{Day(row.Start)}</appbegin><appdue>{LastDay(row, "yyyy-MM-dd")}</appdue><budget>{NtisDetail.Stated(row.Budget)}</budget></item>";
}
