using Connect.Domain.Programs;
using Connect.ScraperWorker.Crawl;
using Connect.ScraperWorker.Crawl.Pages;
using Connect.ScraperWorker.Stage;

namespace Connect.Tests.Functional.Ingestion;

/// <summary>
/// A second implementation of the rules of <c>docs/scraping.md</c>, program by program instead of in sets: the expected
/// result of a run with given rows.
/// </summary>
internal sealed class ModelOracle
{
    public List<ModelProgram> Programs { get; } = [];

    public Dictionary<(Agency Agency, string Address), ModelPosting> Postings { get; } = [];

    /// <summary>The addresses of missing checks after a crawl with these rows.</summary>
    public IEnumerable<string> MissingFrom(ModelBoard board, DateTimeOffset now) => Postings
        .Where(entry => entry.Key.Agency == board.Agency && entry.Value.IsLive && entry.Value.Program.IsOpen
            && !(entry.Value.Program.Content.Deadline <= now) && board.Seen.TrueForAll(row => row.Address != entry.Key.Address))
        .Select(entry => entry.Key.Address);

    /// <summary>The hourly expiry.</summary>
    /// <returns>Whether anything is evicted.</returns>
    public bool Expire(DateTimeOffset now)
    {
        var overdue = Programs.FindAll(program => program.IsOpen && program.Content.Deadline < now);
        overdue.ForEach(program => program.IsOpen = false);
        return overdue.Count > 0;
    }

    /// <summary>A run that is not suspicious.</summary>
    public ModelOutcome Run(ModelBoard board, DateTimeOffset now)
    {
        var outcome = new ModelOutcome();
        var told = Recognize(board, outcome, now);
        var opened = board.Seen.Where(row => told.ContainsKey(row) && IsOpenCall(board.Agency, row, now)).Select(row => told[row]).ToHashSet();
        var spoken = board.Seen.Where(row => told.ContainsKey(row))
            .OrderBy(row => opened.Contains(told[row]) && IsNotice(board.Agency, row)).DistinctBy(row => told[row]).ToList();
        var heard = spoken.FindAll(row => row.Announcement is { } content && IsHeard(board.Agency, told[row], content, now));
        foreach (var row in heard.Where(row => !outcome.New.Contains(told[row])))
        {
            var (program, content) = (told[row], row.Announcement!);
            Tell(program, content with { BudgetAmount = content.BudgetAmount ?? AmountFrom(program, board.Agency) }, outcome, now);
            if (program.Said != AnnouncementHashes.FingerprintOf(content) && !outcome.Changed.Contains(program))
            {
                outcome.Rehashed.Add(program);
            }

            program.Said = AnnouncementHashes.FingerprintOf(content);
        }

        var bereft = Post(board, told, outcome, now);
        Complete(board, told, outcome);
        bereft.UnionWith(Look(board));
        Bury(bereft, outcome);
        outcome.Unchanged.UnionWith(told.Where(pair => pair.Key.Outcome != RowOutcome.Unreadable).Select(pair => pair.Value));
        outcome.Unchanged.ExceptWith(outcome.New);
        outcome.Unchanged.ExceptWith(outcome.Changed);
        return outcome;
    }

    private static bool IsOpen(ScrapedAnnouncement content, DateTimeOffset now) => !content.Closed && !(content.Deadline < now);

    private bool IsNotice(Agency board, RowResult row) => row.Announcement is { } read
        ? ModelTitles.IsNotice(read.Title)
        : Postings[(board, row.Address!)].IsNotice;

    private bool IsOpenCall(Agency board, RowResult row, DateTimeOffset now) => !IsNotice(board, row)
        && (row.Announcement is { } read ? IsOpen(read, now) : Postings[(board, row.Address!)].Program is { IsOpen: true, IsCall: true });

    /// <summary>Whether the row may change the program: its call always may, its advance notice not any more once the call is there.</summary>
    private bool IsHeard(Agency board, ModelProgram program, ScrapedAnnouncement content, DateTimeOffset now)
    {
        var isNotice = ModelTitles.IsNotice(content.Title);
        var isItsCall = !isNotice && !program.IsCall && IsOpen(content, now) && program.Identity == ModelTitles.IdentityOf(content);
        return (isItsCall || Speaks(board, program)) && !(isNotice && program.IsCall && content.Url != program.Place.Url);
    }

    private Dictionary<RowResult, ModelProgram> Recognize(ModelBoard board, ModelOutcome outcome, DateTimeOffset now)
    {
        Dictionary<RowResult, ModelProgram> told = new(ReferenceEqualityComparer.Instance);
        foreach (var row in board.Seen)
        {
            var posting = Postings.GetValueOrDefault((board.Agency, row.Address!));
            var program = row.Announcement is { } read
                ? Programs.Find(known => known.Identity == ModelTitles.IdentityOf(read))
                : posting is { IsLive: true } ? posting.Program : null;
            if (program is not null)
            {
                told[row] = program;
            }
        }

        var taken = told.Where(pair => pair.Key.Outcome != RowOutcome.Unreadable).Select(pair => pair.Value).ToHashSet();
        Dictionary<string, ModelProgram> renamed = [];
        foreach (var row in board.Seen.Where(row => row.Announcement is not null && !told.ContainsKey(row)))
        {
            var identity = ModelTitles.IdentityOf(row.Announcement!);
            if (Postings.GetValueOrDefault((board.Agency, row.Address!))?.Program is { } before && !taken.Contains(before)
                && ModelTitles.FamilyOf(before.Content.Title) == ModelTitles.FamilyOf(row.Announcement!.Title)
                && !renamed.ContainsKey(identity) && !renamed.ContainsValue(before))
            {
                renamed.Add(identity, before);
            }
        }

        foreach (var row in board.Seen.Where(row => row.Announcement is not null && !told.ContainsKey(row)))
        {
            var identity = ModelTitles.IdentityOf(row.Announcement!);
            if (!renamed.TryGetValue(identity, out var program))
            {
                var rows = board.Seen.Where(other => other.Announcement is { } read && ModelTitles.IdentityOf(read) == identity).ToList();
                var first = (rows.Find(other => IsOpenCall(board.Agency, other, now)) is not null && IsNotice(board.Agency, row)
                    ? rows.Find(other => !IsNotice(board.Agency, other))
                    : row)!;
                program = new(first.Announcement!, IsOpen(first.Announcement!, now));
                renamed.Add(identity, program);
                Programs.Add(program);
                outcome.New.Add(program);
                outcome.IsEvicted |= program.IsOpen;
            }

            told[row] = program;
        }

        return told;
    }

    private bool Speaks(Agency board, ModelProgram program) =>
        program.Place.Agency == board || program.Place.Agency == Agency.NTIS || !LiveOf(program).Any(entry => entry.Key.Agency == program.Place.Agency && CountsFor(program, entry.Value));

    private static bool CountsFor(ModelProgram program, ModelPosting posting) => !(program.IsCall && posting.IsNotice);

    private IEnumerable<KeyValuePair<(Agency Agency, string Address), ModelPosting>> LiveOf(ModelProgram program) =>
        Postings.Where(entry => entry.Value.Program == program && entry.Value.IsLive);

    /// <summary>The amount that the nearest board but one states.</summary>
    public long? AmountFrom(ModelProgram program, Agency except) => LiveOf(program)
        .Where(entry => entry.Key.Agency != except && entry.Value.Amount is not null)
        .OrderBy(entry => entry.Key.Agency == Agency.NTIS).ThenByDescending(entry => entry.Value.FirstSeenAt)
        .ThenBy(entry => entry.Key.Address, StringComparer.Ordinal).Select(entry => entry.Value.Amount).FirstOrDefault();

    /// <summary>What the board states of an amount counts for programs of other boards that state none themselves.</summary>
    private void Complete(ModelBoard board, Dictionary<RowResult, ModelProgram> told, ModelOutcome outcome)
    {
        HashSet<ModelProgram> done = [];
        foreach (var row in board.Seen.Where(row => row.Announcement is not null))
        {
            var (program, posting) = (told[row], Postings[(board.Agency, row.Address!)]);
            var statesOwn = LiveOf(program).Any(entry => entry.Key.Agency == program.Place.Agency && entry.Value.Url == program.Place.Url && entry.Value.Amount is not null);
            if (program.Place.Agency == board.Agency || statesOwn
                || !(program.Content.BudgetAmount is null || program.Content.BudgetAmount == posting.LeftAmount) || !done.Add(program))
            {
                continue;
            }

            var before = program.Fields;
            program.Content = program.Content with { BudgetAmount = AmountFrom(program, program.Place.Agency) };
            Note(program, before, ProgramChangeKind.Changed, program.IsOpen, outcome);
        }
    }

    private static void Tell(ModelProgram program, ScrapedAnnouncement content, ModelOutcome outcome, DateTimeOffset now)
    {
        var (before, wasOpen, wasCall) = (program.Fields, program.IsOpen, program.IsCall);
        program.Content = content;
        program.Place = (content.Agency, content.Url);
        program.Identity = ModelTitles.IdentityOf(content);
        program.IsOpen = IsOpen(content, now);
        var kind = program is not { IsOpen: true, IsCall: true } ? ProgramChangeKind.Changed
            : !wasCall ? ProgramChangeKind.Opened
            : wasOpen ? ProgramChangeKind.Changed
            : ProgramChangeKind.Reopened;
        Note(program, before, kind, wasOpen || program.IsOpen, outcome);
    }

    private static void Note(
        ModelProgram program, IReadOnlyDictionary<string, string?> before, ProgramChangeKind kind, bool isMatched, ModelOutcome outcome)
    {
        FieldChange[] fields =
            [.. before.Where(old => old.Value != program.Fields[old.Key]).Select(old => new FieldChange(old.Key, old.Value, program.Fields[old.Key]))];
        if (fields.Length > 0)
        {
            (kind == ProgramChangeKind.Vanished ? outcome.Vanished : outcome.Changed).Add(program);
            outcome.Changes.Add(new(program, kind, fields));
            outcome.IsEvicted |= isMatched;
        }
    }

    private HashSet<ModelProgram> Post(ModelBoard board, Dictionary<RowResult, ModelProgram> told, ModelOutcome outcome, DateTimeOffset now)
    {
        HashSet<ModelProgram> left = [];
        foreach (var row in board.Seen)
        {
            var posting = Postings.GetValueOrDefault((board.Agency, row.Address!));
            posting?.IsDoubted = false;
            if (row.Announcement is null)
            {
                continue;
            }

            if (posting?.Program != told[row])
            {
                outcome.Reposted++;
            }

            if (posting is null)
            {
                Postings.Add((board.Agency, row.Address!), new(told[row], row.Announcement.Url, now, ModelTitles.IsNotice(row.Announcement.Title)) { Amount = row.Announcement.BudgetAmount });
                continue;
            }

            if (posting.Program != told[row])
            {
                left.Add(posting.Program);
            }

            (posting.Program, posting.Url, posting.IsLive) = (told[row], row.Announcement.Url, true);
            (posting.LeftAmount, posting.Amount) = (posting.Amount, row.Announcement.BudgetAmount);
            posting.IsNotice = ModelTitles.IsNotice(row.Announcement.Title);
        }

        outcome.Reposted -= outcome.New.Count;
        return left;
    }

    private IEnumerable<ModelProgram> Look(ModelBoard board)
    {
        foreach (var (address, found) in board.MissingChecks)
        {
            var posting = Postings[(board.Agency, address)];
            posting.IsLive = !(found == RowOutcome.Gone || (found == RowOutcome.Lost && posting.IsDoubted));
            posting.IsDoubted = found is null ? posting.IsDoubted : found == RowOutcome.Lost;
            if (!posting.IsLive)
            {
                yield return posting.Program;
            }
        }
    }

    private void Bury(HashSet<ModelProgram> bereft, ModelOutcome outcome)
    {
        foreach (var program in bereft)
        {
            var before = program.Fields;
            var live = LiveOf(program).Where(entry => CountsFor(program, entry.Value)).ToList();
            if (live.Count == 0)
            {
                program.IsOpen = false;
                Note(program, before, ProgramChangeKind.Vanished, isMatched: true, outcome);
            }
            else if (LiveOf(program).All(entry => entry.Value.Url != program.Place.Url))
            {
                var (key, posting) = live.OrderBy(entry => entry.Key.Agency != program.Place.Agency).ThenBy(entry => entry.Key.Agency == Agency.NTIS)
                    .ThenByDescending(entry => entry.Value.FirstSeenAt).ThenBy(entry => entry.Key.Address, StringComparer.Ordinal).First();
                program.Place = (key.Agency, posting.Url);
                Note(program, before, ProgramChangeKind.Changed, program.IsOpen, outcome);
            }
        }
    }
}
