using Connect.Domain.Programs;
using Connect.ScraperWorker.Crawl;
using Connect.ScraperWorker.Crawl.Pages;

namespace Connect.Tests.Functional.Ingestion;

/// <summary>Boards that change at random, the same way for the same seed.</summary>
internal sealed class ModelWorld(Random random)
{
    private static readonly RowOutcome?[] Pages = [RowOutcome.Gone, RowOutcome.Gone, RowOutcome.Lost, RowOutcome.Present, null];

    private int _addresses;

    public ModelBoard[] Boards { get; } = [new(Agency.NTIS), new(Agency.IITP), new(Agency.KEIT)];

    private ModelBoard Portal => Boards[0];

    public ModelBoard Any() => Boards[random.Next(Boards.Length)];

    /// <summary>Changes a few things, and makes some rows unreadable until the next time.</summary>
    public void Evolve(DateTimeOffset now)
    {
        for (var changes = random.Next(1, 5); changes > 0; changes--)
        {
            Change(Any(), now);
        }

        foreach (var board in Boards)
        {
            board.Listed.ForEach(listing => listing.IsUnreadable = false);
            for (var rows = random.Next(3) == 0 ? random.Next(1 + (board.Listed.Count / 2)) : 0; rows > 0; rows--)
            {
                board.Listed[random.Next(board.Listed.Count)].IsUnreadable = true;
            }
        }
    }

    private void Change(ModelBoard board, DateTimeOffset now)
    {
        var listing = board.Listed.Count == 0 ? null : board.Listed[random.Next(board.Listed.Count)];
        if (listing is null || (board.Listed.Count < 3 && random.Next(2) == 0))
        {
            Add(board, Announce(board, now));
            return;
        }

        var program = listing.Content;
        switch (random.Next(17))
        {
            case 0 or 1 when board.Listed.Count < 8:
                Add(board, Announce(board, now));
                break;
            case 2:
                listing.Content = program with { Deadline = DeadlineFrom(now) };
                break;
            case 3:
                listing.Content = program with { BudgetAmount = random.Next(3) == 0 ? null : random.Next(1, 9) * 100_000_000L };
                break;
            case 4:
                listing.Content = program with { Description = $"{program.Description} {random.Next(9)}" };
                break;
            case 5:
                listing.Content = program with { Keywords = [.. new[] { "인공지능", "로봇", "해양" }.Take(random.Next(4))] };
                break;
            case 6:
                listing.Content = program with { Closed = !program.Closed };
                break;
            case 7:
                listing.Content = program with { Title = ModelTitles.Rename(program.Title, random) };
                break;
            case 8 when board.Listed.Count < 8:
                Repost(board, listing, program with { Title = ModelTitles.Mark(program.Title, random), Deadline = DeadlineFrom(now), Closed = false });
                break;
            case 9:
                Repost(board, listing, program);
                break;
            case 10:
                Withdraw(board, listing);
                break;
            case 11 when board.Withdrawn.Count > 0:
                var back = board.Withdrawn[random.Next(board.Withdrawn.Count)];
                board.Withdrawn.Remove(back);
                board.Listed.Insert(random.Next(board.Listed.Count), back);
                break;
            case 12:
                listing.Content = Announce(board, now) with { Url = program.Url };
                break;
            case 13 when board != Portal && Portal.Listed.Count < 8:
                var isPoorer = random.Next(2) == 0;
                Add(Portal, program with
                {
                    Agency = Agency.NTIS,
                    Description = isPoorer ? "요약" : program.Description,
                    BudgetAmount = isPoorer ? null : program.BudgetAmount,
                });
                break;
            case 14 when board.Listed.Count < 8:
                Add(board, program with { Title = ModelTitles.NoticeOf(program.Title) });
                break;
            case 15 when board.Listed.Count < 8 && ModelTitles.IsNotice(program.Title):
                Add(board, program with { Title = ModelTitles.CallOf(program.Title), Deadline = DeadlineFrom(now) });
                break;
            case 16:
                board.Listed.Remove(listing);
                board.Listed.Insert(0, listing);
                break;
            default:
                listing.Content = program with { Ministry = program.Ministry is null ? "산업통상자원부" : random.Next(2) == 0 ? null : program.Ministry };
                break;
        }
    }

    private void Repost(ModelBoard board, ModelListing old, ScrapedAnnouncement content)
    {
        Add(board, content);
        if (random.Next(2) == 0)
        {
            Withdraw(board, old);
        }
    }

    private void Withdraw(ModelBoard board, ModelListing listing)
    {
        board.Listed.Remove(listing);
        board.Withdrawn.Add(listing);
        listing.Page = Pages[random.Next(Pages.Length)];
    }

    private void Add(ModelBoard board, ScrapedAnnouncement content)
    {
        var address = $"/view?id={++_addresses:D5}";
        board.Listed.Insert(0, new(address, content with { Url = $"https://{board.Agency}.kr{address}" }));
    }

    private ScrapedAnnouncement Announce(ModelBoard board, DateTimeOffset now) => new()
    {
        Agency = board.Agency,
        Title = ModelTitles.Mark(ModelTitles.Any(random), random),
        Url = "",
        Ministry = random.Next(6) == 0 ? null : "산업통상자원부",
        Description = $"설명 {random.Next(100)}",
        BudgetAmount = random.Next(1, 9) * 100_000_000L,
        Deadline = DeadlineFrom(now),
        Closed = random.Next(8) == 0,
    };

    private DateTimeOffset? DeadlineFrom(DateTimeOffset now) =>
        random.Next(4) == 0 ? null : now.AddHours(random.Next(-12, 400));
}
