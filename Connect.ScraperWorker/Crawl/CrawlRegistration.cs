using Connect.Domain.Programs;
using Connect.ScraperWorker.Boards;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace Connect.ScraperWorker.Crawl;

/// <summary>Registers the boards that configuration enables.</summary>
internal static class CrawlRegistration
{
    private const string LayoutName = nameof(BoardOptions.Layout);

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
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<BoardOptions>, LayoutValidator>());
        foreach (var board in configuration.GetSection(BoardOptions.SectionName).GetChildren().Where(IsEnabled))
        {
            if (!Enum.GetNames<Agency>().Contains(board.Key, StringComparer.OrdinalIgnoreCase))
            {
                throw new InvalidOperationException($"{board.Path} is enabled and the section of no agency: those are {string.Join(", ", Enum.GetNames<Agency>())}.");
            }
        }

        foreach (var agency in Enum.GetValues<Agency>())
        {
            AddBoard(services, configuration, agency);
        }

        return services;
    }

    /// <summary>The name of a board's client.</summary>
    public static string ClientName(Agency agency) => $"board-{agency}";

    private static void AddBoard(IServiceCollection services, IConfiguration configuration, Agency agency)
    {
        var name = agency.ToString();
        var section = configuration.GetSection($"{BoardOptions.SectionName}:{name}");

        // A board that is not read itself can be one that others point to.
        var options = IsEnabled(section) ? services.AddOptionsWithValidateOnStart<BoardOptions, BoardOptionsValidator>(name) : services.AddOptions<BoardOptions>(name);
        options.Configure(board => Describe(section, name, board))
            .Bind(section)
            .PostConfigure(board => board.PublicAddress ??= FindDiscovered(configuration, board.BaseAddress));
        if (IsEnabled(section))
        {
            services.AddSingleton<IAnnouncementSource>(provider => ActivatorUtilities.CreateInstance<BoardSource>(provider, agency));
            services.AddBoardClient(ClientName(agency), name);
        }
    }

    /// <summary>
    /// On what evidence a board's layout is believed to work, also where the board is switched off and its settings are not complete.
    /// </summary>
    public static Evidence EvidenceOf(IConfiguration configuration, Agency agency)
    {
        var section = configuration.GetSection($"{BoardOptions.SectionName}:{agency}");
        var board = new BoardOptions();
        Describe(section, agency.ToString(), board);
        section.GetSection(nameof(BoardOptions.Evidence)).Bind(board.Evidence);
        return board.Evidence;
    }

    private static void Describe(IConfigurationSection section, string name, BoardOptions board) =>
        KnownBoards.Describe(section[LayoutName] is { Length: > 0 } layout ? layout : name, board);

    private static bool IsEnabled(IConfigurationSection section) => section.GetValue(nameof(BoardOptions.Enabled), false);

    // The name of a discovered service cannot be opened in a browser, and stored links must be.
    private static Uri? FindDiscovered(IConfiguration configuration, Uri? address) =>
        address is not null && Uri.TryCreate(configuration[$"services:{address.Host}:http:0"], UriKind.Absolute, out var discovered)
            ? discovered
            : null;
}
