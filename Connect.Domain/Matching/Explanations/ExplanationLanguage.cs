namespace Connect.Domain.Matching.Explanations;

/// <summary>The languages that explanations are written in.</summary>
public enum ExplanationLanguage
{
    /// <summary>Korean.</summary>
    Ko,

    /// <summary>English.</summary>
    En,
}

/// <summary>Names of languages in keys, in the database and on the wire.</summary>
public static class ExplanationLanguages
{
    /// <summary>The language's tag, <c>ko</c> or <c>en</c>.</summary>
    public static string ToTag(this ExplanationLanguage language) => language == ExplanationLanguage.En ? "en" : "ko";

    /// <summary>The first language of a preference list that explanations are written in; Korean if there is none.</summary>
    /// <param name="preferred">Language tags such as <c>ko-KR</c>, most preferred first; <c>*</c> is any language.</param>
    public static ExplanationLanguage FirstOf(IEnumerable<string> preferred)
    {
        foreach (var choice in preferred)
        {
            var tag = choice.AsSpan();
            tag = tag.IndexOf('-') is var dash and > 0 ? tag[..dash] : tag;
            if (tag.Equals("ko", StringComparison.OrdinalIgnoreCase) || tag is "*")
            {
                return ExplanationLanguage.Ko;
            }

            if (tag.Equals("en", StringComparison.OrdinalIgnoreCase))
            {
                return ExplanationLanguage.En;
            }
        }

        return ExplanationLanguage.Ko;
    }
}
