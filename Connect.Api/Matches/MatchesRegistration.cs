namespace Connect.Api.Matches;

/// <summary>Registers services of the match routes.</summary>
internal static class MatchesRegistration
{
    public static void AddMatches(this IServiceCollection services) => services
        .AddSingleton<MatchDocuments>()
        .AddSingleton<Rankings>();
}
