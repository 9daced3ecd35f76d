using Connect.Domain.Matching.Explanations;
using Microsoft.Extensions.Primitives;
using Microsoft.Net.Http.Headers;

namespace Connect.Api.Http;

/// <summary>The language of an answer: Korean or English.</summary>
internal static class RequestLanguage
{
    /// <summary>The first of both in <c>Accept-Language</c>; Korean if it has neither.</summary>
    public static ExplanationLanguage PreferredLanguage(this HttpRequest request)
    {
        // Most programs send none, and parsing nothing would take a noticeable part of a cached answer.
        if (request.Headers.AcceptLanguage.Count == 0)
        {
            return ExplanationLanguage.Ko;
        }

        return ExplanationLanguages.FirstOf(
            request.GetTypedHeaders().AcceptLanguage
                .Where(choice => choice.Quality is not 0)
                .OrderByDescending(choice => choice.Quality ?? 1)
                .Select(choice => choice.Value.ToString()));
    }

    /// <summary>Sets <c>Content-Language</c>, and <c>Vary</c>.</summary>
    public static void SetLanguage(this HttpResponse response, ExplanationLanguage language)
    {
        response.Headers.ContentLanguage = language.ToTag();
        response.Headers.Vary = StringValues.Concat(response.Headers.Vary, HeaderNames.AcceptLanguage);
    }
}
