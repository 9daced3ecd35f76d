using System.Collections.Immutable;
using Connect.Domain.Classification;
using Connect.Domain.Matching;
using Connect.Domain.Organizations;
using Connect.Domain.Programs;
using Connect.Testing.Processes;
using FsCheck;
using FsCheck.Fluent;
using static Connect.Domain.Tests.Matching.MatchingFixtures;

namespace Connect.Domain.Tests.Matching;

/// <summary>The index gives what the plain scan gives, for any programs and any organization, down to the reasons.</summary>
public sealed class RankingProperties
{
    private static readonly string[] Words =
        ["인공지능", "로봇", "신약", "수소", "탄소중립", "스마트팜", "선박", "교량", "드론", "무기", "게임", "위성", "수요예측", "해양바이오", "AI반도체"];

    private static readonly Gen<int?> Level = Gen.OneOf(Gen.Constant<int?>(null), Gen.Choose(1, 9).Select(level => (int?)level));

    private static readonly Gen<Sector?> AnySector =
        Gen.OneOf(Gen.Constant<Sector?>(null), Gen.Elements(Enum.GetValues<Sector>()).Select(sector => (Sector?)sector));

    private static readonly Gen<ProgramRequirements> Requirements =
        from structure in Gen.Elements<BusinessStructure?>(null, null, null, BusinessStructure.Corporation)
        from scale in Gen.Elements<CompanyScale?>(null, null, CompanyScale.Sme, CompanyScale.MidSized)
        from years in Gen.Elements<int?>(null, null, null, 7)
        from designated in Gen.Frequency((9, Gen.Constant(false)), (1, Gen.Constant(true)))
        select new ProgramRequirements(structure, scale, years, designated);

    private static readonly Gen<ProgramTraits> Traits =
        from first in AnySector
        from second in AnySector
        from firstWords in Gen.Choose(0, 4)
        from secondWords in Gen.Choose(0, 4)
        from origin in Gen.Elements(SectorOrigin.Words, SectorOrigin.Words, SectorOrigin.Ministry)
        from region in Gen.Frequency((3, Gen.Constant(Array.Empty<Region>())), (1, Gen.Elements(Enum.GetValues<Region>()[..3]).Select(one => new[] { one })))
        from confidence in Gen.Elements(TrlConfidence.Explicit, TrlConfidence.Inferred)
        from requirements in Requirements
        select new ProgramTraits(
            first is null ? []
                : second is null || second == first ? [new(first.Value, [.. Words.Take(firstWords)])]
                : [new(first.Value, [.. Words.Take(firstWords)]), new(second.Value, [.. Words.Take(secondWords)])],
            first is null ? SectorOrigin.None : origin, [.. region], null, confidence, requirements);

    private static readonly Gen<ActiveProgram> Program =
        from traits in Traits
        from words in Gen.SubListOf(Words)
        from round in Gen.Choose(1, 12)
        from days in Gen.Elements<int?>(null, -1, 0, 1, 7, 8, 20, 30, 31, 59, 61, 200)
        from min in Level
        from max in Level
        from audience in Gen.Elements<OrganizationType[]>(
            [], [], [OrganizationType.Company], [OrganizationType.ResearchInstitute], [OrganizationType.Company, OrganizationType.ResearchInstitute])
        from umbrella in Gen.Frequency((19, Gen.Constant(false)), (1, Gen.Constant(true)))
        from budget in Gen.Elements<long?>(null, 5)
        from agency in Gen.Elements(Agency.IITP, Agency.NTIS)
        select new ActiveProgram(
            Guid.Empty, $"{string.Join(' ', words.Take(3))} 제{round}차", agency, null, null, [.. words.Skip(3).Take(2)], [.. audience], min, max, budget,
            days is { } left ? Now.AddDays(left) : null, umbrella, traits, "https://example.org/");

    private static readonly Gen<OrganizationProfile> Profile =
        from sector in AnySector
        from type in Gen.Elements(Enum.GetValues<OrganizationType>())
        from trl in Level
        from rnd in Gen.Elements(true, false)
        from collaborations in Gen.Choose(0, 1)
        from focus in Gen.SubListOf(Words)
        from technologies in Gen.SubListOf(Words)
        from scale in Gen.Elements<CompanyScale?>(null, CompanyScale.Startup, CompanyScale.MidSized)
        from founded in Gen.Elements<DateOnly?>(null, new DateOnly(2010, 1, 1), new DateOnly(2025, 1, 1))
        from regions in Gen.Elements<Region[]>([], [Region.Seoul], [Region.Busan, Region.Daegu])
        from excluded in Gen.Elements<Sector[]>([], [], [Sector.Agriculture], [Sector.Energy, Sector.Ict])
        select Organization(
            sector, trl, rnd, collaborations, type, [.. focus.Take(3)], [.. technologies.Take(2)]) with
        {
            Structure = BusinessStructure.SoleProprietor,
            Scale = scale,
            EstablishedOn = founded,
            Regions = [.. regions],
            ExcludedSectors = [.. excluded],
        };

    private static readonly Gen<(OrganizationProfile, ImmutableArray<ActiveProgram>)> Worlds =
        from profile in Profile
        from programs in Program.ListOf()
        from order in Gen.Shuffle(Enumerable.Range(1, programs.Count).ToArray())
        select (profile, programs.Select((program, place) => program with { Id = Id(order[place]) }).ToImmutableArray());

    [Fact]
    public void Index_ranks_as_the_plain_scan_does()
    {
        var shown = 0;
        Prop.ForAll(Arb.From(Worlds), world =>
        {
            var (profile, programs) = world;
            var features = programs.Select(program => ProgramFeatures.Of(program, Taxonomy.Default));
            var organization = OrganizationFeatures.Of(profile, Taxonomy.Default);
            foreach (var take in (int[])[1, 3, 15, int.MaxValue])
            {
                var expected = ReferenceScan.Rank(organization, features, Now, take, Taxonomy.Default);

                Assert.Equal(expected.Select(Describe), new MatchEngine().Rank(profile, programs, Now, take).Select(Describe));
                shown += expected.Length;
            }
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(Rounds.Of(1_500)).WithEndSize(80));

        // Two empty rankings are equal too: most worlds have more to compare.
        Assert.InRange(shown, Rounds.Of(10_000), int.MaxValue);
    }

    [Fact]
    public void Index_gives_the_same_when_it_is_asked_again_and_by_others()
    {
        // Working memory is reused by the next ranking: values of an earlier one must not reach it.
        var random = new Random(20260310);
        var programs = Program.Sample(300, 80).Select((program, place) => program with { Id = Id(place + 1) }).ToImmutableArray();
        var profiles = Profile.Sample(60, 40).ToArray();
        var engine = new MatchEngine();
        var expected = profiles.Select(profile => engine.Rank(profile, programs, Now, 15).Select(Describe).ToList()).ToArray();
        Assert.Contains(expected, ranking => ranking.Count > 0);

        Parallel.For(0, Rounds.Of(4_000), new ParallelOptions { MaxDegreeOfParallelism = 4 }, _ =>
        {
            var place = random.Next(profiles.Length);
            Assert.Equal(expected[place], engine.Rank(profiles[place], programs, Now, 15).Select(Describe));
        });
    }

    private static string Describe(RankedMatch match) =>
        $"{match.Program.Id} {match.Breakdown} {string.Join('|', match.Reasons.Select(reason => $"{reason.Code}({string.Join(',', reason.Details)})"))}";
}
