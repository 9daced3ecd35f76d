using System.Collections.Immutable;
using System.Numerics;
using Connect.Domain.Classification;
using Connect.Domain.Organizations;
using Connect.Domain.Programs;
using Connect.Domain.Series;

namespace Connect.Domain.Matching;

/// <summary>An open program that is like another one.</summary>
/// <param name="Program">The open program.</param>
/// <param name="Score">Points, at least 1; only comparable within one answer.</param>
/// <param name="SharedSectors">The sectors that both have.</param>
/// <param name="SharedKeywords">The keywords that both have, the rarest first.</param>
public sealed record SimilarProgram(
    ActiveProgram Program, int Score, ImmutableArray<Sector> SharedSectors, ImmutableArray<string> SharedKeywords);

/// <summary>
/// Finds the open programs that are most like one: shared keywords, weighted by how rare they are among the open programs, then sectors,
/// audience and regions. It reads the index that rankings are computed with.
/// </summary>
internal static class SimilarPrograms
{
    private const int LeadingSector = 6;
    private const int SharedSector = 3;
    private const int SameAudience = 1;
    private const int SameRegion = 2;
    private const int OtherRegion = -6;
    private const int MostKeywordPoints = 24;
    private const int MostKeywords = 10;

    public static ImmutableArray<SimilarProgram> Find(ProgramFeatures program, ProgramIndex index, DateTimeOffset now, int take)
    {
        var points = KeywordPoints(program, index, out var keywords);
        List<(int Row, int Score)> candidates = [];
        for (var row = 0; row < index.Features.Length; row++)
        {
            var score = Score(program, index.Features[row], points[row]);
            if (score > 0 && index.Rows[row].DeadlineTicks >= now.UtcTicks && IsOther(program, index, row))
            {
                candidates.Add((row, score));
            }
        }

        // Rows stand in the order of deadline, then id.
        candidates.Sort(static (left, right) => left.Score != right.Score ? right.Score.CompareTo(left.Score) : left.Row.CompareTo(right.Row));
        var own = NameOf(program);
        return
        [
            .. candidates.Where(candidate => NameOf(index.Features[candidate.Row]) != own).Take(take)
                .Select(candidate => ToSimilar(program, index.Features[candidate.Row], candidate.Score, keywords)),
        ];
    }

    /// <summary>The points of each row for keywords, and the program's keywords, the rarest first.</summary>
    private static int[] KeywordPoints(ProgramFeatures program, ProgramIndex index, out string[] keywords)
    {
        var points = new int[index.Features.Length];
        keywords =
        [
            .. program.Keywords.Where(keyword => index.RowsOf(keyword).Length > 0 && !NamesRound(keyword))
                .OrderBy(keyword => index.RowsOf(keyword).Length).ThenByDescending(keyword => keyword.Length).ThenBy(keyword => keyword, StringComparer.Ordinal),
        ];
        foreach (var keyword in keywords)
        {
            var rows = index.RowsOf(keyword);

            // A keyword of every program tells nothing; each halving of their number is a point more.
            var weight = BitOperations.Log2((uint)(index.Features.Length / rows.Length));
            foreach (var row in rows)
            {
                points[row] = Math.Min(MostKeywordPoints, points[row] + weight);
            }
        }

        return points;
    }

    private static int Score(ProgramFeatures program, ProgramFeatures other, int keywords)
    {
        var shared = program.Sectors.Bits & other.Sectors.Bits;
        if (keywords == 0 && shared == 0)
        {
            return 0;
        }

        var sectors = (BitOperations.PopCount((uint)shared) * SharedSector)
            + (program.Sectors.Primary is { } primary && primary == other.Sectors.Primary ? LeadingSector - SharedSector : 0);
        var (mine, theirs) = (program.Signature, other.Signature);
        var audience = mine.Audience == theirs.Audience ? SameAudience : 0;
        var regions = mine.Regions == 0 || theirs.Regions == 0 ? 0 : (mine.Regions & theirs.Regions) != 0 ? SameRegion : OtherRegion;
        return keywords + sectors + audience + regions;
    }

    /// <summary>Whether a row is neither the program nor another posting of it, nor a posting that another open row replaces.</summary>
    private static bool IsOther(ProgramFeatures program, ProgramIndex index, int row)
    {
        var other = index.Features[row];
        if (other.Program.Id == program.Program.Id || (other.ProgramKey is { } key && key == program.ProgramKey))
        {
            return false;
        }

        var twins = index.TwinsOf(row);
        return twins.IsEmpty || twins[0] == row;
    }

    private static SimilarProgram ToSimilar(ProgramFeatures program, ProgramFeatures other, int score, string[] keywords) => new(
        other.Program, score,
        [.. Taxonomy.AllSectors.Where(sector => program.Sectors.Contains(sector) && other.Sectors.Contains(sector))],
        [.. keywords.Where(other.HasKeyword).Take(MostKeywords)]);

    // Rounds of the program's own series are no programs like it.
    private static (string Name, string? Ministry) NameOf(ProgramFeatures features) => (
        SeriesTitle.Read(features.Program.Title, features.Program.Ministry, null).Name, SeriesMinistries.CurrentNamesOf(features.Program.Ministry));

    // 2026년도, 제2차.
    private static bool NamesRound(string keyword)
    {
        var text = SeriesText.Prepare(keyword);
        return SeriesTitle.WithoutRounds(text).Length != text.Length;
    }
}
