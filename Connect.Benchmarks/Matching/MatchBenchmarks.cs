using BenchmarkDotNet.Attributes;
using Connect.Data.Caching;
using Connect.Domain.Classification;
using Connect.Domain.Matching;
using Connect.Domain.Organizations;
using Connect.Domain.Programs;
using Connect.Testing.Data;

namespace Connect.Benchmarks.Matching;

/// <summary>
/// One organization against all open programs: through the index, and by the plain scan over the same prepared programs. Each
/// operation takes the next of a hundred organizations, so that no figure depends on one of them.
/// </summary>
[MemoryDiagnoser]
public class MatchBenchmarks
{
    private const int Organizations = 100;

    private readonly MatchEngine _engine = new();
    private ImmutableArray<ActiveProgram> _programs;
    private ImmutableArray<OrganizationProfile> _organizations;
    private ProgramFeatures[] _features = [];
    private int _next;

    /// <summary>Open programs.</summary>
    [Params(1_000, 10_000, 100_000)]
    public int Programs { get; set; }

    [GlobalSetup]
    public void SetUp()
    {
        _programs = GeneratedPrograms.Programs(Programs);
        _organizations = GeneratedPrograms.Organizations(Organizations);
        _features = [.. _programs.Select(program => ProgramFeatures.Of(program, Taxonomy.Default))];
        _engine.Prepare(_programs);
        foreach (var organization in _organizations)
        {
            var (ranked, scanned) = (Ranked(organization), Scanned(organization));
            if (!ranked.Select(match => (match.Program.Id, match.Score)).SequenceEqual(scanned.Select(match => (match.Program.Id, match.Score))))
            {
                throw new InvalidOperationException($"Index and scan differ for {organization.Id}.");
            }
        }
    }

    [Benchmark]
    public ImmutableArray<RankedMatch> Index() => Ranked(Next());

    [Benchmark]
    public ImmutableArray<RankedMatch> Scan() => Scanned(Next());

    private ImmutableArray<RankedMatch> Ranked(OrganizationProfile organization) =>
        _engine.Rank(organization, _programs, GeneratedPrograms.Now, MatchResults.MaxRanking);

    private ImmutableArray<RankedMatch> Scanned(OrganizationProfile organization) => ReferenceScan.Rank(
        OrganizationFeatures.Of(organization, Taxonomy.Default), _features, GeneratedPrograms.Now, MatchResults.MaxRanking, Taxonomy.Default);

    private OrganizationProfile Next() => _organizations[_next++ % Organizations];
}

/// <summary>Making a list of programs ready for matching, as happens once per list and process.</summary>
[MemoryDiagnoser]
public class IndexBenchmarks
{
    private ImmutableArray<ActiveProgram> _programs;

    /// <summary>Open programs.</summary>
    [Params(1_000, 10_000, 100_000)]
    public int Programs { get; set; }

    [GlobalSetup]
    public void SetUp() => _programs = GeneratedPrograms.Programs(Programs);

    [Benchmark]
    public object Build() => ProgramIndexBuilder.Build(_programs, Taxonomy.Default);
}
