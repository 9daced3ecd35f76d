namespace Connect.ScraperWorker.Boards;

/// <summary>The paging of a list, under <c>Sources:{agency}:Paging</c>.</summary>
internal sealed class PagingLayout
{
    /// <summary>The query parameter, or field of the form, with the page's number; empty where all is on one page.</summary>
    public string Parameter { get; set; } = string.Empty;

    /// <summary>The element around the pager's links, as a CSS selector.</summary>
    public string Pager { get; set; } = string.Empty;

    /// <summary>The other fields of a portal's form, written as a query: <c>pageUnit=10&amp;flag=rndList</c>.</summary>
    public string Form { get; set; } = string.Empty;
}
