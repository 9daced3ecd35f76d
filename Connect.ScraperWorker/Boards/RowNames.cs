namespace Connect.ScraperWorker.Boards;

/// <summary>
/// The names under which lists show the fields of a row: headings of a table, labels of a block, properties of JSON, elements of a
/// feed. They are the board's own, under <c>Sources:{agency}:Row</c>, or else these usual ones.
/// </summary>
internal static class RowNames
{
    /// <summary>The names of a field, the preferred first; none where the list does not show it.</summary>
    public static string[] Of(BoardOptions board, RowField field) =>
        Split(board.Row.TryGetValue(field, out var own) ? own : board.Shape == BoardShape.Feed ? InFeeds(field) : board.Shape == BoardShape.Json ? "" : InKorean(field));

    /// <summary>Names with commas between them.</summary>
    public static string[] Split(string names) => names.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);

    private static string InKorean(RowField field) => field switch
    {
        RowField.Title => "공고명, 제목, 사업공고명, 공고제목, 과제명, 사업명",
        RowField.Published => "공고일, 공고일자, 등록일, 등록일자, 공고시작일, 게시일, 게시일자, 작성일, 작성일자, 일자, 날짜",
        RowField.Start => "접수일, 접수시작일, 접수시작, 시작일, 시작일자",
        RowField.Deadline => "마감일, 접수마감일, 접수마감, 마감일자, 종료일, 종료일자",
        RowField.Period => "접수기간, 신청기간, 공모기간, 모집기간",
        RowField.Status => "상태, 현황, 접수상태, 진행상태, 공고상태",
        RowField.Ministry => "부처명, 소관부처, 주관부처, 부처",
        RowField.Agency => "공고기관, 공고기관명, 전문기관, 기관명",
        RowField.Type => "공모유형, 공고유형, 공고형태",
        _ => "",
    };

    // RSS 2.0, Atom (RFC 4287) and Dublin Core.
    private static string InFeeds(RowField field) => field switch
    {
        RowField.Title => "title",
        RowField.Link => "link, guid, id",
        RowField.Published => "pubDate, published, date, updated",
        RowField.Text => "encoded, content, description, summary",
        _ => "",
    };
}
