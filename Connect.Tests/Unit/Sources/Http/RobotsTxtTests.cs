using System.Text;
using Connect.ScraperWorker.Crawl.Http.Robots;
using FsCheck;
using FsCheck.Fluent;

namespace Connect.Tests.Unit.Sources.Http;

public sealed class RobotsTxtTests
{
    private static readonly string[] Pieces =
    [
        "User-agent", "user-AGENT", "Allow", "Disallow", "Crawl-delay", "Sitemap", ":", " : ", "*", "$", "/", "/a", "%", "%2", "%41", "%zz",
        "ConnectBot", "#", "\n", "\r\n", "\r", "\0", "글", "\uD83D", "\uFEFF", "0", "1.5", "-1", "99999999999999999999999999999999", "NaN", "?", "=", " ",
    ];

    [Theory]
    [InlineData("", "/a", true)]
    [InlineData("<html><body>404</body></html>", "/a", true)]
    [InlineData("Disallow: /", "/a", true)] // no group
    [InlineData("User-agent: *\nDisallow:", "/a", true)]
    [InlineData("User-agent: *\nDisallow: /", "/a", false)]
    [InlineData("User-agent: *\nDisallow: /", "/robots.txt", true)]
    [InlineData("\uFEFFuser-AGENT : *\r\n  DISALLOW\t:\t/a  # why\r\n", "/a/b", false)]
    [InlineData("User-agent: *\rDisallow: /a", "/a", false)]
    [InlineData("User-agent: *\nDisallow: /a", "/A", true)]
    [InlineData("User-agent: *\nDisallow: a", "/a", true)]
    [InlineData("User-agent: *\nDisallow: /a\nAllow: /a/b", "/a/b/c", true)]
    [InlineData("User-agent: *\nAllow: /a\nDisallow: /a/b", "/a/b/c", false)]
    [InlineData("User-agent: *\nDisallow: /a\nAllow: /a", "/a", true)]
    [InlineData("User-agent: *\nAllow: /a\nDisallow: /a", "/a", true)]
    [InlineData("User-agent: *\nAllow: /$\nDisallow: /", "/", true)]
    [InlineData("User-agent: *\nAllow: /$\nDisallow: /", "/a", false)]
    [InlineData("User-agent: *\nDisallow: /*.do$", "/a/view.do", false)]
    [InlineData("User-agent: *\nDisallow: /*.do$", "/a/view.do?id=1", true)]
    [InlineData("User-agent: *\nDisallow: /*.do$", "/a.do/b.do", false)]
    [InlineData("User-agent: *\nDisallow: /a*b*c", "/a-c-b-c", false)]
    [InlineData("User-agent: *\nDisallow: /a*b*c", "/a-c-b", true)]
    [InlineData("User-agent: *\nDisallow: /a*ab$", "/ab", true)]
    [InlineData("User-agent: *\nDisallow: *", "/a", false)]
    [InlineData("User-agent: *\nDisallow: /a$b", "/a$b", false)]
    [InlineData("User-agent: *\nDisallow: /*?flag=", "/view.do?flag=rndList", false)]
    [InlineData("User-agent: *\nDisallow: /a%2fb", "/a%2Fb", false)]
    [InlineData("User-agent: *\nDisallow: /a%2fb", "/a/b", true)]
    [InlineData("User-agent: *\nDisallow: /%7Ea%62", "/~ab", false)]
    [InlineData("User-agent: *\nDisallow: /글", "/%ea%b8%80", false)]
    [InlineData("User-agent: *\nDisallow: /%EA%B8%80", "/글", false)]
    [InlineData("User-agent: *\nDisallow: /a-%2A.html", "/a-*.html", false)]
    [InlineData("User-agent: *\nDisallow: /a-%2A.html", "/a-b.html", true)]
    public void Path_is_allowed_when_the_longest_rule_says_so(string file, string path, bool expected) =>
        Assert.Equal(expected, Rules(file).Allows(new($"https://board.example{path}")));

    [Theory]
    [InlineData("User-agent: ConnectBot\nDisallow: /a\n\nUser-agent: *\nDisallow: /b", "/a", false)]
    [InlineData("User-agent: ConnectBot\nDisallow: /a\n\nUser-agent: *\nDisallow: /b", "/b", true)]
    [InlineData("User-agent: *\nDisallow: /b\nUser-agent: connectbot/2.0 (x)\nDisallow: /a", "/b", true)]
    [InlineData("User-agent: ConnectBotter\nDisallow: /\nUser-agent: Connect\nDisallow: /", "/a", true)]
    [InlineData("User-agent: Other\nUser-agent: ConnectBot\nDisallow: /a", "/a", false)]
    [InlineData("User-agent: ConnectBot\nUser-agent: Other\nDisallow: /a", "/a", false)]
    [InlineData("User-agent: ConnectBot\nSitemap: /s\nCrawl-delay: 1\nUser-agent: Other\nDisallow: /a", "/a", false)]
    [InlineData("User-agent: ConnectBot\nDisallow: /a\nUser-agent: Other\nDisallow: /b\nUser-agent: ConnectBot\nDisallow: /c", "/c", false)]
    [InlineData("User-agent: ConnectBot\nDisallow: /a\nUser-agent: Other\nDisallow: /b\nUser-agent: ConnectBot\nDisallow: /c", "/b", true)]
    [InlineData("User-agent: ConnectBot\nUser-agent: *\nDisallow: /a", "/a", false)]
    [InlineData("User-agent: *\nDisallow: /\nUser-agent: ConnectBot", "/a", true)]
    public void Group_is_the_crawlers_own_when_there_is_one(string file, string path, bool expected) =>
        Assert.Equal(expected, Rules(file).Allows(new($"https://board.example{path}")));

    [Theory]
    [InlineData("User-agent: *\nCrawl-delay: 10", 10.0)]
    [InlineData("User-agent: *\nCrawl-delay: 0.5\nDisallow: /a", 0.5)]
    [InlineData("User-agent: *\nCrawl-delay: 3600", 60.0)]
    [InlineData("User-agent: *\nCrawl-delay: 1\nCrawl-delay: 2", 2.0)]
    [InlineData("User-agent: *\nCrawl-delay: -1", null)]
    [InlineData("User-agent: *\nCrawl-delay: soon", null)]
    [InlineData("User-agent: *\nCrawl-delay: 10\nUser-agent: ConnectBot\nDisallow: /a", null)]
    [InlineData("User-agent: *\nDisallow: /b\nCrawl-delay: 10\nUser-agent: ConnectBot\nDisallow: /a", null)]
    [InlineData("Crawl-delay: 10", null)]
    public void Delay_is_read_and_bounded_when_the_group_has_one(string file, double? seconds) =>
        Assert.Equal(seconds is { } known ? TimeSpan.FromSeconds(known) : null, Rules(file).CrawlDelay);

    [Fact]
    public void File_is_read_up_to_its_limit_when_it_is_longer()
    {
        var head = "User-agent: *\nDisallow: /a\n";
        var filler = new string('#', RobotsTxt.MaxBytes - head.Length - 1);
        var file = Encoding.UTF8.GetBytes($"{head}{filler}\nDisallow: /b\n");

        var rules = RobotsTxt.Parse(file, "ConnectBot");

        Assert.False(rules.Allows(new("https://board.example/a")));
        Assert.True(rules.Allows(new("https://board.example/b")));
    }

    [Fact]
    public void Reading_never_throws_when_the_file_is_anything()
    {
        var texts = Gen.Elements(Pieces).ListOf().Select(string.Concat)
            .Zip(ArbMap.Default.GeneratorFor<string>(), (made, any) => made + any);

        Prop.ForAll(Arb.From(texts), static text => Use(text)).Check(Config.QuickThrowOnFailure.WithMaxTest(2_000).WithEndSize(60));
    }

    [Theory]
    [InlineData("*a")]
    [InlineData("%")]
    [InlineData("\nDisallow:/a*b*c*d$")]
    [InlineData("\nUser-agent:*")]
    public void Reading_stays_quick_when_the_file_repeats_itself(string piece) =>
        Use($"User-agent: *\nDisallow: /{string.Concat(Enumerable.Repeat(piece, 20_000))}");

    private static void Use(string text)
    {
        var rules = Rules(text);
        rules.Allows(new("https://board.example/aaaaaaaaaaaaaaaaaaaaaaaa/%41/*/$?a=%25"));
        RobotsPath.Normalize(text, isPattern: false);
    }

    private static RobotsRules Rules(string file) => RobotsTxt.Parse(file, "ConnectBot");
}
