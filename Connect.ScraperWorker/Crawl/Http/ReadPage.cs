using Connect.ScraperWorker.Boards;

namespace Connect.ScraperWorker.Crawl.Http;

/// <summary>A page as it was read, for the case that its run is suspicious.</summary>
/// <param name="Address">Its address.</param>
/// <param name="Text">Its text.</param>
/// <param name="Board">The board whose layout it was read by.</param>
/// <param name="IsList">Whether it is a list page, not a detail page.</param>
internal sealed record ReadPage(Uri Address, string Text, BoardOptions Board, bool IsList);
