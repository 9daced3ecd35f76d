namespace Connect.Domain.Organizations;

/// <summary>The 17 provinces and metropolitan cities of Korea, in the order of the law on local autonomy.</summary>
public enum Region
{
    Seoul,
    Busan,
    Daegu,
    Incheon,
    Gwangju,
    Daejeon,
    Ulsan,
    Sejong,
    Gyeonggi,
    Gangwon,
    Chungbuk,
    Chungnam,
    Jeonbuk,
    Jeonnam,
    Gyeongbuk,
    Gyeongnam,
    Jeju,
}
