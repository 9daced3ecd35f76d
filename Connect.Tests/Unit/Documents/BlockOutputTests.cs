namespace Connect.Tests.Unit.Documents;

public sealed class BlockOutputTests
{
    [Theory]
    [InlineData("X-Cache: miss", "X-Cache: miss\n")]
    [InlineData("X-Cache: miss|redis", "X-Cache: redis")]
    [InlineData("HTTP 304", "HTTP 304")]
    [InlineData("X-Instance: vm-20389", "X-Instance: another-1")]
    [InlineData("Server-Timing: db;desc=\"3\";dur=6.87, generations;desc=\"5\"", "Server-Timing: db;desc=\"2\";dur=12, generations;desc=\"0\"")]
    [InlineData("60 new, 20 changed", "7 new, 1 changed")]
    [InlineData(" 5 \"status\":\"SUCCEEDED\"", "4 \"status\":\"SUCCEEDED\"")]
    [InlineData("\"title\":\"한 공고\"", "\"title\":\"다른 2026년 공고\"")]
    [InlineData("\"reasons\":[\"Closed.\"", "\"reasons\":[\"The levels are others (TRL 6 to 8).\"")]
    [InlineData("85 points 「한 공고」", "83 points 「다른 「2026년」 공고」")]
    [InlineData("\"cacheTimestamp\":\"2026-11-27T01:22:13.2786297+09:00\"", "\"cacheTimestamp\":\"2026-12-01T00:00:00+09:00\"")]
    [InlineData("organization 019acd6e-7a3f-7c3e-9d0b-2f6f1f0a6c55", "organization 00000000-0000-0000-0000-000000000000")]
    public void Output_may_vary_in_what_is_another_one_each_time(string expected, string actual) =>
        Assert.Null(BlockOutput.FindDifference(expected, actual));

    [Theory]
    [InlineData("X-Cache: memory", "X-Cache: memory; stale")]
    [InlineData("X-Cache: memory", "X-Cache: redis")]
    [InlineData("X-Cache: miss|redis", "X-Cache: memory")]
    [InlineData("HTTP 304", "HTTP 200")]
    [InlineData("Server-Timing: db;desc=\"0\";dur=0, generations;desc=\"2\"", "Server-Timing: db;desc=\"1\";dur=3, generations;desc=\"2\"")]
    [InlineData("Server-Timing: db;desc=\"3\";dur=1.2, generations;desc=\"2\"", "Server-Timing: db;desc=\"0\";dur=0, generations;desc=\"2\"")]
    [InlineData("0 new, 0 changed", "0 new, 1 changed")]
    [InlineData("60 new, 20 changed", "0 new, 20 changed")]
    [InlineData("5 \"status\":\"SUCCEEDED\"", "4 \"status\":\"SUCCEEDED\"\n1 \"status\":\"FAILED\"")]
    [InlineData("\"title\":\"한 공고\"", "\"title\":\"\"")]
    [InlineData("85 points 「한 공고」", "85 points")]
    [InlineData("a new answer", "the answer of before")]
    [InlineData("organization 019acd6e-7a3f-7c3e-9d0b-2f6f1f0a6c55", "organization")]
    [InlineData("HTTP 200\nX-Cache: miss", "HTTP 200")]
    [InlineData("HTTP 200", "")]
    public void Planted_wrong_expectation_is_found(string expected, string actual) =>
        Assert.NotNull(BlockOutput.FindDifference(expected, actual));

    [Fact]
    public void Difference_names_both_lines() =>
        Assert.Equal("line 2: expected 'HTTP 304', but was 'HTTP 200'", BlockOutput.FindDifference("same\nHTTP 304", "same\nHTTP 200"));
}
