using Connect.Data.Caching;
using Connect.Data.Model;
using Connect.Domain.Programs;
using Microsoft.EntityFrameworkCore;

namespace Connect.Tests.Functional.Ingestion;

/// <summary>Compares the database with the oracle after each run.</summary>
internal sealed class ModelCheck(IngestionHarness harness, ModelOracle oracle)
{
    private Dictionary<Guid, string> _versions = [];
    private Dictionary<string, long> _generations = [];
    private int _changes;

    /// <summary>After a run, or an expiry where there is none.</summary>
    public async Task HoldAsync(ScrapeRun? run, ModelOutcome outcome)
    {
        var programs = (await harness.ProgramsAsync()).ToDictionary(program => program.Id);
        await FindNewAsync(programs);
        Assert.Equal(
            oracle.Programs.ToDictionary(program => program.Id!.Value, program => Text(program.Fields)),
            programs.ToDictionary(pair => pair.Key, pair => Text(ModelProgram.FieldsOf(pair.Value))));
        Assert.All(programs.Values, program => Assert.Equal(
            ModelTitles.IsNotice(program.Title) ? ProgramKind.Notice : ProgramKind.Call, program.Kind));
        Assert.Equal(programs.Count, programs.Values.DistinctBy(program => program.IdentityKey).Count());
        Assert.Equal(
            oracle.Postings.Select(pair => (pair.Key.Agency, pair.Key.Address, pair.Value.Program.Id!.Value, pair.Value.Url, pair.Value.IsLive)).Order(),
            (await harness.PostingsAsync()).Select(o => (o.Agency, o.Address, o.ProgramId, o.Url, o.VanishedAt is null)).Order());
        await HoldHistoryAsync(run, outcome);
        await HoldEvictionAsync(outcome);
        if (run is { Status: ScrapeStatus.Succeeded })
        {
            Assert.Equal(
                (outcome.New.Count, outcome.Changed.Count, outcome.Unchanged.Count, outcome.Vanished.Count, outcome.Reposted),
                (run.New, run.Changed, run.Unchanged, run.Vanished, run.Reposted));
            await HoldWritesAsync(outcome);
            Assert.Empty(await QueryAsync("""select address as "Value" from scrape_rows s join scrape_runs r on r.id = s.run_id where r.status = 'Succeeded'"""));
        }

        _versions = await VersionsAsync();
    }

    /// <summary>
    /// Undoes all changes of each program in turn, which must give its first state. The history has no expiries.
    /// </summary>
    public async Task ReplayAsync()
    {
        var programs = (await harness.ProgramsAsync()).ToDictionary(program => program.Id, program => ModelProgram.FieldsOf(program).ToDictionary());
        foreach (var change in Enumerable.Reverse(await harness.ChangesAsync()))
        {
            foreach (var field in change.Fields)
            {
                Assert.True(field.Field == "status" || programs[change.ProgramId][field.Field] == field.New, $"{field} does not lead to what follows.");
                programs[change.ProgramId][field.Field] = field.Old;
            }
        }

        Assert.All(oracle.Programs, program => Assert.Equal(Text(program.First, "status"), Text(programs[program.Id!.Value], "status")));
    }

    private async Task FindNewAsync(Dictionary<Guid, FundingProgram> programs)
    {
        var postings = await harness.PostingsAsync();
        foreach (var program in oracle.Programs.Where(program => program.Id is null))
        {
            var key = oracle.Postings.First(pair => pair.Value.Program == program).Key;
            program.Id = Assert.Single(postings, posting => (posting.Agency, posting.Address) == key).ProgramId;
        }

        Assert.Equal(oracle.Programs.Select(program => program.Id!.Value).Order(), programs.Keys.Order());
    }

    private async Task HoldHistoryAsync(ScrapeRun? run, ModelOutcome outcome)
    {
        var added = (await harness.ChangesAsync()).Skip(_changes).ToList();
        _changes += added.Count;
        Assert.All(added, change => Assert.Equal(run?.Id, change.RunId));
        Assert.Equal(
            outcome.Changes.Select(change => $"{change.Program.Id} {change.Kind} {Text(change.Fields)}").Order(),
            added.Select(change => $"{change.ProgramId} {change.Kind} {Text(change.Fields)}").Order());
    }

    private async Task HoldEvictionAsync(ModelOutcome outcome)
    {
        var generations = await harness.GenerationsAsync();
        foreach (var tag in (string[])[ConnectTags.Programs, ConnectTags.Matches])
        {
            Assert.Equal((tag, outcome.IsEvicted), (tag, generations.GetValueOrDefault(tag) != _generations.GetValueOrDefault(tag)));
        }

        _generations = generations;
    }

    /// <summary>Checks that unchanged rows were not written.</summary>
    private async Task HoldWritesAsync(ModelOutcome outcome)
    {
        var written = (await VersionsAsync()).Where(row => _versions.GetValueOrDefault(row.Key) != row.Value).Select(row => row.Key);
        Assert.Equal(
            outcome.New.Concat(outcome.Changed).Concat(outcome.Vanished).Concat(outcome.Rehashed).Select(program => program.Id!.Value).Distinct().Order(), written.Order());
    }

    private async Task<Dictionary<Guid, string>> VersionsAsync() =>
        (await QueryAsync("""select id || ' ' || xmin as "Value" from programs""")).ToDictionary(row => Guid.Parse(row[..36]), row => row[37..]);

    private async Task<List<string>> QueryAsync(string sql)
    {
        await using var context = harness.CreateContext();
        return await context.Database.SqlQueryRaw<string>(sql).ToListAsync(TestContext.Current.CancellationToken);
    }

    private static string Text(IEnumerable<KeyValuePair<string, string?>> fields, string? except = null) =>
        string.Join('\n', fields.Where(field => field.Key != except).Select(field => $"{field.Key}={field.Value}").Order(StringComparer.Ordinal));

    private static string Text(IEnumerable<FieldChange> fields) =>
        string.Join('\n', fields.Select(field => field.ToString()).Order(StringComparer.Ordinal));
}
