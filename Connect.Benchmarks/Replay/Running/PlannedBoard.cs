using System.Collections.Immutable;
using System.Globalization;
using System.Runtime.CompilerServices;
using Connect.Benchmarks.Replay.Plan;
using Connect.Domain.Programs;
using Connect.ScraperWorker.Crawl;
using Connect.ScraperWorker.Crawl.Pages;
using Connect.Testing.Data;

namespace Connect.Benchmarks.Replay.Running;

/// <summary>A board whose pages are read already, as they stand at the simulated moment.</summary>
internal sealed class PlannedBoard(Agency agency, ImmutableArray<PlannedCall> calls, TimeProvider time) : IAnnouncementSource
{
    // Of five announcements four are calls. The others are searched for, but not matched, and evict nothing.
    private const int CallsAndOne = 5;

    private readonly ImmutableArray<PlannedCall> _calls = [.. calls.Where(call => call.Board == agency)];
    private readonly ImmutableArray<ActiveProgram> _texts = GeneratedPrograms.Programs(calls.Length);

    public Agency Agency => agency;

    public async IAsyncEnumerable<RowResult> ReadAsync(IKnownPostings postings, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        foreach (var call in _calls.Where(call => call.PublishedAt <= now))
        {
            var address = string.Create(CultureInfo.InvariantCulture, $"/announcements/{call.Number}");
            yield return RowResult.Read(address, "as planned", ToAnnouncement(call, address, now));
        }

        await Task.CompletedTask;
    }

    // Nothing leaves a board in this week.
    public Task<RowOutcome?> CheckMissingAsync(string address, CancellationToken cancellationToken) => Task.FromResult<RowOutcome?>(RowOutcome.Present);

    private ScrapedAnnouncement ToAnnouncement(PlannedCall call, string address, DateTimeOffset now)
    {
        var text = _texts[call.Number];
        return new()
        {
            Agency = agency,
            Title = call.Number % CallsAndOne == 0 ? $"2026년도 제{call.Number}차 기술수요조사 안내" : text.Title,
            Url = "https://example.com" + address,
            Keywords = text.Keywords,
            TargetTypes = text.TargetTypes,
            MinTrl = text.MinTrl,
            MaxTrl = text.MaxTrl,
            BudgetAmount = text.BudgetAmount,
            PublishedAt = call.PublishedAt,
            Deadline = call.DeadlineAt(now),
        };
    }
}
