namespace Connect.Api.Matches;

/// <summary>Registers what the match routes need beyond the readers.</summary>
internal static class MatchesRegistration
{
    public static void AddMatches(this IServiceCollection services) => services.AddSingleton<MatchDocuments>();
}
