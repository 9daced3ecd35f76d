namespace Connect.Benchmarks.Quality.BaseRules;

/// <summary>
/// The first platform's industry taxonomy and its substring look-up, with its defects: the order of declaration decides
/// a sector, abbreviations match inside words, and an English sector key is not a word of its sector.
/// </summary>
internal static class BaseTaxonomy
{
    private const double UnknownRelevance = 0.3;

    // A sector's own words come before those of its sub-sectors, and both before the next sector:
    // that is the only order in which 바이오소재 is manufacturing and Biotech is IOT.
    private static readonly Entry[] Entries =
    [
        new(BaseSector.Ict, null, "ICT 정보통신 IT 정보기술"),
        new(BaseSector.Ict, "AI", "AI 인공지능 머신러닝 딥러닝 기계학습 ML DL 자연어처리 NLP 컴퓨터비전"),
        new(BaseSector.Ict, "SOFTWARE", "소프트웨어 SW 앱 애플리케이션 클라우드 플랫폼 SaaS PaaS"),
        new(BaseSector.Ict, "DATA", "데이터 빅데이터 데이터분석 데이터사이언스 DB 데이터베이스"),
        new(BaseSector.Ict, "NETWORK", "네트워크 통신 5G 6G 무선통신 이동통신 광통신"),
        new(BaseSector.Ict, "SECURITY", "보안 정보보안 사이버보안 암호 인증 블록체인"),
        new(BaseSector.Ict, "IOT", "IoT 사물인터넷 스마트시티 스마트홈 센서 엣지컴퓨팅"),
        new(BaseSector.Manufacturing, null, "제조 제조업 생산 공정"),
        new(BaseSector.Manufacturing, "SMART_FACTORY", "스마트공장 스마트제조 디지털제조 자동화 MES ERP"),
        new(BaseSector.Manufacturing, "ROBOTICS", "로봇 로봇공학 자동화 협동로봇 코봇 산업로봇"),
        new(BaseSector.Manufacturing, "MATERIALS", "소재 신소재 부품 부품소재 나노 복합소재"),
        new(BaseSector.Manufacturing, "ELECTRONICS", "전자 반도체 디스플레이 전자부품 센서 PCB"),
        new(BaseSector.Manufacturing, "MACHINERY", "기계 기계공학 정밀기계 공작기계 설비"),
        new(BaseSector.BioHealth, null, "바이오 헬스 의료 생명공학 BIO"),
        new(BaseSector.BioHealth, "MEDICAL_DEVICE", "의료기기 의료장비 진단기기 치료기기 헬스케어"),
        new(BaseSector.BioHealth, "PHARMA", "의약 제약 신약 바이오의약 의약품"),
        new(BaseSector.BioHealth, "BIOTECH", "생명공학 바이오기술 유전공학 세포치료 줄기세포"),
        new(BaseSector.BioHealth, "DIGITAL_HEALTH", "디지털헬스 원격의료 u헬스 모바일헬스 mHealth"),
        new(BaseSector.Energy, null, "에너지 전력 발전"),
        new(BaseSector.Energy, "RENEWABLE", "신재생 태양광 풍력 수소 연료전지 ESS 에너지저장"),
        new(BaseSector.Energy, "ELECTRIC_VEHICLE", "전기차 EV 배터리 이차전지 전지 BMS"),
        new(BaseSector.Energy, "SMART_GRID", "스마트그리드 전력망 AMI 마이크로그리드"),
        new(BaseSector.Environment, null, "환경 친환경 그린"),
        new(BaseSector.Environment, "CARBON_NEUTRAL", "탄소중립 탄소저감 CCUS 탄소포집 저탄소"),
        new(BaseSector.Environment, "WASTE", "폐기물 자원순환 재활용 업사이클 순환경제"),
        new(BaseSector.Environment, "WATER", "수처리 정수 하수 물환경 수질"),
        new(BaseSector.Agriculture, null, "농업 농림 식품 푸드테크"),
        new(BaseSector.Agriculture, "SMART_FARM", "스마트팜 스마트농업 식물공장 정밀농업"),
        new(BaseSector.Agriculture, "FOOD_TECH", "푸드테크 대체식품 식품가공 농식품"),
        new(BaseSector.Marine, null, "해양 수산 해양수산"),
        new(BaseSector.Marine, "AQUACULTURE", "양식 수산 스마트양식 해양바이오"),
        new(BaseSector.Marine, "MARITIME", "조선 선박 해양플랜트 해운 항만"),
        new(BaseSector.Marine, "MARINE_RESOURCE", "해양자원 해양광물 해양에너지 해수담수화"),
        new(BaseSector.Construction, null, "건설 건축 토목"),
        new(BaseSector.Construction, "SMART_CONSTRUCTION", "스마트건설 BIM 건설자동화 모듈러"),
        new(BaseSector.Construction, "INFRASTRUCTURE", "인프라 시설물 도로 교량 터널"),
        new(BaseSector.Transportation, null, "교통 운송 모빌리티"),
        new(BaseSector.Transportation, "AUTONOMOUS", "자율주행 자율차 AV ADAS 커넥티드카"),
        new(BaseSector.Transportation, "MOBILITY", "모빌리티 마이크로모빌리티 MaaS 공유모빌리티"),
        new(BaseSector.Transportation, "AVIATION", "항공 우주 드론 UAM 위성"),
    ];

    // Rows and columns in the order of BaseSector; symmetric.
    private static readonly double[][] Relevances =
    [
        [1, .8, .7, .7, .6, .7, .6, .6, .8],
        [.8, 1, .5, .6, .5, .5, .6, .6, .7],
        [.7, .5, 1, .3, .5, .6, .5, .3, .4],
        [.7, .6, .3, 1, .8, .4, .5, .5, .7],
        [.6, .5, .5, .8, 1, .6, .6, .6, .6],
        [.7, .5, .6, .4, .6, 1, .5, .3, .3],
        [.6, .6, .5, .5, .6, .5, 1, .4, .5],
        [.6, .6, .3, .5, .6, .3, .4, 1, .5],
        [.8, .7, .4, .7, .6, .3, .5, .5, 1],
    ];

    /// <summary>The first sector with a word that contains the input or is contained in it; every word contains an empty input.</summary>
    public static (BaseSector Sector, bool IsSubSector)? Resolve(string input)
    {
        var text = BaseText.Normalize(input);
        var entry = Array.Find(Entries, entry => entry.Words.Any(word => BaseText.Overlap(word, text)));
        return entry is null ? null : (entry.Sector, entry.SubSector is not null);
    }

    /// <summary>Every word of a sector and of its sub-sectors, normalized.</summary>
    public static IEnumerable<string> WordsOf(BaseSector sector) =>
        Entries.Where(entry => entry.Sector == sector).SelectMany(entry => entry.Words);

    /// <summary>How near two sectors are, from 0 to 1; 0.3 if either is unknown.</summary>
    public static double Relevance(BaseSector? first, BaseSector? second) =>
        first is { } row && second is { } column ? Relevances[(int)row][(int)column] : UnknownRelevance;

    private sealed class Entry(BaseSector sector, string? subSector, string words)
    {
        public BaseSector Sector { get; } = sector;

        /// <summary>The sub-sector's key, or null for the sector's own words.</summary>
        public string? SubSector { get; } = subSector;

        public string[] Words { get; } = BaseText.NormalizedWords(words);
    }
}
