using Connect.ScraperWorker.Crawl.Pages;

namespace Connect.Tests.Unit.Sources;

public sealed class ScriptCallTests
{
    [Theory]
    [InlineData("fn_view('123')", "/v?id={0}&k={1}", null)]
    [InlineData("fn_view('123', \"B\"); return false;", "/v?id={0}&k={1}", "/v?id=123&k=B")]
    [InlineData("javascript:fn_view ( 123 ,4)", "/v?id={0}&k={1}", "/v?id=123&k=4")]
    [InlineData("my_fn_view('1');fn_view('2')", "/v?id={0}", "/v?id=2")]
    [InlineData("fn_view; fn_view('3')", "/v?id={0}", "/v?id=3")]
    [InlineData("fn_view(')', 'x,y')", "/v?id={1}", "/v?id=x%2Cy")]
    [InlineData("fn_view('/../../secret?a=1&b=2#c')", "/v?id={0}", "/v?id=%2F..%2F..%2Fsecret%3Fa%3D1%26b%3D2%23c")]
    [InlineData("fn_view('{1}', '7')", "/v?id={0}&k={1}", "/v?id=%7B1%7D&k=7")]
    [InlineData("fn_view('')", "/v?id={0}", null)]
    [InlineData("fn_view(this.id)", "/v?id={0}", null)]
    [InlineData("fn_view(this, '5')", "/v?id={1}", "/v?id=5")]
    [InlineData("fn_view()", "/v?id={0}", null)]
    [InlineData("fn_view('123", "/v?id={0}", null)]
    [InlineData("fn_view('123'", "/v?id={0}", null)]
    [InlineData("fn_viewer('123')", "/v?id={0}", null)]
    [InlineData("fn_other('123')", "/v?id={0}", null)]
    [InlineData("", "/v?id={0}", null)]
    [InlineData(null, "/v?id={0}", null)]
    public void Call_leads_to_a_page_when_it_has_what_the_path_needs(string? script, string path, string? expected) =>
        Assert.Equal(expected, ScriptCall.Find(script, "fn_view")?.Fill(path));

    [Theory]
    [InlineData("fn_view(")]
    [InlineData("fn_view('")]
    [InlineData("fn_view(1,")]
    [InlineData("fn_view ")]
    public void Call_is_looked_for_quickly_when_the_script_is_hostile(string piece) =>
        Assert.Null(ScriptCall.Find(string.Concat(Enumerable.Repeat(piece, 20_000)), "fn_view")?.Fill("/v?id={0}&k={9}"));

    [Fact]
    public void Call_leads_nowhere_when_its_argument_is_no_id() =>
        Assert.Null(ScriptCall.Find($"fn_view('{new string('1', 101)}')", "fn_view")!.Fill("/v?id={0}"));
}
