using System.Text.Json;

namespace Connect.ScraperWorker.Boards;

/// <summary>
/// The known boards, as files beside the program: <c>Boards/Known/NTIS.json</c>. Each has the settings of <see cref="BoardOptions"/>,
/// so that a board which has changed is mended without a build. Configuration overrides them value by value.
/// </summary>
internal static class KnownBoards
{
    // For editors only; it is no setting.
    private const string Schema = "$schema";

    private static readonly string Folder = Path.Combine(AppContext.BaseDirectory, "Boards", "Known");

    /// <summary>The names of the known boards.</summary>
    public static IEnumerable<string> Names =>
        Directory.EnumerateFiles(Folder, "*.json").Select(static file => Path.GetFileNameWithoutExtension(file)).Order(StringComparer.Ordinal);

    /// <summary>Fills in the settings of a known board; does nothing where there is none of this name.</summary>
    public static void Describe(string name, BoardOptions board)
    {
        var file = Path.Combine(Folder, $"{name}.json");
        if (File.Exists(file))
        {
            Describe(new FileInfo(file), board);
        }
    }

    /// <summary>Fills in the settings of a file.</summary>
    /// <exception cref="InvalidOperationException">It is no JSON, has a name that is no setting, or a value of another type.</exception>
    public static void Describe(FileInfo file, BoardOptions board)
    {
        try
        {
            var read = new ConfigurationBuilder().AddJsonFile(file.FullName).Build();
            new ConfigurationBuilder().AddInMemoryCollection(read.AsEnumerable().Where(static setting => setting is { Value: not null, Key: not Schema })).Build()
                .Bind(board, static binder => binder.ErrorOnUnknownConfiguration = true);
        }
        catch (Exception exception) when (exception is InvalidOperationException or InvalidDataException or JsonException or IOException)
        {
            throw new InvalidOperationException($"{file.Name}: {exception.InnerException?.Message ?? exception.Message}", exception);
        }
    }
}
