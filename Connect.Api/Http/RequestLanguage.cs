using Connect.Domain.Matching.Explanations;
using Microsoft.Net.Http.Headers;

namespace Connect.Api.Http;

/// <summary>The language that an answer is written in: Korean or English.</summary>
internal static class RequestLanguage
{
    /// <summary>The caller's first choice of the languages that there are; Korean where there is none.</summary>
    public static ExplanationLanguage PreferredLanguage(this HttpRequest request) => ExplanationLanguages.FirstOf(
        request.GetTypedHeaders().AcceptLanguage
            .Where(choice => choice.Quality is not 0)
            .OrderByDescending(choice => choice.Quality ?? 1)
            .Select(choice => choice.Value.ToString()));

    /// <summary>Says which language the answer is in, and that another one would be another answer.</summary>
    public static void SetLanguage(this HttpResponse response, ExplanationLanguage language)
    {
        response.Headers.ContentLanguage = language.ToTag();
        response.Headers.Append(HeaderNames.Vary, HeaderNames.AcceptLanguage);
    }
}
