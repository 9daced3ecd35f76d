namespace Connect.Api.Programs;

/// <summary>Registers services of the list of programs.</summary>
internal static class ProgramListsRegistration
{
    public static void AddProgramLists(this IServiceCollection services) => services
        .AddSingleton<ProgramListDocuments>()
        .AddSingleton<ProgramHitsReader>();
}
