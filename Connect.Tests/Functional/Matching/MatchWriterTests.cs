using System.Collections.Immutable;
using Connect.Caching.Flow;
using Connect.Data.Caching;
using Connect.Data.Matching;
using Connect.Domain.Matching;
using Connect.Domain.Organizations;
using Connect.Domain.Programs;
using Connect.Tests.Distributed;
using Connect.Tests.Functional.Caching;
using Microsoft.EntityFrameworkCore;

namespace Connect.Tests.Functional.Matching;

/// <summary>Stored matches while several instances compute the same ranking.</summary>
public sealed class MatchWriterTests(RunningApplication application)
{
    private const int Programs = 15;
    private const int Writers = 8;
    private const int Rounds = 40;

    private static CancellationToken CancellationToken => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Instances_that_store_the_same_matches_at_once_do_not_fail_each_other()
    {
        await using var database = await TestDatabase.CreateAsync(application);
        await using var instance = await TestInstance.StartAsync(application, database.ConnectionString);
        var writer = instance.Get<MatchWriter>();
        var (organization, programs) = await ArrangeAsync(database);
        var random = new Random(1);
        await using var context = database.CreateContext();
        for (var round = 0; round < Rounds; round++)
        {
            // New to all of them, as after a change of profile; and not all see the same order.
            await context.Matches.ExecuteDeleteAsync(CancellationToken);
            await Task.WhenAll(Enumerable.Range(0, Writers).Select(_ =>
            {
                var ranking = programs.ToArray();
                random.Shuffle(ranking);
                return StoreAsync(writer, organization, [.. ranking.Select(program => new RankedMatch(program, new(30, 15, 20, 10, 5), []))]);
            }));
            Assert.Equal(Programs, await context.Matches.CountAsync(CancellationToken));
        }
    }

    [Fact]
    public async Task Older_computation_never_overwrites_a_stored_match()
    {
        await using var database = await TestDatabase.CreateAsync(application);
        await using var instance = await TestInstance.StartAsync(application, database.ConnectionString);
        var writer = instance.Get<MatchWriter>();
        var (organization, programs) = await ArrangeAsync(database);
        RankedMatch Rank(ActiveProgram program, int industry) => new(program, new(industry, 15, 20, 10, 5), []);
        await StoreAsync(writer, organization, [.. programs.Select(program => Rank(program, 30))], generation: 2);

        await StoreAsync(writer, organization, [.. programs.Select(program => Rank(program, 0))]);

        await using var context = database.CreateContext();
        Assert.Equal(Enumerable.Repeat(80, Programs), await context.Matches.Select(match => (int)match.Score).ToListAsync(CancellationToken));
    }

    [Fact]
    public async Task Computation_keeps_the_marks_of_a_match_and_gives_a_new_one_none()
    {
        await using var database = await TestDatabase.CreateAsync(application);
        await using var instance = await TestInstance.StartAsync(application, database.ConnectionString);
        var writer = instance.Get<MatchWriter>();
        var (organization, programs) = await ArrangeAsync(database);
        ImmutableArray<RankedMatch> ranking = [.. programs.Select(program => new RankedMatch(program, new(30, 15, 20, 10, 5), []))];
        var at = new DateTimeOffset(2026, 11, 30, 0, 0, 0, TimeSpan.Zero);

        // The statement names none of the marks' columns, as that of the release before them.
        await StoreAsync(writer, organization, ranking);
        await using var context = database.CreateContext();
        Assert.All(await context.Matches.AsNoTracking().ToListAsync(CancellationToken), match => Assert.Equal(
            (null, null, null, null, null, null, null),
            (match.Status, match.DismissalReason, match.Note, match.StatusAt, match.MarkedAt, match.MarkedBy, match.MarkedByKey)));
        var marked = await context.Matches.FirstAsync(CancellationToken);
        (marked.Status, marked.DismissalReason, marked.Note) = (MatchStatus.Dismissed, DismissalReason.TooLarge, "내년에");
        (marked.StatusAt, marked.MarkedAt) = (at, at);
        await context.SaveChangesAsync(CancellationToken);

        await StoreAsync(writer, organization, [.. ranking.Select(match => match with { Breakdown = new(0, 15, 20, 10, 5) })], generation: 2);

        var again = await context.Matches.AsNoTracking().SingleAsync(match => match.Id == marked.Id, CancellationToken);
        Assert.Equal(50, again.Score);
        Assert.Equal(
            (MatchStatus.Dismissed, DismissalReason.TooLarge, "내년에", at, at),
            (again.Status!.Value, again.DismissalReason!.Value, again.Note, again.StatusAt!.Value, again.MarkedAt!.Value));
        Assert.Equal(
            [marked.ProgramId], (await instance.Get<DismissalReader>().GetAsync(organization, CancellationToken)).ProgramIds);
    }

    private static async Task StoreAsync(MatchWriter writer, Guid organization, ImmutableArray<RankedMatch> ranking, long generation = 1)
    {
        await Task.Yield();
        string[] tags = [ConnectTags.Programs, ConnectTags.Matches, ConnectTags.Organization(organization)];
        var computation = new CacheComputation(tags, [generation, generation, generation], asOf: null);
        await writer.StoreAsync(organization, ranking, computation, TimeProvider.System.GetUtcNow(), CancellationToken);
    }

    private static async Task<(Guid Organization, ImmutableArray<ActiveProgram> Programs)> ArrangeAsync(TestDatabase database)
    {
        await using var context = database.CreateContext();
        var organization = new Organization { Name = "시험", BusinessNumberEncrypted = "", BusinessNumberHash = "1" };
        context.Add(organization);
        context.AddRange(Enumerable.Range(0, Programs).Select(number => new FundingProgram
        {
            Title = $"공고 {number}",
            AnnouncementUrl = "https://example.com/",
            IdentityKey = $"{number}",
            Fingerprint = $"{number}",
        }));
        await context.SaveChangesAsync(CancellationToken);
        return (
            organization.Id,
            [.. context.Programs.Local.Select(ActiveProgram.Of)]);
    }
}
