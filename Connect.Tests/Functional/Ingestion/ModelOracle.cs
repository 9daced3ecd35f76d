using Connect.Domain.Programs;
using Connect.ScraperWorker.Crawl;
using Connect.ScraperWorker.Crawl.Pages;

namespace Connect.Tests.Functional.Ingestion;

/// <summary>
/// The rules of <c>docs/scraping.md</c> once more, call by call instead of set by set: what a run must come to when a board
/// has shown these rows.
/// </summary>
internal sealed class ModelOracle
{
    public List<ModelCall> Calls { get; } = [];

    public Dictionary<(Agency Agency, string Address), ModelPosting> Postings { get; } = [];

    /// <summary>What must be looked for after a crawl with these rows.</summary>
    public IEnumerable<string> MissingFrom(ModelBoard board, DateTimeOffset now) => Postings
        .Where(entry => entry.Key.Agency == board.Agency && entry.Value.IsLive && entry.Value.Call.IsOpen
            && !(entry.Value.Call.Content.Deadline <= now) && board.Seen.TrueForAll(row => row.Address != entry.Key.Address))
        .Select(entry => entry.Key.Address);

    /// <summary>The hourly expiry.</summary>
    /// <returns>Whether anything is evicted.</returns>
    public bool Expire(DateTimeOffset now)
    {
        var overdue = Calls.FindAll(call => call.IsOpen && call.Content.Deadline < now);
        overdue.ForEach(call => call.IsOpen = false);
        return overdue.Count > 0;
    }

    /// <summary>A run that is believed.</summary>
    public ModelOutcome Run(ModelBoard board, DateTimeOffset now)
    {
        var outcome = new ModelOutcome();
        var told = Recognize(board, outcome, now);
        var spoken = board.Seen.Where(row => told.ContainsKey(row)).DistinctBy(row => told[row]).ToList();
        var speaks = spoken.Select(row => told[row]).Where(call => Speaks(board.Agency, call)).ToHashSet();
        foreach (var row in spoken.Where(row => row.Announcement is not null && speaks.Contains(told[row]) && !outcome.New.Contains(told[row])))
        {
            Tell(told[row], row.Announcement!, outcome, now);
        }

        var bereft = Post(board, told, outcome, now);
        bereft.UnionWith(Look(board));
        Bury(bereft, outcome);
        outcome.Unchanged.UnionWith(told.Where(pair => pair.Key.Outcome != RowOutcome.Unreadable).Select(pair => pair.Value));
        outcome.Unchanged.ExceptWith(outcome.New);
        outcome.Unchanged.ExceptWith(outcome.Changed);
        return outcome;
    }

    private static bool IsOpen(ScrapedAnnouncement content, DateTimeOffset now) => !content.Closed && !(content.Deadline < now);

    private Dictionary<RowResult, ModelCall> Recognize(ModelBoard board, ModelOutcome outcome, DateTimeOffset now)
    {
        Dictionary<RowResult, ModelCall> told = new(ReferenceEqualityComparer.Instance);
        foreach (var row in board.Seen)
        {
            var posting = Postings.GetValueOrDefault((board.Agency, row.Address!));
            var call = row.Announcement is { } read
                ? Calls.Find(known => known.Identity == ModelTitles.IdentityOf(read))
                : posting is { IsLive: true } ? posting.Call : null;
            if (call is not null)
            {
                told[row] = call;
            }
        }

        var taken = told.Where(pair => pair.Key.Outcome != RowOutcome.Unreadable).Select(pair => pair.Value).ToHashSet();
        Dictionary<string, ModelCall> renamed = [];
        foreach (var row in board.Seen.Where(row => row.Announcement is not null && !told.ContainsKey(row)))
        {
            var identity = ModelTitles.IdentityOf(row.Announcement!);
            if (Postings.GetValueOrDefault((board.Agency, row.Address!))?.Call is { } before && !taken.Contains(before)
                && ModelTitles.FamilyOf(before.Content.Title) == ModelTitles.FamilyOf(row.Announcement!.Title)
                && !renamed.ContainsKey(identity) && !renamed.ContainsValue(before))
            {
                renamed.Add(identity, before);
            }
        }

        foreach (var row in board.Seen.Where(row => row.Announcement is not null && !told.ContainsKey(row)))
        {
            var identity = ModelTitles.IdentityOf(row.Announcement!);
            if (!renamed.TryGetValue(identity, out var call))
            {
                call = new(row.Announcement!, IsOpen(row.Announcement!, now));
                renamed.Add(identity, call);
                Calls.Add(call);
                outcome.New.Add(call);
                outcome.IsEvicted |= call.IsOpen;
            }

            told[row] = call;
        }

        return told;
    }

    private bool Speaks(Agency board, ModelCall call) =>
        call.Place.Agency == board || call.Place.Agency == Agency.NTIS || !LiveOf(call).Any(entry => entry.Key.Agency == call.Place.Agency);

    private IEnumerable<KeyValuePair<(Agency Agency, string Address), ModelPosting>> LiveOf(ModelCall call) =>
        Postings.Where(entry => entry.Value.Call == call && entry.Value.IsLive);

    private static void Tell(ModelCall call, ScrapedAnnouncement content, ModelOutcome outcome, DateTimeOffset now)
    {
        var (before, wasOpen) = (call.Fields, call.IsOpen);
        call.Content = content;
        call.Place = (content.Agency, content.Url);
        call.Identity = ModelTitles.IdentityOf(content);
        call.IsOpen = IsOpen(content, now);
        Note(call, before, !wasOpen && call.IsOpen ? ProgramChangeKind.Reopened : ProgramChangeKind.Changed, wasOpen || call.IsOpen, outcome);
    }

    private static void Note(
        ModelCall call, IReadOnlyDictionary<string, string?> before, ProgramChangeKind kind, bool isMatched, ModelOutcome outcome)
    {
        FieldChange[] fields =
            [.. before.Where(old => old.Value != call.Fields[old.Key]).Select(old => new FieldChange(old.Key, old.Value, call.Fields[old.Key]))];
        if (fields.Length > 0)
        {
            (kind == ProgramChangeKind.Vanished ? outcome.Vanished : outcome.Changed).Add(call);
            outcome.Changes.Add(new(call, kind, fields));
            outcome.IsEvicted |= isMatched;
        }
    }

    private HashSet<ModelCall> Post(ModelBoard board, Dictionary<RowResult, ModelCall> told, ModelOutcome outcome, DateTimeOffset now)
    {
        HashSet<ModelCall> left = [];
        foreach (var row in board.Seen)
        {
            var posting = Postings.GetValueOrDefault((board.Agency, row.Address!));
            posting?.IsDoubted = false;
            if (row.Announcement is null)
            {
                continue;
            }

            if (posting?.Call != told[row])
            {
                outcome.Reposted++;
            }

            if (posting is null)
            {
                Postings.Add((board.Agency, row.Address!), new(told[row], row.Announcement.Url, now));
                continue;
            }

            if (posting.Call != told[row])
            {
                left.Add(posting.Call);
            }

            (posting.Call, posting.Url, posting.IsLive) = (told[row], row.Announcement.Url, true);
        }

        outcome.Reposted -= outcome.New.Count;
        return left;
    }

    private IEnumerable<ModelCall> Look(ModelBoard board)
    {
        foreach (var (address, found) in board.Looks)
        {
            var posting = Postings[(board.Agency, address)];
            posting.IsLive = !(found == RowOutcome.Gone || (found == RowOutcome.Lost && posting.IsDoubted));
            posting.IsDoubted = found is null ? posting.IsDoubted : found == RowOutcome.Lost;
            if (!posting.IsLive)
            {
                yield return posting.Call;
            }
        }
    }

    private void Bury(HashSet<ModelCall> bereft, ModelOutcome outcome)
    {
        foreach (var call in bereft)
        {
            var before = call.Fields;
            var live = LiveOf(call).ToList();
            if (live.Count == 0)
            {
                call.IsOpen = false;
                Note(call, before, ProgramChangeKind.Vanished, isMatched: true, outcome);
            }
            else if (live.TrueForAll(entry => entry.Value.Url != call.Place.Url))
            {
                var (key, posting) = live.OrderBy(entry => entry.Key.Agency != call.Place.Agency).ThenBy(entry => entry.Key.Agency == Agency.NTIS)
                    .ThenByDescending(entry => entry.Value.FirstSeenAt).ThenBy(entry => entry.Key.Address, StringComparer.Ordinal).First();
                call.Place = (key.Agency, posting.Url);
                Note(call, before, ProgramChangeKind.Changed, call.IsOpen, outcome);
            }
        }
    }
}
