using System.Collections;
using System.Globalization;
using System.Resources;
using Connect.Data.Model;
using Connect.Domain.Programs;
using Connect.Operations;
using Connect.Operations.Actions;

namespace Connect.Tests.Unit.Operations;

public sealed class OperationsTextsTests
{
    private static readonly Dictionary<string, string> English = Read(CultureInfo.InvariantCulture);
    private static readonly Dictionary<string, string> Korean = Read(CultureInfo.GetCultureInfo("ko"));

    [Fact]
    public void Both_languages_say_the_same_things()
    {
        Assert.NotEmpty(English);
        Assert.Equal(English.Keys.Order(StringComparer.Ordinal), Korean.Keys.Order(StringComparer.Ordinal));
        Assert.All(English.Concat(Korean), text => Assert.False(string.IsNullOrWhiteSpace(text.Value), text.Key));
    }

    [Fact]
    public void Both_languages_fill_in_the_same_places() => Assert.All(English, text =>
    {
        foreach (var place in (string[])["{0}", "{1}", "{2}", "{3}", "{4}"])
        {
            Assert.True(
                text.Value.Contains(place, StringComparison.Ordinal) == Korean[text.Key].Contains(place, StringComparison.Ordinal),
                $"{text.Key}: {place}");
        }
    });

    [Fact]
    public void Every_state_has_a_word() => Assert.All(
        Enum.GetNames<ScrapeStatus>().Select(name => $"Scrape_{name}")
            .Concat(Enum.GetNames<Suspicion>().Select(name => $"Suspicion_{name}"))
            .Concat(Enum.GetNames<EvidenceBasis>().Select(name => $"Evidence_{name}"))
            .Concat(Enum.GetNames<WarmingStatus>().Select(name => $"Warming_{name}"))
            .Concat(Enum.GetNames<WarmingTrigger>().Select(name => $"Warming_{name}"))
            .Concat(Enum.GetNames<ProgramChangeKind>().Select(name => $"Change_{name}"))
            .Concat(Enum.GetNames<ActionOutcome>().Select(name => $"Outcome_{name}")),
        key => Assert.Contains(key, English.Keys));

    private static Dictionary<string, string> Read(CultureInfo culture) =>
        new ResourceManager(typeof(Texts).FullName!, typeof(Texts).Assembly)
            .GetResourceSet(culture, createIfNotExists: true, tryParents: false)!
            .Cast<DictionaryEntry>().ToDictionary(entry => (string)entry.Key, entry => (string)entry.Value!);
}
