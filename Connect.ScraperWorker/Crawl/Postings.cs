using System.Security.Cryptography;
using System.Text;
using Connect.Domain.Programs;
using Connect.ScraperWorker.Boards;
using Connect.ScraperWorker.Crawl.Pages;

namespace Connect.ScraperWorker.Crawl;

/// <summary>Identifies a row of a list in the next crawl: by its address, and by a hash of its fields.</summary>
internal static class Postings
{
    private const char Separator = '\u001f';

    // Another build may parse the same page differently: its first crawl reads every page once more.
    private static readonly string Build = typeof(Postings).Module.ModuleVersionId.ToString("N");

    /// <summary>
    /// Path and query on the board's own host, whose name may change; else the whole address. Null where there is none, or
    /// where it is too long to be stored.
    /// </summary>
    public static string? AddressOf(Uri? address, Uri board)
    {
        var text = address is null ? null : IsOn(board, address) ? address.PathAndQuery : address.AbsoluteUri;
        return text?.Length > ProgramPosting.MaxAddressLength ? null : text;
    }

    /// <summary>The address to request.</summary>
    public static Uri Resolve(string address, Uri board) => new(board, address);

    /// <summary>Hash of a row's fields, of the board's layout and of this build.</summary>
    public static string HashOf(ListRow row, BoardOptions board) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join(
        Separator, Build, board.Fingerprint, row.Title, row.Status, row.Ministry, row.Start, row.Deadline, row.Published, row.AnnouncingAgency,
        row.Type, row.Budget, row.Audience, row.Text))));

    private static bool IsOn(Uri board, Uri address) =>
        string.Equals(board.Host, address.Host, StringComparison.OrdinalIgnoreCase) && board.Port == address.Port;
}
