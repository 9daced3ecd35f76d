using Connect.ScraperWorker.Boards;
using Connect.ScraperWorker.Crawl;
using Connect.ScraperWorker.Crawl.Http;
using Microsoft.Extensions.Options;

namespace Connect.ScraperWorker.Inspect;

/// <summary>
/// <c>inspect &lt;board, file or URL&gt; [--layout FILE]</c>: prints what a layout reads from a page, row by row and field by field, with what
/// it could not read. It stores nothing and needs no database. Of a board it reads the first page of each list, and the page of the first row.
/// </summary>
internal static class InspectCommand
{
    private const string Usage =
        """
        usage: inspect <board, file or URL> [--layout FILE]

          board  a known board: its first list page is read, and the page of its first row
          file   a saved page, list or detail
          URL    one page, list or detail
          FILE   a layout, as those in Boards/Known; without it the known layout of the board, or the one that reads the page
        """;

    /// <summary>Whether the program was started for this command.</summary>
    public static bool Is(string[] args) => args is ["inspect", ..];

    /// <summary>Runs the command.</summary>
    /// <param name="args">Its arguments, <c>inspect</c> included.</param>
    /// <param name="output">Gets the report.</param>
    /// <param name="error">Gets what went wrong.</param>
    /// <param name="time">Decides what is open.</param>
    /// <param name="cancellationToken">Stops.</param>
    /// <returns>0 where all was read, 1 where something could not be, 2 where nothing could be or the arguments make no sense.</returns>
    public static async Task<int> RunAsync(string[] args, TextWriter output, TextWriter error, TimeProvider time, CancellationToken cancellationToken)
    {
        var (subject, layout) = args switch
        {
            [_, var only] when !only.StartsWith('-') => (only, null),
            [_, var first, "--layout", var file] => (first, file),
            [_, "--layout", var file, var last] => (last, file),
            _ => ((string?)null, (string?)null),
        };
        if (subject is null)
        {
            await error.WriteLineAsync(Usage);
            return 2;
        }

        try
        {
            var report = new PageReport(output, time);
            if (File.Exists(subject))
            {
                return InspectFile(subject, layout, report);
            }

            if (Uri.TryCreate(subject, UriKind.Absolute, out var address) && address.Scheme is "http" or "https")
            {
                return await InspectAddressAsync(address!, layout, report, cancellationToken);
            }

            return await InspectBoardAsync(KnownLayout.Find(subject), layout, report, cancellationToken);
        }
        catch (Exception exception) when (exception is InvalidOperationException or IOException or UnauthorizedAccessException or BoardException or OptionsValidationException)
        {
            await error.WriteLineAsync(exception.Message);
            return 2;
        }
    }

    private static int InspectFile(string file, string? layout, PageReport report)
    {
        if (new FileInfo(file).Length > BoundedAnswerHandler.MaxBytes)
        {
            throw new InvalidOperationException($"{file} has more than {BoundedAnswerHandler.MaxBytes} bytes.");
        }

        return report.Page(PageEncoding.Decode(File.ReadAllBytes(file), headerCharset: null), Candidates(layout, address: null), address: null);
    }

    private static async Task<int> InspectAddressAsync(Uri address, string? layout, PageReport report, CancellationToken cancellationToken)
    {
        var candidates = Candidates(layout, address);
        using var board = new OpenBoard(candidates[0] with { Board = candidates[0].At(address) });
        var page = await board.Client.GetAsync(address, cancellationToken) ?? throw new BoardException($"{address.AbsolutePath} is gone");
        return report.Page(page, [.. candidates.Select(candidate => candidate with { Board = candidate.At(address) })], address);
    }

    private static async Task<int> InspectBoardAsync(KnownLayout known, string? layout, PageReport report, CancellationToken cancellationToken)
    {
        using var open = new OpenBoard(layout is null ? known : KnownLayout.Read(layout) with { Name = known.Name });
        var (client, board) = (open.Client, open.Board);
        var (lists, owners) = (new ListPages(client, board), new PageOwners(known.Agency, board, other => KnownLayout.Find(other.ToString()).Board));
        var worst = 0;
        foreach (var list in lists.Lists)
        {
            var page = await lists.FetchAsync(list, 1, cancellationToken) ?? throw new BoardException($"{lists.Address.AbsolutePath} is gone");
            worst = Math.Max(worst, report.Page(page, [new(known.Name, board)], lists.Address));
            if (worst < 2 && ListPages.Parse(page, lists.Address, 1, board).Rows.FirstOrDefault(static row => row.Row is not null).Row is { } first)
            {
                var owned = owners.Of(first.Address);
                var detail = owned.Board.Detail.IsRead ? await client.GetAsync(owned.Address, cancellationToken) ?? throw new BoardException($"{owned.Address.AbsolutePath} is gone") : null;
                worst = detail is null ? worst : Math.Max(worst, report.Page(detail, [new(owned.Agency.ToString(), owned.Board)], owned.Address));
            }
        }

        return worst;
    }

    /// <summary>The layouts that a page can have: the given one, else those of the boards of its host, else all.</summary>
    private static List<KnownLayout> Candidates(string? layout, Uri? address)
    {
        if (layout is not null)
        {
            return [KnownLayout.Read(layout)];
        }

        List<KnownLayout> all = [.. KnownBoards.Names.Select(KnownLayout.Find)];
        var own = all.FindAll(known => address is not null && known.Board.BaseAddress?.Host == address.Host);
        return own.Count > 0 ? own : all;
    }
}
