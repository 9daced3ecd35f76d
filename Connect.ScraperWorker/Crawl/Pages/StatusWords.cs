namespace Connect.ScraperWorker.Crawl.Pages;

/// <summary>The meaning of a word in a board's status.</summary>
internal enum StatusWord
{
    /// <summary>No word that is known.</summary>
    None,

    /// <summary>What is applied for: 접수, 신청, 모집.</summary>
    Application,

    /// <summary>What comes after applications: 평가, 선정, 발표.</summary>
    Afterwards,

    /// <summary>What has a beginning and an end of its own: 설명회.</summary>
    Aside,

    /// <summary>An end: 마감, 종료, 완료.</summary>
    Over,

    /// <summary>An end that has happened: 마감됨, 취소, 중단.</summary>
    SurelyOver,

    /// <summary>An end that has not happened, or only under a condition: 미마감, 마감예정, 소진시.</summary>
    Denial,

    /// <summary>A moment of an end, which may be ahead: 오늘, 까지, 마감일.</summary>
    Moment,

    /// <summary>Applications count in their order: 선착순.</summary>
    Condition,

    /// <summary>중, where it ends a word.</summary>
    UnderWay,

    /// <summary>전, where it ends a word behind another one.</summary>
    Before,

    /// <summary>Applications without an end: 상시.</summary>
    Always,

    /// <summary>A start: 접수시작, OPEN.</summary>
    Begun,

    /// <summary>Possible: 신청가능.</summary>
    Possible,

    /// <summary>연장 at the end of a clause.</summary>
    Extended,
}

/// <summary>
/// The words of statuses. An end and what follows it make a word of their own (마감 + 임박, 소진 + 시, 종료 + 됨), so that every
/// end takes every ending. The longest word at a place counts.
/// </summary>
internal static class StatusWords
{
    private static readonly string[] Ends = ["마감", "종료", "완료", "만료", "소진"];

    private static readonly (StatusWord Kind, string[] Endings)[] Endings =
    [
        (StatusWord.SurelyOver, ["됨", "되었", "되어", "됐", "된", "했", "하였", "완료", "처리", "후", "으로"]),
        (StatusWord.Denial, ["임박", "예정", "직전", "되면", "될", "되지", "하면", "하지", "할", "시", "취소", "철회", "연장", "연기", "유예", "해제", "보류", "가능"]),
        (StatusWord.Moment, ["까지", "일", "시간", "시각", "시점", "시한", "기한"]),
    ];

    private static readonly (StatusWord Kind, string[] Words)[] Plain =
    [
        (StatusWord.Application, ["접수", "신청", "모집", "공모", "응모"]),
        (StatusWord.Afterwards, ["평가", "심사", "선정", "발표", "협약", "결과", "통보"]),
        (StatusWord.Aside, ["설명회", "간담회", "사전등록", "게시완료", "등록완료", "승인완료", "변경완료", "수정완료", "정정완료"]),
        (StatusWord.Over, [.. Ends, "END", "CLOSE"]),
        (StatusWord.SurelyOver,
            ["취소", "철회", "중단", "중지", "폐지", "유찰", "불가", "불가능", "지남", "지났", "경과", "CLOSED", "ENDED", "EXPIRED", "FINISHED", "CANCELED", "CANCELLED"]),
        (StatusWord.Denial,
            ["임박", "예정", "않", "안됨", "안되", "아님", "아닌", "아직", "미정", "미확정", "경우", "되면", "될", "충족시", "충원시", "초과시", "도달시", "달성시", "미달시", "불가피", "NOT", "SOON"]),
        (StatusWord.Moment, ["오늘", "금일", "당일", "내일", "명일", "익일", "모레", "금주", "이번주", "차주", "다음주", "금월", "이번달", "이달", "까지", "남음", "남은", "남았"]),
        (StatusWord.Condition, ["선착순"]),
        (StatusWord.UnderWay, ["중"]),
        (StatusWord.Before, ["전"]),
        (StatusWord.Always, ["상시", "연중", "수시"]),
        (StatusWord.Begun, ["시작", "개시", "오픈", "OPEN", "ONGOING"]),
        (StatusWord.Possible, ["가능"]),
        (StatusWord.Extended, ["연장", "연기", "유예"]),
    ];

    private static readonly Dictionary<char, (string Word, StatusWord Kind)[]> ByFirst = All()
        .GroupBy(static entry => entry.Word[0])
        .ToDictionary(static group => group.Key, static group => group.OrderByDescending(entry => entry.Word.Length).ToArray());

    /// <summary>The longest word that begins at a place, and the place behind it. Blanks within a word do not count.</summary>
    public static StatusWord Find(ReadOnlySpan<char> text, int start, out int end)
    {
        end = start;
        if (ByFirst.TryGetValue(text[start], out var entries))
        {
            foreach (var (word, kind) in entries)
            {
                if (TryMatch(text, start, word, out end) && IsWhole(text, start, end, word, kind))
                {
                    return kind;
                }
            }
        }

        return StatusWord.None;
    }

    /// <summary>Whether a letter of Korean stands at a place, which continues the word before it.</summary>
    public static bool IsSyllable(ReadOnlySpan<char> text, int place) => place < text.Length && text[place] is >= '가' and <= '힣';

    private static IEnumerable<(string Word, StatusWord Kind)> All() =>
    [
        .. Plain.SelectMany(static group => group.Words, static (group, word) => (word, group.Kind)),
        .. Ends.SelectMany(static _ => Endings, static (end, group) => (end, group))
            .SelectMany(static pair => pair.group.Endings, static (pair, ending) => (pair.end + ending, pair.group.Kind)),
        .. Ends.Select(static end => ("미" + end, StatusWord.Denial)),
    ];

    private static bool TryMatch(ReadOnlySpan<char> text, int start, string word, out int end)
    {
        end = start;
        foreach (var c in word)
        {
            while (end > start && end < text.Length && text[end] == ' ')
            {
                end++;
            }

            if (end >= text.Length || text[end] != c)
            {
                return false;
            }

            end++;
        }

        return true;
    }

    private static bool IsWhole(ReadOnlySpan<char> text, int start, int end, string word, StatusWord kind) => word[0] switch
    {
        // DISCLOSED says nothing.
        < '가' => (start == 0 || !char.IsAsciiLetter(text[start - 1])) && (end == text.Length || !char.IsAsciiLetter(text[end])),

        // The last syllable of another word, as in 아카데미 마감.
        '미' => start == 0 || !char.IsLetter(text[start - 1]),

        _ => kind switch
        {
            // 중소기업, 중앙; but 접수중입니다, 접수중인, 접수중으로.
            StatusWord.UnderWay or StatusWord.Before => !IsSyllable(text, end) || text[end] is '입' or '임' or '인' or '이' or '으',
            StatusWord.Extended => end == text.Length || text[end] is '됨' or '되' or '합' or '함',
            StatusWord.Denial when word[^1] == '시' => end == text.Length || text[end] is not ('스' or '작' or '설'),
            _ => true,
        },
    };
}
