using System.Text;
using Connect.AgencySimulator.Announcements;

namespace Connect.AgencySimulator.Boards;

/// <summary>The site of one agency: its addresses, and what it writes there.</summary>
internal abstract class BoardPages
{
    public abstract Board Board { get; }

    /// <summary>The addresses of its list.</summary>
    public abstract IEnumerable<ListRoute> Lists { get; }

    /// <summary>The addresses of its announcements; none for a board that leads to another one's.</summary>
    public virtual IEnumerable<DetailRoute> Details => [];

    public virtual Encoding Encoding => Encoding.UTF8;

    /// <summary>Whether detail pages have an entity tag.</summary>
    public virtual bool TagsDetails => false;

    /// <summary>Whether detail pages have <c>Last-Modified</c>.</summary>
    public virtual bool DatesDetails => false;

    /// <summary>The rows of its list that a filter leaves at this moment.</summary>
    public virtual Rows RowsOf(BoardSnapshot snapshot, string filter, DateTimeOffset now) => Rows.Of(snapshot.On(Board));
}
