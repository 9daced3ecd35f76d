using Microsoft.Extensions.Localization;

namespace Connect.Operations.Look;

/// <summary>Finds texts for words that come from data.</summary>
internal static class TextLookup
{
    /// <summary>The text of a word; the word itself if there is no text, for example for a word of a newer release.</summary>
    public static string Or(this IStringLocalizer<Texts> texts, string prefix, string word) =>
        texts[prefix + word] is { ResourceNotFound: false } text ? text : word;
}
