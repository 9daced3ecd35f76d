namespace Connect.Benchmarks.Quality.BaseRules;

/// <summary>The first platform's technology domains, which cut across sectors and count for research institutes only.</summary>
internal static class BaseTechnologyDomains
{
    private static readonly string[][] Domains =
    [
        .. new[]
        {
            "디지털전환 DX 디지털혁신 디지털화",
            "지능형 AI기반 AI활용",
            "자동화 무인화 스마트 지능화",
            "기초연구 원천기술 핵심기술",
            "응용연구 실용화 상용화",
            "사업화 제품화 양산 시장진입",
            "혁신 창업 신기술 첨단",
            "융합 복합 연계 통합",
            "협력 공동 컨소시엄 산학협력",
        }.Select(BaseText.NormalizedWords),
    ];

    /// <summary>Whether two normalized texts fall into the same domain.</summary>
    public static bool AreSame(string first, string second) => Find(first) is >= 0 and var domain && domain == Find(second);

    // The look-up of a domain is not recorded. Taken as that of sectors: substring either way, the first hit wins.
    private static int Find(string text) => Array.FindIndex(Domains, words => words.Any(word => BaseText.Overlap(word, text)));
}
