using Connect.Core.Programs;
using Connect.ScraperWorker.Sources.Http;
using Connect.ScraperWorker.Sources.Keit;
using Connect.ScraperWorker.Sources.Ntis;
using Connect.ScraperWorker.Sources.TableBoards;

namespace Connect.ScraperWorker.Sources;

internal static class SourcesRegistration
{
    /// <summary>
    /// Adds every board that configuration enables as an <see cref="IAnnouncementSource"/>, each with its options
    /// (validated at start) and its own named client.
    /// </summary>
    public static IHostApplicationBuilder AddAnnouncementSources(this IHostApplicationBuilder builder)
    {
        builder.Services.AddAnnouncementSources(builder.Configuration);
        return builder;
    }

    /// <inheritdoc cref="AddAnnouncementSources(IHostApplicationBuilder)"/>
    public static IServiceCollection AddAnnouncementSources(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddBoardHttp(configuration);
        AddBoard(services, configuration, Agency.NTIS, static provider => ActivatorUtilities.CreateInstance<NtisSource>(provider));
        AddBoard(services, configuration, Agency.KEIT, static provider => ActivatorUtilities.CreateInstance<KeitSource>(provider));
        foreach (var layout in (ReadOnlySpan<TableBoardLayout>)[TableBoardLayout.Iitp, TableBoardLayout.Tipa, TableBoardLayout.Kimst])
        {
            AddBoard(services, configuration, layout.Agency, provider => ActivatorUtilities.CreateInstance<TableBoardSource>(provider, layout));
        }

        return services;
    }

    /// <summary>The name of a board's client.</summary>
    public static string ClientName(Agency agency) => $"board-{agency}";

    private static void AddBoard(
        IServiceCollection services, IConfiguration configuration, Agency agency, Func<IServiceProvider, IAnnouncementSource> create)
    {
        var name = agency.ToString();
        var section = configuration.GetSection($"{SourceOptions.SectionName}:{name}");
        if (!section.GetValue(nameof(SourceOptions.Enabled), false))
        {
            return;
        }

        services.AddOptionsWithValidateOnStart<SourceOptions, SourceOptionsValidator>(name).Bind(section)
            .PostConfigure(options => options.PublicAddress ??= FindDiscovered(configuration, options.BaseAddress));
        services.AddSingleton(create);
        services.AddBoardClient(ClientName(agency), name);
    }

    // A board that is found by service discovery has a name that only services understand; links are for people.
    private static Uri? FindDiscovered(IConfiguration configuration, Uri? address) =>
        address is not null && Uri.TryCreate(configuration[$"services:{address.Host}:http:0"], UriKind.Absolute, out var discovered)
            ? discovered
            : null;
}
