using System.Text;
using Connect.Benchmarks.Load.Asking;
using Connect.Benchmarks.Load.Profiles;

namespace Connect.Tests.Unit.Benchmarks.Load;

/// <summary>The distinction between right and wrong answers.</summary>
public sealed class AnswerReaderTests
{
    private static readonly Guid Own = Guid.Parse("0198c0de-0000-7000-8000-000000000001");
    private static readonly Guid Other = Guid.Parse("0198c0de-0000-7000-8000-000000000002");

    [Theory]
    [InlineData(401)]
    [InlineData(404)]
    [InlineData(429)]
    [InlineData(500)]
    [InlineData(503)]
    [InlineData(204)]
    public void Other_statuses_are_errors(int status) =>
        Assert.Contains($"{status}", Read(Matches, """{"matches":[]}""", status).Problem, StringComparison.Ordinal);

    [Fact]
    public void Own_matches_are_right_and_their_ids_are_known()
    {
        var finding = Read(Matches, $$"""{"organizationId":"{{Own}}","matches":[{"id":"{{Other}}"}],"message":null}""");

        Assert.Null(finding.Problem);
        Assert.Equal([Other], finding.Ids);
    }

    [Fact]
    public void Another_organizations_matches_are_an_error() =>
        Assert.NotNull(Read(Matches, $$"""{"organizationId":"{{Other}}","matches":[{"id":"{{Own}}"}],"message":null}""").Problem);

    [Theory]
    [InlineData("\"nothing fits\"", true)]
    [InlineData("null", false)]
    public void No_match_is_right_with_a_word_why(string message, bool isRight) =>
        Assert.Equal(isRight, Read(Matches, $$"""{"organizationId":"{{Own}}","matches":[],"message":{{message}}}""").Problem is null);

    [Theory]
    [InlineData("memory", true)]
    [InlineData("memory; stale", true)]
    [InlineData("somewhere", false)]
    [InlineData(null, false)]
    public void Cached_route_says_where_the_answer_comes_from(string? cache, bool isRight) =>
        Assert.Equal(isRight, Read(Matches, $$"""{"organizationId":"{{Own}}","matches":[],"message":"no"}""", cache: cache).Problem is null);

    [Theory]
    [InlineData("\"a\"", "\"a\"", false, true)]
    [InlineData("\"a\"", null, false, true)]
    [InlineData(null, "\"a\"", false, false)]
    [InlineData("\"a\"", "\"b\"", false, false)]
    [InlineData("\"a\"", "\"a\"", true, false)]
    public void Not_modified_is_right_for_a_tag_that_still_holds(string? known, string? answered, bool isOverruled, bool isRight)
    {
        var ask = Matches with { KnownTag = known, IsOverruled = isOverruled };

        Assert.Equal(isRight, AnswerReader.Read(ask, Own, new LoadAnswer(304, default) { Tag = answered }).Problem is null);
    }

    [Theory]
    [InlineData("""{"saved":true}""", true)]
    [InlineData("""{"saved":false}""", false)]
    public void Change_is_right_where_the_answer_shows_it(string patch, bool isRight)
    {
        var ask = new LoadAsk(LoadAction.Mark, "/", Other) { Patch = patch };

        Assert.Equal(isRight, Read(ask, $$"""{"id":"{{Other}}","organizationId":"{{Own}}","saved":true,"viewed":false}""").Problem is null);
    }

    [Theory]
    [InlineData(5, true)]
    [InlineData(6, false)]
    public void Profile_is_right_where_the_answer_shows_the_change(int level, bool isRight)
    {
        var ask = new LoadAsk(LoadAction.Profile, "/", Own) { Patch = $$"""{ "technologyReadinessLevel": {{level}} }""" };

        Assert.Equal(isRight, Read(ask, $$"""{"id":"{{Own}}","profile":{"technologyReadinessLevel":5} }""").Problem is null);
    }

    [Fact]
    public void Stored_match_of_somebody_else_is_an_error()
    {
        var ask = new LoadAsk(LoadAction.Stored, "/", Own);

        Assert.Null(Read(ask, $$"""{"items":[{"id":"{{Other}}","organizationId":"{{Own}}"}]}""").Problem);
        Assert.NotNull(Read(ask, $$"""{"items":[{"id":"{{Other}}","organizationId":"{{Other}}"}]}""").Problem);
    }

    [Theory]
    [InlineData(nameof(LoadAction.Program), """{"summary":{"id":"0198c0de-0000-7000-8000-000000000001"}}""")]
    [InlineData(nameof(LoadAction.Explanation), """{"matchId":"0198c0de-0000-7000-8000-000000000001","organizationId":"0198c0de-0000-7000-8000-000000000001","text":"words"}""")]
    public void Answer_about_another_one_than_asked_for_is_an_error(string name, string body)
    {
        var action = Enum.Parse<LoadAction>(name);

        Assert.Null(Read(new LoadAsk(action, "/", Own), body).Problem);
        Assert.NotNull(Read(new LoadAsk(action, "/", Other), body).Problem);
    }

    [Theory]
    [InlineData("")]
    [InlineData("<html>")]
    [InlineData("{}")]
    [InlineData("[]")]
    public void Body_of_another_form_is_an_error(string body) => Assert.NotNull(Read(Matches, body).Problem);

    private static LoadAsk Matches => new(LoadAction.Matches, "/", Own);

    private static LoadFinding Read(LoadAsk ask, string body, int status = 200, string? cache = "memory") =>
        AnswerReader.Read(ask, Own, new LoadAnswer(status, Encoding.UTF8.GetBytes(body)) { Cache = cache });
}
