using Connect.AgencySimulator.Announcements;

namespace Connect.AgencySimulator.Boards;

/// <summary>An address of a board that answers its list, in pages of HTML or as data.</summary>
/// <param name="Path">The path.</param>
/// <param name="Write">Writes a page.</param>
internal sealed record ListRoute(string Path, Func<PageOf, string> Write)
{
    /// <summary>The most rows that a request can ask for.</summary>
    public const int MostRows = 100;

    public string[] Methods { get; init; } = [HttpMethods.Get, HttpMethods.Post];

    /// <summary>The query or form parameter with the page's number.</summary>
    public string PageParameter { get; init; } = "pageIndex";

    /// <summary>The parameter with the number of rows; null where it is fixed.</summary>
    public string? SizeParameter { get; init; }

    /// <summary>The parameter that chooses rows; null for none.</summary>
    public string? FilterParameter { get; init; }

    /// <summary>The rows of a page without <see cref="SizeParameter"/>.</summary>
    public int Size { get; init; } = 10;

    public string MediaType { get; init; } = "text/html";
}

/// <summary>An address of a board that answers the page of one announcement, or a part of it.</summary>
/// <param name="Path">The path.</param>
/// <param name="IdParameter">The query parameter with the announcement's id.</param>
/// <param name="Write">Writes the page.</param>
internal sealed record DetailRoute(string Path, string IdParameter, Func<Announcement, string> Write)
{
    /// <summary>What stands before the number in the id.</summary>
    public string IdPrefix { get; init; } = "";
}
