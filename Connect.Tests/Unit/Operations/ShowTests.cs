using Connect.Operations.Access;
using Connect.Operations.Look;
using Microsoft.AspNetCore.Http;

namespace Connect.Tests.Unit.Operations;

public sealed class ShowTests
{
    [Theory]
    [InlineData(null, "–")]
    [InlineData(0.0, "0.0%")]
    [InlineData(0.0004, "<0.1%")]
    [InlineData(0.985, "98.5%")]
    [InlineData(0.9999, "99.9%")]
    [InlineData(1.0, "100.0%")]
    public void Share_is_never_rounded_to_all_or_nothing(double? share, string text) => Assert.Equal(text, Show.Percent(share));

    [Theory]
    [InlineData(null, "–")]
    [InlineData(66e-9, "66 ns")]
    [InlineData(109e-6, "109 µs")]
    [InlineData(0.0251, "25.1 ms")]
    [InlineData(2.34, "2.3 s")]
    [InlineData(95.0, "1:35")]
    public void Duration_is_written_in_the_unit_that_fits(double? seconds, string text) => Assert.Equal(text, Show.Duration(seconds));

    [Theory]
    [InlineData(null, "–")]
    [InlineData(512L, "512 B")]
    [InlineData(128L << 20, "128 MiB")]
    public void Size_is_written_in_the_unit_that_fits(long? bytes, string text) => Assert.Equal(text, Show.Bytes(bytes));

    [Fact]
    public void Moment_of_another_day_in_Seoul_says_which()
    {
        var now = new DateTimeOffset(2026, 11, 26, 15, 30, 0, TimeSpan.Zero);

        Assert.Equal("00:10:00", Show.Moment(now.AddMinutes(-20), now));
        Assert.Equal("11-26 23:50", Show.Moment(now.AddMinutes(-40), now));
    }

    [Theory]
    [InlineData("GET", null, true, false)]
    [InlineData("GET", "https://connect.example.com", true, true)]
    [InlineData("GET", "https://evil.example.com", false, false)]
    [InlineData("GET", "http://connect.example.com", false, false)]
    [InlineData("GET", "null", false, false)]
    [InlineData("POST", null, false, false)]
    [InlineData("POST", "https://connect.example.com", true, true)]
    public void Connection_is_taken_from_pages_of_the_same_origin_only(string method, string? origin, bool isTaken, bool isTakenAsHandshake)
    {
        var request = new DefaultHttpContext().Request;
        (request.Method, request.Scheme, request.Host) = (method, "https", new HostString("connect.example.com"));
        if (origin is not null)
        {
            request.Headers.Origin = origin;
        }

        Assert.Equal(isTaken, SameOrigin.IsOwn(request));
        request.Headers.Upgrade = "websocket";
        Assert.Equal(isTakenAsHandshake, SameOrigin.IsOwn(request));
    }

    [Theory]
    [InlineData("ko", "en-US", "ko-KR")]
    [InlineData("en", "ko", "en-US")]
    [InlineData(null, "en;q=0.5, ko;q=0.9", "ko-KR")]
    [InlineData("xx", "en", "en-US")]
    [InlineData(null, null, "ko-KR")]
    public void Switch_decides_on_the_language_and_then_the_browser(string? chosen, string? accepted, string culture)
    {
        var request = new DefaultHttpContext().Request;
        request.Headers.AcceptLanguage = accepted;
        request.Headers.Cookie = chosen is null ? null : $"{OperationsLanguage.Cookie}={chosen}";

        Assert.Equal(culture, OperationsLanguage.Of(request).Name);
    }
}
