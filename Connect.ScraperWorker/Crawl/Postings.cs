using System.Security.Cryptography;
using System.Text;
using Connect.Domain.Programs;
using Connect.ScraperWorker.Boards;
using Connect.ScraperWorker.Crawl.Pages;

namespace Connect.ScraperWorker.Crawl;

/// <summary>How a row of a list is known again: by its address, and by what the list says of it.</summary>
internal static class Postings
{
    private const char Separator = '\u001f';

    // Another build, or another layout, may read the same page differently, so what an older one has read is read once more.
    private static readonly string Build = typeof(Postings).Module.ModuleVersionId.ToString("N");

    /// <summary>
    /// Path and query on the board's own host, which may have another name tomorrow; else the whole address. Null where there
    /// is none, or one too long to be stored.
    /// </summary>
    public static string? AddressOf(Uri? address, Uri board)
    {
        var text = address is null ? null : IsOn(board, address) ? address.PathAndQuery : address.AbsoluteUri;
        return text?.Length > ProgramPosting.MaxAddressLength ? null : text;
    }

    /// <summary>The address to request.</summary>
    public static Uri Resolve(string address, Uri board) => new(board, address);

    /// <summary>Hash of what a list page says of a row, and of what the board's pages are read by.</summary>
    public static string HashOf(ListRow row, BoardOptions board) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join(
        Separator, Build, board.Fingerprint, row.Title, row.Status, row.Ministry, row.Start, row.Deadline, row.Published))));

    private static bool IsOn(Uri board, Uri address) =>
        string.Equals(board.Host, address.Host, StringComparison.OrdinalIgnoreCase) && board.Port == address.Port;
}
