using System.Globalization;
using Connect.Domain.Matching.Explanations;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace Connect.Operations.Look;

/// <summary>The language of the page: that of the switch, else the caller's first choice.</summary>
internal static class OperationsLanguage
{
    /// <summary>The cookie of the language switch, set by a script of the page.</summary>
    public const string Cookie = "connect-ops-language";

    private static readonly CultureInfo Korean = CultureInfo.GetCultureInfo("ko-KR");
    private static readonly CultureInfo English = CultureInfo.GetCultureInfo("en-US");

    /// <summary>Sets the culture of every request that reaches it.</summary>
    public static void UseOperationsLanguage(this IApplicationBuilder app) => app.Use(AnswerAsync);

    // Must be async: an async method restores the culture of its caller when it returns.
    private static async Task AnswerAsync(HttpContext context, RequestDelegate next)
    {
        var culture = Of(context.Request);
        (CultureInfo.CurrentCulture, CultureInfo.CurrentUICulture) = (culture, culture);
        await next(context);
    }

    /// <summary>The culture for a request.</summary>
    public static CultureInfo Of(HttpRequest request) => request.Cookies[Cookie] switch
    {
        "ko" => Korean,
        "en" => English,
        _ => PreferredOf(request) == ExplanationLanguage.Ko ? Korean : English,
    };

    private static ExplanationLanguage PreferredOf(HttpRequest request) => ExplanationLanguages.FirstOf(
        request.GetTypedHeaders().AcceptLanguage
            .Where(choice => choice.Quality is not 0)
            .OrderByDescending(choice => choice.Quality ?? 1)
            .Select(choice => choice.Value.ToString()));
}
