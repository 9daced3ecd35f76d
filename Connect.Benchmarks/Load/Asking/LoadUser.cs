using Connect.Benchmarks.Load.Profiles;

namespace Connect.Benchmarks.Load.Asking;

/// <summary>
/// One signed-in member: what the person behind it, and the browser, know from earlier answers. Each has random numbers
/// of its own, so that a run is repeatable in whatever order members are answered.
/// </summary>
internal sealed class LoadUser(Guid organization, Persona persona, Random random)
{
    private const int Levels = 9;

    // One board each, or all of them.
    private static readonly string[] Boards = ["", "&agency=NTIS", "&agency=IITP", "&agency=TIPA", "&agency=KIMST", "&agency=KEIT"];

    private readonly Dictionary<string, string> _tags = [];
    private ImmutableArray<Guid> _programs = [];
    private ImmutableArray<Guid> _matches = [];
    private ImmutableArray<Guid> _stored = [];
    private int _level = random.Next(Levels);
    private bool _hasChanged;

    public Guid Organization => organization;

    public Random Random => random;

    private string MatchesPath => $"/api/organizations/{organization}/matches";

    /// <summary>The next request. An action on an item of a list that was not read yet requests the list.</summary>
    public LoadAsk Next()
    {
        var ask = Choose(persona.Next(random));
        return ask.Method == HttpMethod.Get && _tags.TryGetValue(ask.Path, out var tag)
            ? ask with { KnownTag = tag, IsOverruled = _hasChanged && ask.Action == LoadAction.Matches }
            : ask;
    }

    /// <summary>Keeps the ids and the entity tag of a right answer.</summary>
    public void Learn(LoadAsk ask, LoadAnswer answer, LoadFinding finding)
    {
        if (ask.Action == LoadAction.Profile)
        {
            _hasChanged = true;
        }

        if (answer.Status != 200)
        {
            return;
        }

        if (ask.Method == HttpMethod.Get)
        {
            Keep(ask.Path, answer.Tag);
        }

        switch (ask.Action)
        {
            case LoadAction.Matches:
                (_matches, _hasChanged) = (finding.Ids, false);
                break;
            case LoadAction.Generate:
                _matches = finding.Ids;
                break;
            case LoadAction.Programs:
                _programs = finding.Ids;
                break;
            case LoadAction.Stored:
                _stored = finding.Ids;
                break;
        }
    }

    private void Keep(string path, string? tag)
    {
        if (tag is null)
        {
            _tags.Remove(path);
        }
        else
        {
            _tags[path] = tag;
        }
    }

    private LoadAsk Choose(LoadAction action) => action switch
    {
        LoadAction.Matches => new(action, MatchesPath, organization),
        LoadAction.Generate => new(action, $"/api/matches/generate?organizationId={organization}", organization),
        LoadAction.Programs => new(action, $"/api/programs?limit=20{Boards[random.Next(Boards.Length)]}", organization),
        LoadAction.Program when _programs is [_, ..] => One(action, _programs, "/api/programs/{0}"),
        LoadAction.Program => Choose(LoadAction.Programs),
        LoadAction.Stored => new(action, $"/api/matches?organizationId={organization}", organization),
        LoadAction.Explanation when _matches is [_, ..] => One(action, _matches, "/api/matches/{0}/explanation"),
        LoadAction.Explanation => Choose(LoadAction.Generate),
        LoadAction.Mark when _stored is [_, ..] => One(action, _stored, "/api/matches/{0}") with
        {
            Patch = $$"""{"{{(random.Next(2) == 0 ? "saved" : "viewed")}}":{{(random.Next(2) == 0 ? "true" : "false")}}}""",
        },
        LoadAction.Mark => Choose(LoadAction.Stored),
        _ => new(action, $"/api/organizations/{organization}", organization) { Patch = NextLevel() },
    };

    private LoadAsk One(LoadAction action, ImmutableArray<Guid> all, string path)
    {
        var id = all[random.Next(all.Length)];
        return new(action, string.Format(CultureInfo.InvariantCulture, path, id), id);
    }

    // Another value than last time, because an unchanged profile evicts nothing.
    private string NextLevel()
    {
        _level = (_level + random.Next(1, Levels)) % Levels;
        return $$"""{ "technologyReadinessLevel": {{_level + 1}} }""";
    }
}
