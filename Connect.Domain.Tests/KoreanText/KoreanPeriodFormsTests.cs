using System.Globalization;
using Connect.Domain.KoreanText;

namespace Connect.Domain.Tests.KoreanText;

/// <summary>Periods in the forms in which people write them: notes, zones, doubled units, short ends, stars.</summary>
public sealed class KoreanPeriodFormsTests
{
    [Theory]
    [InlineData("2025. 3. 15.(Sat) ~ 2025. 4. 15.(Tue) 18:00")]
    [InlineData("2025. 3. 15(Saturday) ~ 2025. 4. 15(Tuesday), 18:00")]
    [InlineData("2025. 3. 15.(Sat.) ~ 4. 15.(Tues.) 18:00")]
    [InlineData("2025. 3. 15.(土) ~ 2025. 4. 15.(火) 18:00")]
    [InlineData("2025. 3. 15.(土曜日) ~ 2025. 4. 15.(火曜日) 18:00")]
    [InlineData("2025. 3. 15 Sat ~ 2025. 4. 15 Tue 18:00")]
    [InlineData("2025.3.15㈯ ~ 2025.4.15㈫ 18:00")]
    [InlineData("2025.3.15㊏ ~ 2025.4.15㊋ 18:00")]
    [InlineData("2025.03.15[토] ~ 2025.04.15[화] 18:00")]
    public void Weekdays_in_any_script_are_passed_over(string text) => Ends("2025-03-15", "2025-04-15T18:00:00", text);

    [Theory]
    [InlineData("2025.03.15(예정) ~ 2025.04.15 18:00(예정)")]
    [InlineData("2025.03.15(토)(예정) ~ 2025.04.15(화)(예정) 18:00")]
    [InlineData("2025.03.15(토, 예정) ~ 2025.04.15(화, 예정) 18:00")]
    [InlineData("2025.03.15[잠정] ~ 2025.04.15[잠정] 18:00")]
    [InlineData("2025.03.15 (공고일) ~ 2025.04.15 (화) 18:00")]
    [InlineData("2025.03.15(공고 게시일)부터 ~ 2025.04.15(화) 18:00까지")]
    [InlineData("2025.03.15 공고일부터 2025.04.15 18:00까지")]
    [InlineData("2025.03.15(토) 공고 ~ (마감) 2025.04.15(화) 18:00")]
    [InlineData("2025.03.15(토) 접수 개시 ~ 2025.04.15(화) 18:00 접수 마감")]
    public void Notes_between_two_dates_do_not_part_them(string text) => Ends("2025-03-15", "2025-04-15T18:00:00", text);

    [Theory]
    [InlineData("2025.03.15 ~ 2025.04.15 18:00 (KST)")]
    [InlineData("2025.03.15 ~ 2025.04.15 18:00 KST")]
    [InlineData("2025.03.15 ~ 2025.04.15 18:00(한국시간 기준)")]
    [InlineData("2025.03.15 ~ 2025.04.15 18:00 (GMT+9)")]
    [InlineData("2025.03.15 ~ 2025.04.15 18:00 UTC+09:00")]
    [InlineData("2025.03.15 ~ 2025.04.15 09:00 UTC")]
    [InlineData("2025.03.15 ~ 2025.04.15 09:00 (GMT)")]
    [InlineData("2025.03.15 ~ 2025.04.15 11:00 CEST")]
    [InlineData("2025.03.15 ~ 2025.04.15 05:00 (EDT)")]
    public void Hours_of_another_zone_are_told_in_korean_time(string text) => Ends("2025-03-15", "2025-04-15T18:00:00", text);

    [Fact]
    public void Hour_of_another_zone_may_be_on_another_day_in_korea() => Ends("2025-03-15", "2025-04-16T08:59:00", "2025.03.15 ~ 2025.04.15 23:59 UTC");

    [Theory]
    [InlineData("2025.03.15 09:00시 ~ 2025.04.15 18:00시까지")]
    [InlineData("2025.03.15 09:00시부터 ~ 2025.04.15 18:00분까지")]
    [InlineData("2025년.3월.15일 ~ 2025년.4월.15일 18시00분까지")]
    [InlineData("2025.3.15일 ~ 2025.4.15일 18:00시")]
    [InlineData("2025년도 3월 15일(토)요일 ~ 2025년도 4월 15일(화) 18:00")]
    public void Doubled_units_are_read_once(string text) => Ends("2025-03-15", "2025-04-15T18:00:00", text);

    [Theory]
    [InlineData("\u007E")]
    [InlineData("\u02DC")]
    [InlineData("\u2053")]
    [InlineData("\u223C")]
    [InlineData("\u223D")]
    [InlineData("\u223E")]
    [InlineData("\u301C")]
    [InlineData("\u3030")]
    [InlineData("\uFF5E")]
    [InlineData("\u002D")]
    [InlineData("\u2010")]
    [InlineData("\u2011")]
    [InlineData("\u2012")]
    [InlineData("\u2013")]
    [InlineData("\u2014")]
    [InlineData("\u2015")]
    [InlineData("\u2212")]
    [InlineData("\u2500")]
    [InlineData("\u2501")]
    [InlineData("\u2E3A")]
    [InlineData("\uFE58")]
    [InlineData("\uFE63")]
    [InlineData("\uFF0D")]
    [InlineData("\u3161")]
    public void Every_dash_and_tilde_joins_two_dates(string sign)
    {
        Ends("2025-03-15", "2025-04-15T23:59:59", $"2025.03.15 {sign} 2025.04.15");
        Ends("2025-03-15", "2025-04-15T18:00:00", $"2025.03.15(토){sign}04.15(화) 18:00");
    }

    [Theory]
    [InlineData("2025. 3. 10.(월) ~ 17.(월) 16:00", "2025-03-10", "2025-03-17T16:00:00")]
    [InlineData("2025. 3. 10.(월) 09:00 ~ 17.(월)", "2025-03-10", "2025-03-17T23:59:59")]
    [InlineData("’25. 10. 2. ~ 31", "2025-10-02", "2025-10-31T23:59:59")]
    [InlineData("’25. 10. 2. ~ 31.", "2025-10-02", "2025-10-31T23:59:59")]
    [InlineData("’25.10.2(목)∼31(금)", "2025-10-02", "2025-10-31T23:59:59")]
    [InlineData("’25. 10. 2. ~ 31, 15시까지", "2025-10-02", "2025-10-31T15:00:00")]
    [InlineData("2025.10.02 ~ 31 18:00", "2025-10-02", "2025-10-31T18:00:00")]
    [InlineData("2025.10.02 ~ 31까지", "2025-10-02", "2025-10-31T23:59:59")]
    [InlineData("20251002 ~ 20251031", "2025-10-02", "2025-10-31T23:59:59")]
    [InlineData("20251002~20251031 18:00", "2025-10-02", "2025-10-31T18:00:00")]
    [InlineData("20251002-20251031", "2025-10-02", "2025-10-31T23:59:59")]
    [InlineData("2025.10.02. ~ 20251031", "2025-10-02", "2025-10-31T23:59:59")]
    public void Short_and_compact_ends_are_read(string text, string start, string end) => Ends(start, end, text);

    [Theory]
    [InlineData("*2025.03.15 ~ 2025.04.15* 18:00")]
    [InlineData("2025.03.15.(토)* ~ 2025.04.15.(화)*, 18시")]
    [InlineData("2025.03.15* ~ *04.15 18:00까지*")]
    [InlineData("2025.03.15 ~ 2025.04.15(화)＊ 18:00")]
    [InlineData("★2025.03.15 ~ 2025.04.15 18:00★")]
    public void Stars_of_footnotes_are_passed_over(string text) => Ends("2025-03-15", "2025-04-15T18:00:00", text);

    private static void Ends(string start, string end, string text)
    {
        var period = KoreanDates.ParsePeriod(text);
        Assert.Equal((start, end), ($"{period.Start:yyyy-MM-dd}", period.End?.ToString("yyyy-MM-ddTHH:mm:ss", CultureInfo.InvariantCulture)));
        Assert.False(KoreanDates.Read(text).IsUnsure);
    }
}
