using System.IO.Hashing;
using System.Text;
using Connect.Data.Caching;
using Connect.Domain.Classification;
using Connect.Domain.Matching;
using Connect.Testing.Data;

namespace Connect.Tests.Unit.Matching;

public sealed class AlgorithmVersionTests
{
    /// <summary>
    /// What the rules and the data of these versions give for generated programs and organizations. If only the digest
    /// differs, rules were changed without a new number (in <see cref="MatchingAlgorithm"/> or
    /// <see cref="ProgramClassifier"/>), and caches would mix both; if a version differs, record both anew.
    /// </summary>
    private const string Recorded = "2.1-4275499f 6-4275499f 15d60cf81c04918c";

    [Fact]
    public void Rules_have_a_new_version_when_they_give_something_else()
    {
        var programs = GeneratedPrograms.Programs(2_000);
        var engine = new MatchEngine();
        var text = new StringBuilder();
        foreach (var program in programs)
        {
            text.Append(program.Traits.SectorOrigin).AppendJoin(',', program.Traits.Sectors.Select(entry => $"{entry.Sector}:{string.Join('+', entry.Words)}"))
                .Append(program.Traits.Intent).AppendJoin(',', program.Traits.Regions).Append(program.Traits.Requirements).Append(program.MinTrl).Append(program.MaxTrl);
        }

        foreach (var organization in GeneratedPrograms.Organizations(200))
        {
            foreach (var match in engine.Rank(organization, programs, GeneratedPrograms.Now, MatchResults.MaxRanking))
            {
                text.Append(match.Program.Id).Append(match.Breakdown).AppendJoin(',', match.Reasons.Select(reason => reason.Code));
            }
        }

        var digest = Convert.ToHexStringLower(XxHash64.Hash(Encoding.UTF8.GetBytes(text.ToString())));
        Assert.Equal(Recorded, $"{MatchingAlgorithm.Version} {ProgramClassifier.Version} {digest}");
    }
}
