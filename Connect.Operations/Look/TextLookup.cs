using Microsoft.Extensions.Localization;

namespace Connect.Operations.Look;

/// <summary>Texts for words that others choose.</summary>
internal static class TextLookup
{
    /// <summary>The text of a word; the word itself where there is none, as for one that another release writes.</summary>
    public static string Or(this IStringLocalizer<Texts> texts, string prefix, string word) =>
        texts[prefix + word] is { ResourceNotFound: false } text ? text : word;
}
