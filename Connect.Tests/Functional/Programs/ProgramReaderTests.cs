using Connect.Data.Programs;
using Connect.Domain.Programs;
using Connect.Testing.Instances;
using Connect.Tests.Distributed;
using Connect.Tests.Functional.Caching;

namespace Connect.Tests.Functional.Programs;

public sealed class ProgramReaderTests(RunningApplication application)
{
    private static CancellationToken CancellationToken => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Closed_programs_are_those_that_ended_last_whenever_their_row_was_changed()
    {
        await using var database = await TestDatabase.CreateAsync(application);
        await using var instance = await TestInstance.StartAsync(application, database.ConnectionString);
        var now = TimeProvider.System.GetUtcNow();
        await using (var context = database.CreateContext())
        {
            context.AddRange(
                ProgramOf("어제 마감", ProgramStatus.Expired, deadline: now.AddDays(-1), updated: now.AddDays(-400)),
                ProgramOf("작년 마감", ProgramStatus.Expired, deadline: now.AddDays(-365), updated: now),
                ProgramOf("마감 전 취소", ProgramStatus.Archived, deadline: now.AddDays(9), updated: now.AddDays(-2)),
                ProgramOf("상시 접수 종료", ProgramStatus.Expired, deadline: null, updated: now.AddDays(-3)),
                ProgramOf("기한 경과", ProgramStatus.Active, deadline: now.AddMinutes(-1), updated: now.AddDays(-30)),
                ProgramOf("접수 중", ProgramStatus.Active, deadline: now.AddDays(1), updated: now),
                ProgramOf("상시 접수", ProgramStatus.Active, deadline: null, updated: now));
            await context.SaveChangesAsync(CancellationToken);
        }

        var closed = await instance.Get<ProgramReader>().LoadClosedAsync(CancellationToken);

        Assert.Equal(["마감 전 취소", "기한 경과", "어제 마감", "상시 접수 종료", "작년 마감"], closed.Select(program => program.Program.Title));
        Assert.Equal(ProgramStatus.Archived, closed[0].Status);
    }

    [Fact]
    public async Task Upcoming_programs_are_in_neither_of_the_other_lists()
    {
        await using var database = await TestDatabase.CreateAsync(application);
        await using var instance = await TestInstance.StartAsync(application, database.ConnectionString, new() { Redis = new RecordingCache() });
        var now = TimeProvider.System.GetUtcNow();
        await using (var context = database.CreateContext())
        {
            var notice = ProgramOf("예고", ProgramStatus.Upcoming, deadline: null, updated: now);
            var dated = ProgramOf("기한 있는 예고", ProgramStatus.Upcoming, deadline: now.AddDays(1), updated: now);
            var over = ProgramOf("지난 예고", ProgramStatus.Upcoming, deadline: now.AddDays(-1), updated: now);
            (notice.Kind, dated.Kind, over.Kind) = (ProgramKind.Notice, ProgramKind.Notice, ProgramKind.Notice);
            context.AddRange(notice, dated, over, ProgramOf("접수 중", ProgramStatus.Active, deadline: null, updated: now));
            await context.SaveChangesAsync(CancellationToken);
        }

        var reader = instance.Get<ProgramReader>();

        Assert.Equal(["기한 있는 예고", "예고"], (await reader.GetUpcomingAsync(CancellationToken)).Programs.Select(program => program.Title));
        Assert.Equal(["접수 중"], (await reader.GetActiveAsync(CancellationToken)).Programs.Select(program => program.Title));
        Assert.Empty(await reader.LoadClosedAsync(CancellationToken));
        Assert.All((await reader.GetUpcomingAsync(CancellationToken)).Programs, program => Assert.False(program.IsUmbrella));
    }

    private static FundingProgram ProgramOf(string title, ProgramStatus status, DateTimeOffset? deadline, DateTimeOffset updated) => new()
    {
        Title = title,
        Status = status,
        Deadline = deadline,
        UpdatedAt = updated,
        AnnouncementUrl = "https://example.com/",
        IdentityKey = title,
        Fingerprint = title,
    };
}
