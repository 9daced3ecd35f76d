using System.Text.RegularExpressions;
using Connect.Domain.KoreanText;
using Connect.Domain.Programs;

namespace Connect.Domain.Classification;

/// <summary>
/// A program's goal, from its title, and the readiness levels that follow from it where none is stated: basic research
/// 1 to 3, applied research 4 to 6, commercialization 7 to 9. Plain development (기술개발) implies no level.
/// </summary>
internal static partial class IntentClassifier
{
    public static (ProgramIntent? Intent, TrlRange Inferred, string? Word) Find(string? title, ProgramKind kind)
    {
        var text = PlainText.ForParsing(title);
        if (kind is ProgramKind.PolicyStudy or ProgramKind.Survey)
        {
            return (ProgramIntent.PolicySupport, default, null);
        }

        if (kind == ProgramKind.Infrastructure)
        {
            return (ProgramIntent.Infrastructure, default, null);
        }

        var basic = BasicRegex().Match(text);
        var market = CommercializationRegex().Match(text);
        return (basic.Success, market.Success) switch
        {
            // A title with both goes from basic research to the market, so no range of levels follows from it.
            (true, true) => (ProgramIntent.AppliedResearch, default, basic.Value),
            (true, false) => (ProgramIntent.BasicResearch, new(1, 3), basic.Value),
            (false, true) => (ProgramIntent.Commercialization, new(7, 9), market.Value),
            _ => Applied(text),
        };
    }

    private static (ProgramIntent? Intent, TrlRange Inferred, string? Word) Applied(string text)
    {
        if (AppliedRegex().Match(text) is { Success: true } applied)
        {
            return (ProgramIntent.AppliedResearch, new(4, 6), applied.Value);
        }

        return DevelopmentRegex().Match(text) is { Success: true } development
            ? (ProgramIntent.AppliedResearch, default, development.Value)
            : InfrastructureRegex().Match(text) is { Success: true } infrastructure
            ? (ProgramIntent.Infrastructure, default, infrastructure.Value)
            : (null, default, null);
    }

    [GeneratedRegex(@"기초\s?연구|기초\s?과학|원천\s?(?:기술|연구)|학술\s?연구|개인\s?연구|선도\s?연구\s?센터", RegexOptions.CultureInvariant)]
    private static partial Regex BasicRegex();

    [GeneratedRegex(@"사업화|상용화|실용화|제품화|양산|스케일\s?업|시장\s?진입|(?<![A-Z])(?:PoC|R&?BD)(?![A-Z])", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex CommercializationRegex();

    [GeneratedRegex(@"응용\s?(?:연구|개발|기술)|개발\s?연구|실증", RegexOptions.CultureInvariant)]
    private static partial Regex AppliedRegex();

    [GeneratedRegex(@"기술\s?개발|기술\s?혁신|연구\s?개발|핵심\s?기술|(?<![A-Z])R&?D(?![A-Z])", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex DevelopmentRegex();

    [GeneratedRegex(@"구축|기반\s?조성|인프라", RegexOptions.CultureInvariant)]
    private static partial Regex InfrastructureRegex();
}
