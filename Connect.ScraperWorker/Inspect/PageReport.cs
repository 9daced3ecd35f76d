using System.Collections.Immutable;
using System.Globalization;
using Connect.Data.Model;
using Connect.ScraperWorker.Boards;
using Connect.ScraperWorker.Crawl;
using Connect.ScraperWorker.Crawl.Http;
using Connect.ScraperWorker.Crawl.Pages;

namespace Connect.ScraperWorker.Inspect;

/// <summary>Prints what layouts read from a page.</summary>
internal sealed class PageReport(TextWriter output, TimeProvider time)
{
    private const int LongestText = 300;

    /// <summary>Prints a page by the layout that reads most of it.</summary>
    /// <param name="page">The page.</param>
    /// <param name="layouts">The layouts that it can have.</param>
    /// <param name="address">Its address; null for a file, which then has that of the layout's list.</param>
    /// <returns>0 where all was read, 1 where something could not be, 2 where nothing could be.</returns>
    public int Page(string page, IReadOnlyList<KnownLayout> layouts, Uri? address)
    {
        var lists = layouts.Select(layout => (Layout: layout, Address: AddressOf(layout.Board, address), List: ReadList(page, layout.Board, address))).ToList();
        var best = lists.Where(static read => read.List is { Rows.IsEmpty: false })
            .OrderByDescending(static read => read.List!.Rows.Count(static row => row.Row is not null))
            .ThenByDescending(static read => read.List!.Rows.Sum(static row => row.Row is { } shown ? ValuesOf(shown).Count(static value => !string.IsNullOrEmpty(value.Value)) : 0))
            .FirstOrDefault();
        if (best.List is not null)
        {
            return List(best.Layout, best.Address, best.List);
        }

        foreach (var layout in layouts.Where(static layout => layout.Board.Detail.IsRead))
        {
            if (DetailPage.Read(page, layout.Board.Detail) is { } detail)
            {
                return Detail(layout, AddressOf(layout.Board, address), page, detail);
            }
        }

        if (lists.Find(static read => read.List is not null) is { List: { } empty } found)
        {
            return List(found.Layout, found.Address, empty);
        }

        return Nothing(page, layouts);
    }

    private int List(KnownLayout layout, Uri address, ListPage list)
    {
        Line($"{layout.Name}: list page {address}, {Count(list.Rows.Length, "row")}, {(list.HasNext ? "a later page is named" : "no later page is named")}");
        var owners = new PageOwners(layout.Agency, layout.Board, static other => KnownLayout.Find(other.ToString()).Board);
        foreach (var row in list.Rows.Select(static row => row.Row).OfType<ListRow>())
        {
            var owned = owners.Of(row.Address);
            Line("");
            Line(row.Place);
            Value("title", row.Title);
            Value("page", owned.Board == layout.Board ? owned.Address.AbsoluteUri : $"{owned.Address.AbsoluteUri} (of {owned.Agency})");
            foreach (var (name, value) in ValuesOf(row).Where(static value => !string.IsNullOrEmpty(value.Value)))
            {
                Value(name, value!);
            }

            Announcement(AnnouncementComposer.Compose(layout.Agency, row, DetailPage.Of(row), layout.Board, time.GetUtcNow()));
            var missing = ValuesOf(row).Where(static value => string.IsNullOrEmpty(value.Value)).Select(static value => value.Name);
            Value("not shown", string.Join(", ", missing));
        }

        return Errors([.. list.Rows.Select(static row => row.Error).OfType<RowError>()]);
    }

    private int Detail(KnownLayout layout, Uri address, string page, DetailPage detail)
    {
        Line($"{layout.Name}: detail page {address}");
        Value("title", detail.Title);
        foreach (var (label, value) in detail.Fields.Pairs)
        {
            Value($"field {label}", value);
        }

        foreach (var name in detail.Attachments)
        {
            Value("attachment", name);
        }

        Value("text", string.Create(CultureInfo.InvariantCulture, $"{detail.Body.Length} characters: {detail.Body.ReplaceLineEndings(" ")}"));
        if (DetailPage.FrameOf(page, layout.Board.Detail, address) is { } frame)
        {
            Value("text's page", frame.AbsoluteUri);
        }

        var row = new ListRow { Place = "", Title = detail.Title, Address = address };
        Announcement(AnnouncementComposer.Compose(layout.Agency, row, detail, layout.Board, time.GetUtcNow()));
        return Findings(LayoutFindings.OfDetail(page, layout.Board.Detail));
    }

    private void Announcement(ScrapedAnnouncement read)
    {
        Value("= published", Day(read.PublishedAt));
        Value("= start", Day(read.ApplicationStart));
        Value("= deadline", Day(read.Deadline));
        Value("= open", read.Closed || read.Deadline < time.GetUtcNow() ? "no" : "yes");
        Value("= ministry", read.Ministry ?? "none");
        Value("= budget", read.BudgetAmount?.ToString("N0", CultureInfo.InvariantCulture) ?? "none");
        if (read.UnsurePeriod is { } unsure)
        {
            Value("= not understood", unsure);
        }
    }

    private int Nothing(string page, IReadOnlyList<KnownLayout> layouts)
    {
        Line($"No list and no detail page of {string.Join(", ", layouts.Select(static layout => layout.Name))}.");
        if (layouts is [var only])
        {
            Line("");
            Line("As a list:");
            Findings(LayoutFindings.OfList(page, only.Board));
            Line("As a detail page:");
            Findings(LayoutFindings.OfDetail(page, only.Board.Detail));
        }

        return 2;
    }

    private int Findings(ImmutableArray<LayoutFinding> findings)
    {
        foreach (var finding in findings)
        {
            Line($"  {(finding.IsThere ? "found  " : "MISSING")}  {finding.Setting} = {finding.Expected}: {finding.Found}");
        }

        return findings.All(static finding => finding.IsThere) ? 0 : 1;
    }

    private int Errors(IReadOnlyCollection<RowError> errors)
    {
        foreach (var error in errors)
        {
            Line("");
            Line($"{error.Row} could not be read: {error.Reason}");
        }

        return errors.Count == 0 ? 0 : 1;
    }

    private static ListPage? ReadList(string page, BoardOptions board, Uri? address)
    {
        try
        {
            return ListPages.Parse(page, AddressOf(board, address), 1, board);
        }
        catch (BoardException)
        {
            return null;
        }
    }

    private static Uri AddressOf(BoardOptions board, Uri? address) =>
        address ?? DetailAddress.At(board.BaseAddress ?? new("https://board.example"), board.ListPath);

    private static (string Name, string? Value)[] ValuesOf(ListRow row) =>
    [
        ("status", row.Status), ("published", row.Published), ("start", row.Start), ("deadline", row.Deadline), ("ministry", row.Ministry),
        ("agency", row.AnnouncingAgency), ("type", row.Type), ("budget", row.Budget), ("audience", row.Audience), ("text", row.Text),
    ];

    private static string Count(int count, string what) => string.Create(CultureInfo.InvariantCulture, $"{count} {what}{(count == 1 ? "" : "s")}");

    private static string Day(DateTimeOffset? moment) => moment?.ToString("yyyy-MM-dd HH:mm:ss zzz", CultureInfo.InvariantCulture) ?? "none";

    private void Value(string name, string value) => Line($"  {name,-14} {(value.Length > LongestText ? value[..LongestText] + "…" : value)}");

    private void Line(string text) => output.WriteLine(text);
}
