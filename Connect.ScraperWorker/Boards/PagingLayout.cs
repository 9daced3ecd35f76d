namespace Connect.ScraperWorker.Boards;

/// <summary>The requests for a list, under <c>Sources:{agency}:Paging</c>.</summary>
internal sealed class PagingLayout
{
    /// <summary>The query parameter, or field of the form, with the page's number; empty where all is on one page.</summary>
    public string Parameter { get; set; } = string.Empty;

    /// <summary>The element around the pager's links, as a CSS selector; not for JSON.</summary>
    public string Pager { get; set; } = string.Empty;

    /// <summary>
    /// The other fields of the form that later pages are asked with, written as a query: <c>pageUnit=10&amp;flag=rndList</c>. Empty
    /// where the list has links. The first page of HTML is got like any page, because it opens the session; JSON is always posted.
    /// </summary>
    public string Form { get; set; } = string.Empty;

    /// <summary>
    /// Further fields, one set for each list that the board keeps apart, written as queries: <c>state=open</c>, <c>state=coming</c>.
    /// </summary>
    public IList<string> Each { get; } = [];
}
