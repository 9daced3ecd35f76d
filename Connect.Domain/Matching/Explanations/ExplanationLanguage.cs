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
}
