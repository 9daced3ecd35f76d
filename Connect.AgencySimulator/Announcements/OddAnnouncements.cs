namespace Connect.AgencySimulator.Announcements;

/// <summary>
/// Unusual announcements of real boards that a reader must handle: without deadline or budget, republished, with
/// extreme amounts or markup in titles, and of every kind that is not matched.
/// </summary>
internal static class OddAnnouncements
{
    /// <summary>
    /// Odd announcements of the kind <see cref="AnnouncementKind.CALL"/>: an ordinary one each, with one thing changed.
    /// Numbers start at <paramref name="first"/>.
    /// </summary>
    public static IEnumerable<Announcement> OfKindCall(AnnouncementWriter writer, int first, DateOnly today)
    {
        var ordinal = first;
        var year = today.Year;

        yield return Next() with { Deadline = Wordings.NoDeadline };
        yield return On(Board.TIPA) with { Deadline = Wordings.Rolling };
        yield return Next() with { Budget = new("지원규모", "미정", null) };
        yield return Next() with { Budget = new("지원규모", "0억원", null) };
        yield return On(Board.IITP) with { Deadline = Wordings.Deadline(0, today.AddDays(-20), today) };
        yield return On(Board.IITP) with { Deadline = Wordings.Deadline(0, today.AddDays(-20), today.AddDays(-1)) };

        var original = On(Board.NTIS);
        yield return original;
        yield return original with { Id = AnnouncementWriter.Id(ordinal++) };

        var extended = On(Board.NTIS);
        yield return extended with
        {
            Title = "(연장공고) " + extended.Title,
            Deadline = Wordings.Deadline(5, extended.Start, today.AddDays(21)),
        };
        yield return Next() with { Audience = "" };
        yield return Next() with { Trl = "TRL 6 이상" };
        yield return Next() with { Category = null };
        yield return Next() with { Category = "Digital Transformation", Keywords = ["DX", "디지털전환", "AI기반"] };
        yield return Next() with { Keywords = ["인공 지능", "ai", "빅 데이터", "Deep Learning"] };

        // Two announcements that match everybody equally well and close at the same moment.
        var twin = Next();
        twin = twin with { Deadline = Wordings.Deadline(twin.Board, 5, today, today.AddDays(14)) };
        yield return twin with { Title = $"수도권 {twin.Title}" };
        yield return twin with { Title = $"충청권 {twin.Title}", Id = AnnouncementWriter.Id(ordinal++) };

        // 2^53 + 1 won: a double would lose the last one.
        yield return Next() with { Budget = new("총사업비", "9,007,199,254,740,993원", 9_007_199_254_740_993) };
        yield return Next() with { Budget = new("총사업비", "총 1,764.22억원", 176_422_000_000) };

        var full = Next();
        yield return full with
        {
            Body =
            [
                .. full.Body,
                .. Enumerable.Range(1, 900).Select(i =>
                    $"{i}. 세부 평가 항목과 증빙 서류 안내: 해당 서식을 작성하여 제출하며, 누락된 서류는 접수 마감 이후 보완할 수 없다. 자세한 작성 요령은 붙임을 본다."),
            ],
        };

        var rocket = On(Board.TIPA);
        yield return rocket with { Title = $"🚀 {rocket.Title}" };
        var tilde = On(Board.IITP);
        yield return tilde with { Title = $"{tilde.Title}(1단계～3단계)" };
        var script = On(Board.NTIS);
        yield return script with { Title = $"{script.Title} <script>alert('공고')</script>" };
        var highlighted = On(Board.NTIS);
        yield return highlighted with { TitleHtml = Highlight(highlighted.Title) };
        var repeated = On(Board.NTIS);
        yield return repeated with { TitleHtml = System.Net.WebUtility.HtmlEncode($"{repeated.Title}_({year}){repeated.Title}") };
        var umbrella = On(Board.NTIS);
        yield return umbrella with
        {
            Title = $"{year}년도 범부처 연구개발사업 신규과제 통합공고",
            Deadline = Wordings.NoDeadline,
            Budget = new("지원규모", "", null),
            Trl = null,
        };

        // Announcements that their agency publishes and the portal once more. The second amount stands only in the portal's text.
        var shared = On(Board.IITP) with { Deadline = Wordings.Deadline(5, today, today.AddDays(23)), Budget = Wordings.Budget(0, 24, year) };
        yield return shared;
        yield return shared with { Board = Board.NTIS, Id = AnnouncementWriter.Id(ordinal++) };
        var perProject = On(Board.KEIT) with
        {
            Deadline = Wordings.Deadline(Board.KEIT, 5, today, today.AddDays(31)),
            Budget = Wordings.Budget(2, 3, year),
        };
        yield return perProject;
        yield return perProject with { Board = Board.NTIS, Id = AnnouncementWriter.Id(ordinal++) };

        // With the row that IRIS has of each announcement of KIMST, one that stands on three boards.
        var marine = On(Board.KIMST) with { Deadline = Wordings.Deadline(5, today, today.AddDays(27)), Budget = Wordings.Budget(0, 18, year) };
        yield return marine;
        yield return marine with { Board = Board.NTIS, Id = AnnouncementWriter.Id(ordinal++) };
        yield return Next() with { Closed = true };
        var past = Next();
        yield return past with { Closed = true, Deadline = Wordings.Deadline(past.Board, 0, today.AddDays(-40), today.AddDays(-12)) };

        // IRIS lists a rolling announcement with an end in the year 9999.
        yield return On(Board.IRIS) with { Deadline = Wordings.Rolling, BoardType = "자유공모" };

        // Two rounds: both still to end, and the first one over.
        var rounds = On(Board.IRIS) with { Start = today.AddDays(-3), BoardType = "지정공모" };
        yield return rounds with { Deadline = Wordings.Rounds(rounds.Start, today.AddDays(12), today.AddDays(30), today.AddDays(44)) };
        var second = On(Board.IITP) with { Start = today.AddDays(-24) };
        yield return second with { Deadline = Wordings.Rounds(second.Start, today.AddDays(-10), today.AddDays(-1), today.AddDays(16)) };

        Announcement Next() => writer.WriteOrdinary(ordinal++);

        // The next ordinary announcement, moved to a board.
        Announcement On(Board board)
        {
            var next = Next();
            return next.Board == board ? next : next with
            {
                Board = board,
                Deadline = Wordings.Deadline(board, 5, next.Start, today.AddDays(10 + (next.Id % 50))),
            };
        }
    }

    /// <summary>
    /// Announcements of every kind but <see cref="AnnouncementKind.CALL"/>. Numbers start at <paramref name="first"/>.
    /// </summary>
    public static IEnumerable<Announcement> OfOtherKinds(AnnouncementWriter writer, int first, DateOnly today)
    {
        var ordinal = first;
        var year = today.Year;
        (AnnouncementKind Kind, string Title)[] titles =
        [
            (AnnouncementKind.SURVEY, $"{year + 1}년도 뿌리산업 공정장비 신규과제 기획을 위한 기술수요조사 공고"),
            (AnnouncementKind.SURVEY, $"{year + 1}년 해양수산 연구개발사업 과제 수요조사"),
            (AnnouncementKind.SURVEY, $"{year + 1}년도 디지털헬스 기술수요조사 안내"),
            (AnnouncementKind.NOTICE, $"{year}년도 중소기업 연구개발 지원사업 권역별 설명회 안내"),
            (AnnouncementKind.NOTICE, $"{year}년 정보통신 분야 연구개발 시행계획 안내"),
            (AnnouncementKind.NOTICE, "해양 관측 장비 제작 구매 (조달)입찰공고"),
            (AnnouncementKind.NOTICE, $"{year}년도 산업기술 신규과제 평가 일정 변경 안내"),
            (AnnouncementKind.NOTICE, "전산 접수 시스템 점검에 따른 접수 연기 안내"),
            (AnnouncementKind.TRAINING, $"{year}년 의료 인공지능 융합 인력양성사업 신규지원 공고"),
            (AnnouncementKind.TRAINING, $"{year}년도 에너지 전문인력양성 신규과제 공고(교육훈련)"),
            (AnnouncementKind.TRAINING, $"{year}년 스마트팜 청년농 교육과정 참여기관 모집"),
            (AnnouncementKind.POLICY_STUDY, $"{year}년도 환경 분야 정책연구과제 공고"),
            (AnnouncementKind.POLICY_STUDY, $"{year}년 제1차 과학기술분야 연구기획과제 공모"),
            (AnnouncementKind.INFRASTRUCTURE, $"{year}년도 바이오 시험평가 인프라 구축 지원 공고"),
            (AnnouncementKind.INFRASTRUCTURE, $"{year}년 조선 기자재 실증센터 구축사업 공고"),
            (AnnouncementKind.SUPPORT, $"{year}년 데이터 활용 바우처 지원 공고"),
            (AnnouncementKind.SUPPORT, $"{year}년도 지역 특화 기술사업화 지원 공고"),
        ];
        Board[] boards = [Board.NTIS, Board.KIMST, Board.TIPA, Board.IITP, Board.KEIT, Board.IRIS];
        foreach (var (kind, title) in titles)
        {
            var ordinary = writer.WriteOrdinary(ordinal);
            var board = boards[ordinal++ % boards.Length];
            yield return ordinary with
            {
                Board = board,
                Kind = kind,
                Title = title,
                Deadline = Wordings.Deadline(board, board == Board.NTIS ? 5 : 0, ordinary.Start, today.AddDays(5 + (ordinal % 40))),
                Body = [$"{title} 관련 내용을 알려 드립니다.", "자세한 내용은 붙임 문서를 확인하여 주시기 바랍니다."],
                Keywords = [],
                Trl = null,
                Budget = new("지원규모", "", null),
            };
        }
    }

    private static string Highlight(string title)
    {
        var encoded = System.Net.WebUtility.HtmlEncode(title);
        var middle = encoded.IndexOf(' ', StringComparison.Ordinal);
        return $"{encoded[..middle]} <span class=\"hl\">{encoded[(middle + 1)..]}</span><script>track('view');</script>";
    }
}
