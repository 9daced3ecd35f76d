using System.Collections.Concurrent;
using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Connect.Data.Caching;
using Connect.Data.Model;
using Connect.Data.Programs.Lists;
using Connect.Domain.Organizations;
using Connect.Domain.Programs;
using Connect.Domain.Search;
using Connect.Testing.Data;
using Npgsql;

namespace Connect.Tests.Functional.Programs;

/// <summary>Lists, pages and searches of generated programs, compared with a plain scan over all of them in memory.</summary>
public sealed partial class ProgramSearchTests(ProgramCatalog catalog) : IClassFixture<ProgramCatalog>
{
    private static readonly ConcurrentDictionary<string, (string Letters, string Words)> Normalized = new();

    private static readonly DateTimeOffset Now = GeneratedPrograms.Now.ToUniversalTime();

    private static CancellationToken CancellationToken => TestContext.Current.CancellationToken;

    [Fact]
    public Task Search_finds_what_a_scan_finds() => CompareAsync(queries: 40, seed: 7);

    [Fact(Explicit = true)]
    public Task Search_finds_what_a_scan_finds_in_500_queries() => CompareAsync(queries: 500, seed: 8);

    private async Task CompareAsync(int queries, int seed)
    {
        await using var context = catalog.CreateContext();
        var random = new Random(seed);
        for (var i = 0; i < queries; i++)
        {
            var search = SearchQuery.Parse(catalog.QueryOf(random));
            var expected = catalog.Programs.Where(program => Finds(program, search)).Select(program => program.Id).ToHashSet();

            // Each way of finding programs has its turn: the window, the few in memory, the index, which takes the most queries.
            var (window, few) = (i % 20) switch { 0 => (1, 0), < 10 => (1, 1_000), _ => (300, 1_000) };
            var found = await AllAsync(context, new ProgramListQuery { Search = search, Sort = ProgramSort.Relevance }, window, few, limit: 2_000);

            Assert.True(expected.SetEquals(found.Select(row => row.Id)) && found.Count == expected.Count, $"{search}: {found.Count} of {expected.Count}");
            Assert.All(found.Take(2), row => Assert.All(
                search.Required, word => Assert.Contains(TextOf(catalog.Of(row.Id)), text => !SearchHits.Find(text ?? "", [word]).IsEmpty)));
        }
    }

    [Theory]
    [InlineData(ProgramSort.Deadline, null)]
    [InlineData(ProgramSort.Published, null)]
    [InlineData(ProgramSort.Amount, null)]
    [InlineData(ProgramSort.Relevance, "기술개발")]
    [InlineData(ProgramSort.Relevance, "수소 기술")]
    [InlineData(ProgramSort.Amount, "수소")]
    [InlineData(ProgramSort.Published, "-수소")]
    public async Task Pages_are_the_whole_list_in_order(ProgramSort sort, string? q)
    {
        await using var context = catalog.CreateContext();
        var search = q is null ? null : SearchQuery.Parse(q);
        var expected = catalog.Programs.Where(program => search is null || Finds(program, search))
            .OrderBy(program => PhaseOf(program)).ThenBy(program => sort == ProgramSort.Relevance ? PlaceOf(program, search!) : 0)
            .ThenBy(program => KeyOf(program, sort) is null).ThenBy(program => SignedKeyOf(program, sort))
            .ThenBy(program => program.Id, Comparer<Guid>.Create((left, right) => left.CompareTo(right)))
            .Select(program => (PhaseOf(program), SignedKeyOf(program, sort), program.Id)).ToList();

        foreach (var (window, few, limit) in ((int, int, int)[])[(300, 1_000, 100), (7, 0, 33), (300, 0, 97)])
        {
            var found = await AllAsync(context, new ProgramListQuery { Search = search, Sort = sort }, window, few, limit);
            Assert.Equal(expected.Count, found.Select(row => row.Id).Distinct().Count());
            Assert.Equal(
                expected.Select(one => (one.Item1, one.Item2)),
                found.Select(row => (ListFilters.PhaseOf(row.StatusAt(Now)), SignedKeyOf(catalog.Of(row.Id), sort))));
        }
    }

    [Fact]
    public async Task Filters_let_through_what_a_scan_lets_through()
    {
        await using var context = catalog.CreateContext();
        (ProgramListQuery Query, Func<FundingProgram, bool> Filter)[] cases =
        [
            (new() { Agencies = new([Agency.IITP, Agency.KEIT]) }, p => p.Agency is Agency.IITP or Agency.KEIT),
            (new() { Kinds = new([ProgramKind.Call]) }, p => p.Kind == ProgramKind.Call),
            (new() { Statuses = new([ProgramStatus.Active]) }, p => StatusOf(p) == ProgramStatus.Active),
            (new() { Statuses = new([ProgramStatus.Expired, ProgramStatus.Upcoming]) }, p => StatusOf(p) is ProgramStatus.Expired or ProgramStatus.Upcoming),
            (new() { Sectors = new([Sector.Energy, Sector.Marine]) }, p => p.Sectors.Any(one => one is Sector.Energy or Sector.Marine)),
            (new() { Sectors = new([Sector.Energy], OrUnrestricted: true) }, p => p.Sectors.Count == 0 || p.Sectors.Contains(Sector.Energy)),
            (new() { Regions = new([Region.Busan, Region.Daegu]) }, p => p.Traits.Regions.Any(one => one is Region.Busan or Region.Daegu)),
            (new() { Audiences = new([OrganizationType.Company]) }, p => p.TargetTypes.Contains(OrganizationType.Company)),
            (new() { Trls = new([3, 9]) }, p => (p.MinTrl ?? p.MaxTrl) is not null && new[] { 3, 9 }.Any(l => (p.MinTrl ?? 1) <= l && l <= (p.MaxTrl ?? 9))),
            (new() { AmountFrom = 1_000_000_000, AmountTo = 2_000_000_000 }, p => p.BudgetAmount is >= 1_000_000_000 and <= 2_000_000_000),
            (new() { PublishedFrom = Now.AddDays(-20), PublishedTo = Now.AddDays(-5) }, p => p.PublishedAt >= Now.AddDays(-20) && p.PublishedAt <= Now.AddDays(-5)),
            (new() { DeadlineFrom = Now.AddDays(5), Search = SearchQuery.Parse("수소"), Kinds = new([ProgramKind.Call]) },
                p => p.Deadline >= Now.AddDays(5) && p.Kind == ProgramKind.Call && Finds(p, SearchQuery.Parse("수소"))),
        ];
        foreach (var (query, filter) in cases)
        {
            var expected = catalog.Programs.Where(filter).Select(program => program.Id).ToHashSet();
            var found = await AllAsync(context, query, window: 300, few: 1_000, limit: 100);

            Assert.NotEmpty(expected);
            Assert.True(expected.SetEquals(found.Select(row => row.Id)), query.ToString());
        }
    }

    [Fact]
    public async Task Facets_count_what_a_scan_counts()
    {
        await using var context = catalog.CreateContext();
        var query = new ProgramListQuery
        {
            Agencies = new([Agency.IITP]),
            Statuses = new([ProgramStatus.Active, ProgramStatus.Expired]),
            Search = SearchQuery.Parse("기술개발"),
        };

        var facets = await new ListFacetsReader(context, query, Now).ReadAsync(CancellationToken);

        bool Matches(FundingProgram p, bool anyAgency = false, bool anyStatus = false) => Finds(p, query.Search)
            && (anyAgency || p.Agency == Agency.IITP) && (anyStatus || StatusOf(p) is ProgramStatus.Active or ProgramStatus.Expired);
        Assert.Equal(
            catalog.Programs.Where(p => Matches(p, anyAgency: true)).CountBy(p => p.Agency.ToString()).ToDictionary(),
            facets.Agency.ToDictionary(one => one.Value!, one => one.Count));
        Assert.Equal(
            catalog.Programs.Where(p => Matches(p, anyStatus: true)).CountBy(p => StatusOf(p).ToString()).ToDictionary(),
            facets.Status.ToDictionary(one => one.Value!, one => one.Count));
        Assert.Equal(
            catalog.Programs.Where(p => Matches(p)).SelectMany(p => p.Sectors.Count == 0 ? [""] : p.Sectors.Select(one => one.ToString()))
                .CountBy(one => one).ToDictionary(),
            facets.Sector.ToDictionary(one => one.Value ?? "", one => one.Count));
        Assert.Equal(
            catalog.Programs.Where(p => Matches(p)).SelectMany(p => p.Traits.Regions.IsEmpty ? [""] : p.Traits.Regions.Select(one => one.ToString()))
                .CountBy(one => one).ToDictionary(),
            facets.Region.ToDictionary(one => one.Value ?? "", one => one.Count));
        Assert.Equal(facets.Kind.Sum(one => one.Count), catalog.Programs.Count(p => Matches(p)));
        Assert.Equal(facets.Audience.OrderByDescending(one => one.Count), facets.Audience);
    }

    [Fact]
    public async Task Database_folds_texts_as_queries_are_folded()
    {
        // Every character of the plane that texts are made of, between letters of two kinds.
        var characters = Enumerable.Range(1, 0xFFFF).Where(code => code is < 0xD800 or > 0xDFFF && code is not (0x1F or 0xFFFE or 0xFFFF))
            .Select(code => $"a{(char)code}가").Where(text => text.IsNormalized()).ToArray();
        await using var connection = new NpgsqlConnection(catalog.ConnectionString);
        await connection.OpenAsync(CancellationToken);
        await using var command = new NpgsqlCommand("select search_form(text) from unnest($1) with ordinality t(text, place) order by place", connection);
        command.Parameters.Add(new() { Value = characters });
        await using var reader = await command.ExecuteReaderAsync(CancellationToken);

        List<string> different = [];
        foreach (var text in characters)
        {
            Assert.True(await reader.ReadAsync(CancellationToken));
            var letters = SearchText.Fold(text).Replace(" ", "", StringComparison.Ordinal);
            if (reader.GetString(0).Split(' ')[0] != letters)
            {
                different.Add(((int)text[1]).ToString("X4", CultureInfo.InvariantCulture));
            }
        }

        // Characters that a later version of Unicode has added have a compatibility form on one side only.
        Assert.True(different.Count <= 8, string.Join(' ', different));
    }

    [Fact]
    public async Task Rare_words_are_found_by_the_index()
    {
        await using var context = catalog.CreateContext();
        int[] pairs = [.. SearchQuery.Parse("오가노이드 원천").Required.SelectMany(word => word.Pairs)];
        foreach (var column in (string[])["search_head", "search_text"])
        {
            var plan = new StringBuilder();
            await using var connection = new NpgsqlConnection(catalog.ConnectionString);
            await connection.OpenAsync(CancellationToken);
            await using var command = new NpgsqlCommand(
                $"explain select * from programs where search_pairs({column}) @> $1 and phase = 0 order by deadline, id limit 21", connection);
            command.Parameters.Add(new() { Value = pairs });
            await using var reader = await command.ExecuteReaderAsync(CancellationToken);
            while (await reader.ReadAsync(CancellationToken))
            {
                plan.AppendLine(reader.GetString(0));
            }

            Assert.Contains($"ix_programs_{column}", plan.ToString(), StringComparison.Ordinal);
        }
    }

    private static async Task<List<ProgramRow>> AllAsync(ConnectDbContext context, ProgramListQuery query, int window, int few, int limit)
    {
        List<ProgramRow> rows = [];
        ListPosition? after = null;
        do
        {
            var reader = new ProgramListReader(context, query, Now) { Window = window, Few = few };
            var page = await reader.ReadAsync(limit, after, CancellationToken);
            rows.AddRange(page.Rows);
            after = page.Next;
        }
        while (after is not null);

        return rows;
    }

    private static bool Finds(FundingProgram program, SearchQuery search) =>
        !search.FindsNothing && search.Required.All(word => Has(TextOf(program), word)) && !search.Excluded.Any(word => Has(TextOf(program), word));

    private static int PlaceOf(FundingProgram program, SearchQuery search) =>
        search.Required.All(word => Has([program.Title], word)) ? 1
        : search.Required.All(word => Has([program.Title, .. program.Keywords], word)) ? 2 : 3;

    // A scan over normalized texts, which knows nothing of the database's forms.
    private static bool Has(IEnumerable<string?> texts, SearchWord word) => texts.Any(text => Normalized.GetOrAdd(text ?? "", Normalize) is var known
        && (word.IsWhole ? known.Words.Contains($" {word.Folded} ", StringComparison.Ordinal) : known.Letters.Contains(word.Letters, StringComparison.Ordinal)));

    // Its letters without blanks, and its words, where Latin letters and digits beside others are words of their own.
    private static (string Letters, string Words) Normalize(string text)
    {
        var folded = SearchText.Fold(text);
        return (folded.Replace(" ", "", StringComparison.Ordinal), $" {Beside().Replace(folded, " ")} ");
    }

    [GeneratedRegex("(?<=[0-9a-z])(?=[^0-9a-z ])|(?<=[^0-9a-z ])(?=[0-9a-z])")]
    private static partial Regex Beside();

    private static string?[] TextOf(FundingProgram p) => [p.Title, p.Category, p.Ministry, p.AnnouncingAgency, p.Description, .. p.Keywords];

    private static ProgramStatus StatusOf(FundingProgram program) => ProgramRow.StatusAt(program.Status, program.Deadline, Now);

    private static ListPhase PhaseOf(FundingProgram program) => ListFilters.PhaseOf(StatusOf(program));

    private static long? KeyOf(FundingProgram program, ProgramSort sort) => ListOrder.KeyOf(ProgramRow.Of(program), sort);

    private static long? SignedKeyOf(FundingProgram program, ProgramSort sort) =>
        ListOrder.IsDescending(sort, PhaseOf(program)) ? -KeyOf(program, sort) : KeyOf(program, sort);
}
