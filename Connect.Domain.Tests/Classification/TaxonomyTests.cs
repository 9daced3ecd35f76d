using System.Text;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using Connect.Domain.Classification;
using Connect.Domain.KoreanText;
using Connect.Domain.Matching;
using Connect.Domain.Organizations;

namespace Connect.Domain.Tests.Classification;

public sealed class TaxonomyTests
{
    private static readonly string[] Files =
        [ClassificationData.Sectors, ClassificationData.Relevance, ClassificationData.Ministries, ClassificationData.StopWords];

    [Fact]
    public void Default_covers_every_sector_symmetrically()
    {
        foreach (var left in Enum.GetValues<Sector>())
        {
            Assert.NotEmpty(Taxonomy.Default.Label(left));
            Assert.Equal(1, Taxonomy.Default.Relevance(left, left));
            foreach (var right in Enum.GetValues<Sector>())
            {
                Assert.Equal(Taxonomy.Default.Relevance(left, right), Taxonomy.Default.Relevance(right, left));
            }
        }
    }

    [Fact]
    public void Default_holds_the_corrected_relevance()
    {
        Assert.Equal(0.5, Taxonomy.Default.Relevance(Sector.Ict, Sector.BioHealth));
        Assert.Equal(0.25, Taxonomy.Default.Relevance(Sector.Marine, Sector.Ict));
        Assert.Equal(0.8, Taxonomy.Default.Relevance(Sector.Energy, Sector.Environment));
        Assert.True(Taxonomy.Default.Relevance(Sector.Culture, Sector.SpaceNuclearBasic) < MatchingAlgorithm.RelevanceGate);
    }

    [Theory]
    [InlineData("및")]
    [InlineData("기술")]
    [InlineData("연구개발")]
    [InlineData("기술개발사업")]
    [InlineData("2026년도")]
    [InlineData("신규과제")]
    [InlineData("시행계획")]
    [InlineData("2026")]
    [InlineData("데이터")]
    [InlineData("과학기술정보통신부")]
    [InlineData("A")]
    public void IsStopWord_holds_when_a_word_says_nothing(string word) =>
        Assert.True(Taxonomy.Default.IsStopWord(NormalizedText.Key(word)));

    [Theory]
    [InlineData("인공지능")]
    [InlineData("AI")]
    [InlineData("갑상선")]
    [InlineData("수요예측")]
    public void IsStopWord_fails_when_a_word_says_something(string word) =>
        Assert.False(Taxonomy.Default.IsStopWord(NormalizedText.Key(word)));

    [Fact]
    public void Load_throws_when_relevance_is_asymmetric() =>
        Throws("symmetric", root => root["relevance"]!["ICT"]![10] = 0.8);

    [Fact]
    public void Load_throws_when_a_sector_is_not_wholly_related_to_itself() =>
        Throws("itself", root => root["relevance"]!["ICT"]![0] = 0.9);

    [Fact]
    public void Load_throws_when_relevance_is_out_of_range() =>
        Throws("outside", root => root["relevance"]!["ICT"]![1] = 1.5);

    [Fact]
    public void Load_throws_when_a_relevance_row_is_missing() =>
        Throws("missing", root => root["relevance"]!.AsObject().Remove("MARINE"));

    [Fact]
    public void Load_throws_when_a_word_stands_in_two_sectors() =>
        Throws("stands twice", root => root["sectors"]![1]!["weak"]!.AsArray().Add("인공지능"));

    [Fact]
    public void Load_throws_when_a_shared_word_states_no_rule() =>
        Throws("no rule", root => root["shared"]![0]!["rule"] = " ");

    [Fact]
    public void Load_throws_when_a_sector_word_is_a_stop_word() =>
        Throws("of none", root => root["stopWords"]!.AsArray().Add("인공지능"));

    [Fact]
    public void Load_throws_when_a_sector_is_unknown() =>
        Throws("Unknown sector", root => root["sectors"]![0]!["key"] = "OTHER");

    [Fact]
    public void Load_throws_when_a_sector_is_missing() =>
        Throws("exactly once", root => root["sectors"]!.AsArray().RemoveAt(0));

    [Fact]
    public void Load_throws_when_a_word_is_a_single_letter() =>
        Throws("shorter", root => root["sectors"]![0]!["weak"]!.AsArray().Add("앱"));

    [Theory]
    [InlineData("{}")]
    [InlineData("null")]
    [InlineData("nonsense")]
    public void Read_throws_when_the_file_is_of_another_shape(string json) =>
        Assert.Throws<InvalidDataException>(() => ClassificationData.Read(
            new MemoryStream(Encoding.UTF8.GetBytes(json)), ClassificationJsonContext.Default.SectorsDocument));

    [Fact]
    public void Fingerprint_is_short_and_stands_in_every_version()
    {
        Assert.Matches("^[0-9a-f]{8}$", ClassificationData.Fingerprint);
        Assert.EndsWith(ClassificationData.Fingerprint, MatchingAlgorithm.Version, StringComparison.Ordinal);
        Assert.EndsWith(ClassificationData.Fingerprint, ProgramClassifier.Version, StringComparison.Ordinal);
    }

    // Each file can be spoiled by itself.
    private static void Throws(string problem, Action<JsonNode> spoil)
    {
        JsonObject root = [];
        foreach (var file in Files)
        {
            using var stream = ClassificationData.Open(file);
            foreach (var (name, value) in JsonNode.Parse(stream)!.AsObject())
            {
                root[name] = value!.DeepClone();
            }
        }

        spoil(root);
        var context = ClassificationJsonContext.Default;

        var exception = Assert.Throws<InvalidDataException>(() => TaxonomyLoader.Load(new(
            Read(context.SectorsDocument), Read(context.RelevanceDocument), Read(context.MinistriesDocument), Read(context.StopWordsDocument))));

        Assert.Contains(problem, exception.Message, StringComparison.Ordinal);

        T Read<T>(JsonTypeInfo<T> type)
            where T : class => ClassificationData.Read(new MemoryStream(Encoding.UTF8.GetBytes(root.ToJsonString())), type);
    }
}
