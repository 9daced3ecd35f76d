using Connect.Benchmarks.Replay.Plan;
using Connect.Domain.Programs;
using Connect.ScraperWorker.Crawl;
using Connect.ScraperWorker.Crawl.Pages;
using Connect.Testing.Data;

namespace Connect.Benchmarks.Replay.Running;

/// <summary>A board as it stands at the simulated moment.</summary>
internal sealed class PlannedBoard(Agency agency, ImmutableArray<PlannedAnnouncement> announcements, TimeProvider time) : ReadBoard(agency)
{
    // One announcement in five is a survey: searchable, but not matched, so it evicts nothing.
    private const int OtherKindOneIn = 5;

    private readonly ImmutableArray<PlannedAnnouncement> _announcements = [.. announcements.Where(planned => planned.Board == agency)];
    private readonly ImmutableArray<ActiveProgram> _texts = GeneratedPrograms.Programs(announcements.Length);

    // Nothing leaves a board in this week.
    public override Task<RowOutcome?> CheckMissingAsync(string address, CancellationToken cancellationToken) =>
        Task.FromResult<RowOutcome?>(RowOutcome.Present);

    protected override IEnumerable<RowResult> Rows()
    {
        var now = time.GetUtcNow();
        foreach (var planned in _announcements.Where(planned => planned.PublishedAt <= now))
        {
            var address = $"/announcements/{planned.Number}";
            yield return RowResult.Read(address, "as planned", ToAnnouncement(planned, address, now));
        }
    }

    private ScrapedAnnouncement ToAnnouncement(PlannedAnnouncement planned, string address, DateTimeOffset now)
    {
        var text = _texts[planned.Number];
        return new()
        {
            Agency = Agency,
            Title = planned.Number % OtherKindOneIn == 0 ? $"2026년도 제{planned.Number}차 기술수요조사 안내" : text.Title,
            Url = "https://example.com" + address,
            Keywords = text.Keywords,
            TargetTypes = text.TargetTypes,
            MinTrl = text.MinTrl,
            MaxTrl = text.MaxTrl,
            BudgetAmount = text.BudgetAmount,
            PublishedAt = planned.PublishedAt,
            Deadline = planned.DeadlineAt(now),
        };
    }
}
