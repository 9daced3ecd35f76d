using Connect.Data.Model;
using Connect.ScraperWorker.Crawl;
using Connect.ScraperWorker.Crawl.Http;
using Connect.ScraperWorker.Lease;
using Microsoft.EntityFrameworkCore;

namespace Connect.ScraperWorker.Check;

/// <summary>A suspicious run changes nothing: merging it could empty the database.</summary>
internal sealed class SuspiciousRunException(Suspicion reason, string message, Exception? innerException = null)
    : Exception(message, innerException)
{
    public Suspicion Reason => reason;
}

/// <summary>Judges whether a run is suspicious: after its crawl, and once more when the merge knows the vanished programs.</summary>
internal sealed class RunCheck(IServiceScopeFactory scopes)
{
    /// <summary>Programs that may always vanish at once; more may vanish only up to half of the board's.</summary>
    private const int FewVanished = 10;

    /// <summary>The suspicion for a board that has lost its layout.</summary>
    public static SuspiciousRunException LayoutLost(BoardException exception) => new(Suspicion.LayoutLost, exception.Message, exception);

    /// <summary>Judges the rows of a crawl.</summary>
    /// <exception cref="SuspiciousRunException">A working board would not answer like this.</exception>
    public async Task CheckCrawlAsync(RunLease lease, ScrapeProgress progress, CancellationToken cancellationToken)
    {
        if (progress.Failed > progress.Found)
        {
            throw new SuspiciousRunException(
                Suspicion.MostUnreadable, $"{progress.Failed} of {progress.Failed + progress.Found} rows could not be read.");
        }

        if (progress.Found > 0)
        {
            return;
        }

        await using var scope = scopes.CreateAsyncScope();
        var context = scope.ServiceProvider.GetRequiredService<ConnectDbContext>();
        if (await context.ProgramPostings.AnyAsync(posting => posting.Agency == lease.Agency && posting.VanishedAt == null, cancellationToken))
        {
            throw new SuspiciousRunException(Suspicion.NothingListed, "The board lists nothing, and listed something before.");
        }
    }

    /// <summary>Judges the end of a merge: how many of the board's open programs would be gone.</summary>
    /// <exception cref="SuspiciousRunException">Too many; the transaction must roll back.</exception>
    public static void CheckVanished(int vanished, int active)
    {
        if (vanished > FewVanished && vanished > active / 2)
        {
            throw new SuspiciousRunException(Suspicion.MostVanished, $"{vanished} of {active} open programs would be gone.");
        }
    }
}
