namespace Connect.Domain.Programs;

/// <summary>
/// The boards that are read, by their agencies. IITP 정보통신기획평가원, KEIT 한국산업기술기획평가원, TIPA 중소기업기술정보진흥원,
/// KIMST 해양수산과학기술진흥원; of several agencies: NTIS 국가과학기술지식정보서비스, IRIS 범부처통합연구지원시스템, BIZINFO 기업마당,
/// MSS 중소벤처기업부 사업공고, KSTARTUP K-Startup 창업지원포털.
/// </summary>
public enum Agency
{
    IITP,
    KEIT,
    TIPA,
    KIMST,
    NTIS,
    IRIS,
    BIZINFO,
    MSS,
    KSTARTUP,
}

/// <summary>What an announcement is. Only <see cref="Call"/> is matched; the rest stays searchable.</summary>
public enum ProgramKind
{
    Call,
    Training,
    Survey,
    Notice,
    PolicyStudy,
    Infrastructure,
    Support,

    /// <summary>Nothing that the board gives tells what it is: searchable, and not ranked.</summary>
    Unsure,
}

/// <summary>Whether a program is open.</summary>
public enum ProgramStatus
{
    Active,
    Expired,
    Archived,

    /// <summary>Announced in advance (사전공고, 예고, 접수예정): the call is still to come, and nobody can apply yet.</summary>
    Upcoming,
}
