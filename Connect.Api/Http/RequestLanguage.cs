using Connect.Domain.Matching.Explanations;
using Microsoft.Net.Http.Headers;

namespace Connect.Api.Http;

/// <summary>The language that an answer is written in: Korean or English.</summary>
internal static class RequestLanguage
{
    /// <summary>The caller's first choice of the languages that there are; Korean where there is none.</summary>
    public static ExplanationLanguage PreferredLanguage(this HttpRequest request)
    {
        foreach (var choice in request.GetTypedHeaders().AcceptLanguage.Where(choice => choice.Quality is not 0).OrderByDescending(choice => choice.Quality ?? 1))
        {
            var tag = choice.Value.AsSpan();
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

    /// <summary>Says which language the answer is in, and that another one would be another answer.</summary>
    public static void SetLanguage(this HttpResponse response, ExplanationLanguage language)
    {
        response.Headers.ContentLanguage = language.ToTag();
        response.Headers.Append(HeaderNames.Vary, HeaderNames.AcceptLanguage);
    }
}
