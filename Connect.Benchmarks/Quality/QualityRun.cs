using Connect.Benchmarks.Quality.BaseRules;
using Connect.Domain.Classification;
using Connect.Domain.Matching;
using Connect.Domain.Programs;

namespace Connect.Benchmarks.Quality;

/// <summary>
/// One run: every announcement is classified by its title, because the files have no body, and matched with every
/// profile, by Connect's rules and by the first platform's. The clock stands a day before the first deadline, so all
/// are open. None is an umbrella: the files have neither start nor budget, so a missing deadline does not make it one.
/// </summary>
internal sealed class QualityRun
{
    private readonly ImmutableArray<LabelledAnnouncement> _announcements;
    private readonly DateTimeOffset _now;

    public QualityRun(ImmutableArray<LabelledAnnouncement> announcements)
    {
        _announcements = announcements;
        _now = (announcements.Min(one => one.Deadline) ?? DateTimeOffset.UnixEpoch).AddDays(-1);
        Rows = [.. announcements.Select(one => (one, ProgramClassifier.Classify(new AnnouncementText(one.Title))))];
    }

    /// <summary>Every announcement with its classification.</summary>
    public ImmutableArray<(LabelledAnnouncement Label, ProgramClassification Found)> Rows { get; }

    /// <summary>The matches by Connect's rules.</summary>
    public List<Shown> Match()
    {
        var labels = new Dictionary<Guid, LabelledAnnouncement>();
        ImmutableArray<ActiveProgram> programs =
        [
            .. Rows.Index().Where(row => row.Item.Found.Kind == ProgramKind.Call).Select(row => ToProgram(row.Index, row.Item.Label, row.Item.Found)),
        ];
        foreach (var (place, row) in Rows.Index())
        {
            labels[IdOf(place)] = row.Label;
        }

        var engine = new MatchEngine();
        return
        [
            .. QualityProfile.All.Select(profile => new Shown(
                profile, [.. engine.Rank(profile.Profile, programs, _now, MatchFigures.Take).Select(match => labels[match.Program.Id])])),
        ];
    }

    /// <summary>
    /// The matches by the first platform's base rules: of all announcements, because it had no kinds, with its parser's
    /// default of both audiences, and without category and keywords, as in its scraped rows.
    /// </summary>
    public List<Shown> MatchByBaseRules()
    {
        var labels = _announcements.ToDictionary(one => one.RawTitle);
        var programs = _announcements.Select(one => new BaseProgram(
            one.RawTitle, one.Title, null, [], null, [BaseOrganizationType.Company, BaseOrganizationType.Institute], null, null, one.Deadline)).ToList();
        return
        [
            .. QualityProfile.All.Select(profile => new Shown(
                profile, [.. BaseScorer.Rank(profile.ToBase(), programs, _now, MatchFigures.Take).Select(match => labels[match.Program.Id])])),
        ];
    }

    // Ids in the order of the file, so that a run is repeatable.
    private static Guid IdOf(int place) => new(place + 1, 0, 0x7000, [0x80, 0, 0, 0, 0, 0, 0, 0]);

    private static ActiveProgram ToProgram(int place, LabelledAnnouncement label, ProgramClassification found) => new(
        IdOf(place), label.Title, Agency.NTIS, null, null, [], found.Audience, found.Trl.Min, found.Trl.Max, null, label.Deadline,
        IsUmbrella: false, found.Traits, label.Url);
}
