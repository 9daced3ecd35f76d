using Connect.Domain.Programs;
using Connect.ScraperWorker.Boards;

namespace Connect.ScraperWorker.Inspect;

/// <summary>A board's layout under the name that reports use.</summary>
internal sealed record KnownLayout(string Name, BoardOptions Board)
{
    /// <summary>The agency of the board; that of any board for a layout of none.</summary>
    public Agency Agency => Enum.TryParse<Agency>(Name.Split('.')[0], ignoreCase: true, out var agency) ? agency : default;

    /// <summary>The layout of a known board.</summary>
    /// <exception cref="InvalidOperationException">There is none of this name.</exception>
    public static KnownLayout Find(string name)
    {
        var known = KnownBoards.Names.FirstOrDefault(known => string.Equals(known, name, StringComparison.OrdinalIgnoreCase))
            ?? throw new InvalidOperationException($"'{name}' is no file, no URL and none of {string.Join(", ", KnownBoards.Names)}.");
        var board = new BoardOptions();
        KnownBoards.Describe(known, board);
        return new(known, board);
    }

    /// <summary>The layout of a file.</summary>
    /// <exception cref="InvalidOperationException">It is none, or makes no sense.</exception>
    public static KnownLayout Read(string file)
    {
        var board = new BoardOptions();
        KnownBoards.Describe(new FileInfo(file), board);
        var name = Path.GetFileNameWithoutExtension(file);
        var checkedLayout = new LayoutValidator().Validate(name, board);
        return checkedLayout.Failed ? throw new InvalidOperationException(checkedLayout.FailureMessage) : new(name, board);
    }

    /// <summary>The layout for pages of another site of the same make, such as a test's.</summary>
    public BoardOptions At(Uri address)
    {
        if (Board.BaseAddress?.Host != address.Host)
        {
            Board.BaseAddress = new(address, "/");
        }

        return Board;
    }
}
