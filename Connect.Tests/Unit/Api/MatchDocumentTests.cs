using System.Text.Json;
using Connect.Api.Http;
using Connect.Api.Matches;
using Connect.Data.Caching;
using Connect.Domain.Matching;
using Connect.Domain.Matching.Explanations;
using Connect.Domain.Programs;
using Connect.Testing.Data;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Connect.Tests.Unit.Api;

/// <summary>A ranking kept as bytes equals the serializer's output, for every limit, language and moment.</summary>
public sealed class MatchDocumentTests
{
    private const int Programs = 400;
    private const int Organizations = 12;

    private static readonly DateTimeOffset Now = GeneratedPrograms.Now;

    private readonly MatchDocuments _documents = new();

    [Fact]
    public async Task Answer_is_what_the_serializer_writes()
    {
        foreach (var results in Rankings())
        {
            foreach (var language in Enum.GetValues<ExplanationLanguage>())
            {
                // From long to short and back: pieces that are there already are used again.
                foreach (var limit in Enumerable.Range(1, MatchResults.MaxRanking).Reverse().Concat([1, 15, 3]))
                {
                    await AssertWrittenAsync(results, limit, language, Now);
                }
            }
        }
    }

    [Fact]
    public async Task Nothing_fits_is_written_too()
    {
        var results = Rankings().First() with { Ranking = [] };

        foreach (var language in Enum.GetValues<ExplanationLanguage>())
        {
            await AssertWrittenAsync(results, 3, language, Now);
        }
    }

    [Fact]
    public void Document_is_kept_from_the_second_question_on()
    {
        var results = Rankings().First();
        var first = _documents.Get(results, ExplanationLanguage.Ko, Now);

        Assert.NotSame(first, _documents.Get(results, ExplanationLanguage.Ko, Now));
        Assert.Same(_documents.Get(results, ExplanationLanguage.Ko, Now), _documents.Get(results, ExplanationLanguage.Ko, Now.AddMinutes(1)));
        Assert.NotSame(_documents.Get(results, ExplanationLanguage.Ko, Now), _documents.Get(results, ExplanationLanguage.En, Now));
    }

    [Fact]
    public async Task Next_day_and_a_passed_deadline_are_another_document()
    {
        // As while the primary database is away, when last good rankings are served beyond their time.
        var results = Rankings().First(results => results.Ranking.Any(match => match.Program.Deadline is not null));
        var midnight = SeoulTime.NextMidnight(Now);
        var deadline = results.Ranking.Min(match => match.Program.Deadline)!.Value;
        foreach (var moment in (DateTimeOffset[])[Now, midnight.AddTicks(-1), midnight, deadline, deadline.AddTicks(1)])
        {
            await AssertWrittenAsync(results, MatchResults.MaxRanking, ExplanationLanguage.Ko, moment);
        }
    }

    [Fact]
    public void Tag_is_that_of_name_limit_and_language()
    {
        var document = _documents.Get(Rankings().First(), ExplanationLanguage.En, Now);

        Assert.Equal("\"one-3-en\"", document.TagOf("one", 3));
        Assert.Same(document.TagOf("one", 3), document.TagOf("one", 3));
        Assert.Equal("\"one-15-en\"", document.TagOf("one", 15));
        Assert.Equal("\"two-3-en\"", document.TagOf("two", 3));
    }

    private static IEnumerable<MatchResults> Rankings()
    {
        var (engine, programs) = (new MatchEngine(), GeneratedPrograms.Programs(Programs));
        return GeneratedPrograms.Organizations(Organizations).Select(organization => new MatchResults(
            organization.Id, organization.Type, ProfileCompleted: true, engine.Rank(organization, programs, Now, MatchResults.MaxRanking),
            MatchingAlgorithm.Version, Now, ValidUntil: null));
    }

    [Fact]
    public async Task Answer_without_dismissed_programs_is_what_the_serializer_writes()
    {
        foreach (var results in Rankings().Where(results => results.Ranking.Length > 4))
        {
            // None of the ranking, its first, some, and all.
            foreach (var dismissed in (DismissedPrograms[])[DismissedOf(results), DismissedOf(results, 0), DismissedOf(results, 1, 3), DismissedOf(results, [.. Enumerable.Range(0, 15)])])
            {
                foreach (var language in Enum.GetValues<ExplanationLanguage>())
                {
                    await AssertWrittenAsync(results, 3, language, Now, dismissed);
                    await AssertWrittenAsync(results, MatchResults.MaxRanking, language, Now, dismissed);
                }
            }
        }
    }

    [Fact]
    public async Task Everything_dismissed_is_told_from_nothing_fits()
    {
        var results = Rankings().First(results => results.Ranking.Length > 0);
        var all = DismissedOf(results, [.. Enumerable.Range(0, MatchResults.MaxRanking)]);

        Assert.Contains("제외", await WriteAsync(_documents.Get(results, all, ExplanationLanguage.Ko, Now).Take(3, cached: true)), StringComparison.Ordinal);
        Assert.Contains("dismissed", await WriteAsync(_documents.Get(results, all, ExplanationLanguage.En, Now).Take(3, cached: true)), StringComparison.Ordinal);
        Assert.DoesNotContain(
            "dismissed", await WriteAsync(_documents.Get(results with { Ranking = [] }, all, ExplanationLanguage.En, Now).Take(3, cached: true)),
            StringComparison.Ordinal);
    }

    [Fact]
    public void Document_without_dismissed_programs_is_kept_until_the_set_is_another_object()
    {
        var results = Rankings().First(results => results.Ranking.Length > 1);
        var dismissed = DismissedOf(results, 0);
        MatchDocument Get(DismissedPrograms set, DateTimeOffset now) => _documents.Get(results, set, ExplanationLanguage.Ko, now);
        Get(dismissed, Now);

        Assert.Same(Get(dismissed, Now), Get(dismissed, Now));
        Assert.NotSame(Get(dismissed, Now), Get(dismissed, SeoulTime.NextMidnight(Now)));
        Assert.NotSame(Get(dismissed, Now), Get(DismissedOf(results, 0), Now));
        Assert.NotSame(Get(dismissed, Now), Get(DismissedPrograms.None, Now));

        // Of a set that has none of the ranking's programs, the document is the one of everybody.
        Get(DismissedPrograms.None, Now);
        Assert.Same(Get(DismissedPrograms.None, Now), Get(DismissedOf(results), Now));
    }

    [Fact]
    public void Tag_depends_on_the_dismissed_programs_of_the_ranking()
    {
        var results = Rankings().First(results => results.Ranking.Length > 2);
        string TagOf(params int[] places) => _documents.Get(results, DismissedOf(results, places), ExplanationLanguage.En, Now).TagOf("one", 3);

        Assert.Equal("\"one-3-en\"", TagOf());
        Assert.Equal(TagOf(0, 1), TagOf(1, 0));
        Assert.Equal(4, new HashSet<string> { TagOf(), TagOf(0), TagOf(1), TagOf(0, 1) }.Count);
    }

    // The programs at these places of the ranking, if it has them, and one of no ranking.
    private static DismissedPrograms DismissedOf(MatchResults results, params int[] places) => new(
        [.. places.Where(place => place < results.Ranking.Length).Select(place => results.Ranking[place].Program.Id).Append(Guid.CreateVersion7()).Order()]);

    private async Task AssertWrittenAsync(
        MatchResults results, int limit, ExplanationLanguage language, DateTimeOffset now, DismissedPrograms? dismissed = null)
    {
        dismissed ??= DismissedPrograms.None;
        foreach (var cached in (bool[])[true, false])
        {
            var written = await WriteAsync(_documents.Get(results, dismissed, language, now).Take(limit, cached));

            Assert.Equal(JsonSerializer.Serialize(results.ToResponse(dismissed, limit, cached, now, language), WireJson.Options), written);
        }
    }

    private static async Task<string> WriteAsync(MatchesAnswer answer)
    {
        using var body = new MemoryStream();
        var http = new DefaultHttpContext();
        http.Features.Set<IHttpResponseBodyFeature>(new StreamResponseBodyFeature(body));

        await answer.ExecuteAsync(http);

        Assert.Equal(StatusCodes.Status200OK, http.Response.StatusCode);
        Assert.Equal("application/json; charset=utf-8", http.Response.ContentType);
        Assert.Equal(body.Length, http.Response.ContentLength);
        return System.Text.Encoding.UTF8.GetString(body.ToArray());
    }
}
