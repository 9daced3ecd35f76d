using Connect.Api.Http;
using Connect.Api.Programs;
using Connect.Data.Caching;
using Connect.Data.Model;
using Connect.Data.Programs.Lists;
using Connect.Domain.Organizations;
using Connect.Domain.Programs;
using Connect.Tests.Distributed;
using Microsoft.EntityFrameworkCore;

namespace Connect.Tests.Functional.Programs;

/// <summary>Filters and pages on rows that the test knows, equal and missing deadlines among them.</summary>
public sealed class ProgramQueryTests(RunningApplication application)
{
    private static readonly DateTimeOffset Now = new(2026, 7, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly DateTimeOffset Deadline = new(2026, 7, 31, 9, 0, 0, TimeSpan.Zero);

    private static CancellationToken CancellationToken => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Every_row_comes_once_and_in_order_whatever_the_limit()
    {
        await using var database = await TestDatabase.CreateAsync(application);
        await using var context = database.CreateContext();
        for (var i = 0; i < 40; i++)
        {
            // Four programs to a deadline; every fifth has none. In microseconds, the finest that Postgres keeps.
            Add(context, $"공고 {i}", i % 5 == 0 ? null : Deadline.AddTicks(i % 8 * TimeSpan.TicksPerMicrosecond));
        }

        await context.SaveChangesAsync(CancellationToken);
        var expected = await context.Programs.OrderBy(p => p.Deadline == null).ThenBy(p => p.Deadline).ThenBy(p => p.Id)
            .Select(p => p.Id).ToListAsync(CancellationToken);

        foreach (var limit in (int[])[1, 3, 7, 40, 100])
        {
            Assert.Equal(expected, await WalkAsync(context, Query(limit: limit)));
        }
    }

    [Fact]
    public async Task Walk_keeps_its_place_when_rows_come_and_go()
    {
        await using var database = await TestDatabase.CreateAsync(application);
        await using var context = database.CreateContext();
        foreach (var day in (int[])[1, 2, 3, 4])
        {
            Add(context, $"{day}", Deadline.AddDays(day));
        }

        await context.SaveChangesAsync(CancellationToken);
        var first = await PageAsync(context, Query(limit: 2));
        Add(context, "0", Deadline);
        Add(context, "3.5", Deadline.AddDays(3.5));
        await context.Programs.Where(p => p.Title == "2").ExecuteDeleteAsync(CancellationToken);
        await context.SaveChangesAsync(CancellationToken);

        var rest = await PageAsync(context, Query(limit: 10, cursor: first.NextCursor));

        Assert.Equal(["1", "2"], first.Items.Select(p => p.Title));
        Assert.Equal(["3", "3.5", "4"], rest.Items.Select(p => p.Title));
        Assert.Null(rest.NextCursor);
    }

    [Theory]
    [InlineData("50%", "지원 50% 확대")]
    [InlineData("a_b", "코드 a_b")]
    [InlineData("c\\d", "경로 c\\d")]
    [InlineData("A_B", "코드 a_b")]
    [InlineData("  확대 ", "지원 50% 확대", "지원 500 확 대")]
    [InlineData("\u1112\u116A\u11A8\u1103\u1162", "지원 50% 확대", "지원 500 확 대")]
    [InlineData("본문에만", "설명")]
    [InlineData("'; drop table programs; --")]
    [InlineData("%")]
    [InlineData("\\")]
    public async Task Search_takes_every_character_as_it_is(string q, params string[] titles)
    {
        await using var database = await TestDatabase.CreateAsync(application);
        await using var context = database.CreateContext();
        Add(context, "지원 50% 확대", Deadline);
        Add(context, "지원 500 확 대", Deadline);
        Add(context, "코드 a_b", Deadline);
        Add(context, "코드 axb", Deadline);
        Add(context, "경로 c\\d", Deadline);
        Add(context, "설명", Deadline).Description = "본문에만 있는 말";
        await context.SaveChangesAsync(CancellationToken);

        var page = await PageAsync(context, Query(q: q));

        Assert.Equal(titles.Order(), page.Items.Select(p => p.Title).Order());
    }

    [Fact]
    public async Task Filters_narrow_together_when_several_are_given()
    {
        await using var database = await TestDatabase.CreateAsync(application);
        await using var context = database.CreateContext();
        var wanted = Add(context, "찾는 공고", Deadline);
        (wanted.Agency, wanted.Sectors, wanted.Status) = (Agency.KEIT, [Sector.Energy, Sector.Ict], ProgramStatus.Expired);
        Add(context, "찾는 공고", Deadline).Agency = Agency.IITP;
        Add(context, "찾는 공고", Deadline).Sectors = [Sector.Energy];
        Add(context, "찾는 공고", Deadline).Status = ProgramStatus.Archived;
        Add(context, "다른 공고", Deadline);
        await context.SaveChangesAsync(CancellationToken);

        var page = await PageAsync(context, Query(agency: "KEIT", sector: "ict", status: "EXPIRED", q: "찾는"));

        Assert.Equal(wanted.Id, Assert.Single(page.Items).Id);
    }

    [Theory]
    [InlineData("2026-07-31T18:00:00+09:00", null, "그날", "다음 날")]
    [InlineData("2026-07-31T18:00:00 09:00", null, "그날", "다음 날")]
    [InlineData("2026-07-31T09:00:00Z", null, "그날", "다음 날")]
    [InlineData("2026-07-31T09:00:00.001Z", null, "다음 날")]
    [InlineData(null, "2026-07-31T18:00+09:00", "전날", "그날")]
    [InlineData(null, "2026-07-31T04:59:59-04:00", "전날")]
    [InlineData("2026-07-31", "2026-07-31", "그날")]
    [InlineData(null, "2026-07-30", "전날")]
    [InlineData("2026-08-01", null, "다음 날")]
    public async Task Deadlines_are_compared_as_moments_and_days_as_days_in_Seoul(string? from, string? to, params string[] titles)
    {
        await using var database = await TestDatabase.CreateAsync(application);
        await using var context = database.CreateContext();
        Add(context, "전날", new DateTimeOffset(2026, 7, 30, 14, 59, 59, TimeSpan.Zero));
        Add(context, "그날", Deadline);
        Add(context, "다음 날", new DateTimeOffset(2026, 7, 31, 15, 0, 0, TimeSpan.Zero));
        Add(context, "없음", null);
        await context.SaveChangesAsync(CancellationToken);

        var page = await PageAsync(context, Query(from: from, to: to));

        Assert.Equal(titles, page.Items.Select(p => p.Title));
    }

    private static ProgramQuery Query(
        string? agency = null, string? sector = null, string? status = null, string? q = null, string? from = null, string? to = null,
        int? limit = null, string? cursor = null) => new()
        {
            Agency = agency is null ? null : [agency],
            Sector = sector is null ? null : [sector],
            Status = status is null ? null : [status],
            Q = q,
            DeadlineFrom = from,
            DeadlineTo = to,
            Limit = limit,
            Cursor = cursor,
        };

    private static async Task<List<Guid>> WalkAsync(ConnectDbContext context, ProgramQuery query)
    {
        List<Guid> ids = [];
        string? cursor = null;
        do
        {
            var page = await PageAsync(context, query with { Cursor = cursor });
            Assert.InRange(page.Items.Count, 1, query.PageSize);
            ids.AddRange(page.Items.Select(p => p.Id));
            cursor = page.NextCursor;
        }
        while (cursor is not null);

        return ids;
    }

    private static async Task<Page<ProgramRow>> PageAsync(ConnectDbContext context, ProgramQuery query)
    {
        var (list, after, errors) = query.Read();
        Assert.Null(errors);
        var page = await new ProgramListReader(context, list!, Now).ReadAsync(query.PageSize, after, CancellationToken);
        return new(page.Rows, ListCursor.Write(page.Next, list!.Sort));
    }

    private static FundingProgram Add(ConnectDbContext context, string title, DateTimeOffset? deadline)
    {
        var key = Guid.NewGuid().ToString("N");
        var program = new FundingProgram
        {
            Id = Guid.NewGuid(),
            Title = title,
            Deadline = deadline,
            Agency = Agency.KEIT,
            Sectors = [Sector.Ict],
            Status = ProgramStatus.Active,
            AnnouncementUrl = "https://example.com",
            IdentityKey = key,
            Fingerprint = key,
        };
        context.Programs.Add(program);
        return program;
    }
}
