namespace Connect.Benchmarks.Quality.BaseRules;

/// <summary>
/// The two keyword sets that the industry part compares: normalized, without doubles, in the order in which
/// they are gathered. Blank sectors, categories and keywords count as missing.
/// </summary>
internal static class BaseKeywords
{
    private const int MinTitleWord = 2;
    private const int MinDescriptionWord = 3;
    private const int DescriptionLength = 200;

    public static List<string> Of(BaseOrganization organization, BaseSector? sector) => Distinct(
    [
        organization.Sector ?? "",
        .. sector is { } known ? BaseTaxonomy.WordsOf(known) : [],
        .. organization.FocusAreas,
        .. organization.KeyTechnologies,
    ]);

    public static List<string> Of(BaseProgram program) => Distinct(
    [
        .. Words(program.Title, MinTitleWord),
        program.Category ?? "",
        .. program.Keywords,
        .. Words(Start(program.Description ?? ""), MinDescriptionWord),
    ]);

    /// <summary>The sector of a text; none if it is missing, although the look-up itself would return ICT.</summary>
    public static BaseSector? SectorOf(string? text) =>
        string.IsNullOrWhiteSpace(text) ? null : BaseTaxonomy.Resolve(text)?.Sector;

    private static IEnumerable<string> Words(string text, int minLength) =>
        BaseText.NormalizedWords(text).Where(word => word.Length >= minLength);

    // A word at the cut is kept, shortened.
    private static string Start(string text) => text[..Math.Min(text.Length, DescriptionLength)];

    private static List<string> Distinct(IEnumerable<string> texts)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        return [.. texts.Select(BaseText.Normalize).Where(text => text.Length > 0 && seen.Add(text))];
    }
}
