using System.Collections.Immutable;
using Connect.Domain.Classification;
using Connect.Domain.KoreanText;
using Connect.Domain.Organizations;
using Connect.Domain.Programs;

namespace Connect.Domain.Matching;

/// <summary>The features of a program that depend on neither organization nor time, computed once.</summary>
internal sealed class ProgramFeatures
{
    private ProgramFeatures(ActiveProgram program, string[] keywords)
    {
        Program = program;
        Sectors = SectorProfile.Of(program.Traits);
        Signature = ProgramSignature.Of(program);
        Keywords = keywords;
        TitleKey = TitleKeyOf(program.Title);
    }

    public ActiveProgram Program { get; }

    public SectorProfile Sectors { get; }

    public ProgramSignature Signature { get; }

    /// <summary>Canonical keywords, distinct, in ordinal order.</summary>
    public string[] Keywords { get; }

    /// <summary>The whole title in comparable form, years and numbers kept: rounds are programs of their own.</summary>
    public string TitleKey { get; }

    /// <summary>The key that rows of one program share; null for a title without letters.</summary>
    public (Agency, string)? ProgramKey => TitleKey.Length > 0 ? (Program.Agency, TitleKey) : null;

    /// <summary>
    /// Orders the rows of one program; the first is shown. A row with a deadline comes first, then the later deadline
    /// (an extension), a budget, and the older id (ids grow with time).
    /// </summary>
    public (bool, long, bool, Guid) Preference =>
        (Program.Deadline is null, -(Program.Deadline?.UtcTicks ?? 0), Program.BudgetAmount is null, Program.Id);

    public static ProgramFeatures Of(ActiveProgram program, Taxonomy taxonomy) => new(program, ReadKeywords(program, taxonomy));

    public bool HasKeyword(string canonical) => Array.BinarySearch(Keywords, canonical, StringComparer.Ordinal) >= 0;

    /// <summary>The words of the program that belong to a sector.</summary>
    public ImmutableArray<string> Evidence(Sector sector)
    {
        foreach (var entry in Program.Traits.Sectors.IsDefault ? [] : Program.Traits.Sectors)
        {
            if (entry.Sector == sector)
            {
                return entry.Words;
            }
        }

        return [];
    }

    /// <summary>The portal writes some titles twice, "X_(2025)X"; both forms are one program.</summary>
    internal static string TitleKeyOf(string title)
    {
        var mark = title.IndexOf("_(", StringComparison.Ordinal);
        var end = mark < 0 ? -1 : title.IndexOf(')', mark);
        if (end > 0)
        {
            var first = NormalizedText.Key(title[..mark]);
            if (first == NormalizedText.Key(title[(end + 1)..]))
            {
                return first;
            }
        }

        return NormalizedText.Key(title);
    }

    private static string[] ReadKeywords(ActiveProgram program, Taxonomy taxonomy)
    {
        SortedSet<string> keywords = new(StringComparer.Ordinal);
        AddTokens(keywords, NormalizedText.Of(program.Title), taxonomy);
        foreach (var published in program.Keywords.IsDefault ? [] : program.Keywords)
        {
            AddWhole(keywords, published, taxonomy);
        }

        AddWhole(keywords, program.Category, taxonomy);
        return [.. keywords];
    }

    private static void AddWhole(SortedSet<string> keywords, string? source, Taxonomy taxonomy)
    {
        var text = NormalizedText.Of(source);
        Add(keywords, text.Text, taxonomy);
        AddKnownWords(keywords, text, taxonomy);
    }

    /// <summary>Each token of a title, and each two in a row, because compounds are written with and without a space.</summary>
    private static void AddTokens(SortedSet<string> keywords, NormalizedText text, Taxonomy taxonomy)
    {
        var previous = 0;
        for (var start = 0; start < text.Length;)
        {
            var end = text.TokenEnd(start);
            Add(keywords, text.Text[start..end], taxonomy);
            if (start > previous && !text.BreaksHardAt(start))
            {
                Add(keywords, text.Text[previous..end], taxonomy);
            }

            (previous, start) = (start, end);
        }

        AddKnownWords(keywords, text, taxonomy);
    }

    private static void AddKnownWords(SortedSet<string> keywords, NormalizedText text, Taxonomy taxonomy)
    {
        foreach (var (_, word, _) in taxonomy.Matcher.FindAll(text))
        {
            if (!word.Sectors.IsEmpty && !word.Weak)
            {
                keywords.Add(taxonomy.Canonical(word.Text));
                foreach (var head in taxonomy.HeadsOf(word.Text))
                {
                    keywords.Add(taxonomy.Canonical(head));
                }
            }
        }
    }

    private static void Add(SortedSet<string> keywords, string normalized, Taxonomy taxonomy)
    {
        if (!taxonomy.IsStopWord(normalized))
        {
            keywords.Add(taxonomy.Canonical(normalized));
        }
    }
}
