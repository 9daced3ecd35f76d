using Connect.Caching;
using Connect.Data.Caching;
using Connect.Data.Model;
using Connect.Domain.Programs;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;

namespace Connect.Benchmarks.Freshness.Instances;

/// <summary>
/// Routes for the driver below <c>/freshness</c>: the learned generations of an instance and, on the worker, writes
/// like a scrape's. They are in front of the product's pipeline, which is unchanged.
/// </summary>
internal sealed class InstanceControl(LearnedLog learned) : IStartupFilter
{
    public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
    {
        app.Map("/freshness/learned", branch => branch.Run(context => context.Response.WriteAsync(learned.Drain())));
        app.Map("/freshness/seed", branch => branch.Run(context => SeedAsync(context, NumberOf(context, "count"))));
        app.Map("/freshness/touch", branch => branch.Run(
            context => TouchAsync(context, NumberOf(context, "word"), NumberOf(context, "revision"))));
        next(app);
    };

    private static int NumberOf(HttpContext context, string name) =>
        int.Parse(context.Request.Query[name]!, CultureInfo.InvariantCulture);

    /// <summary>Stores the open programs that the organizations are matched with.</summary>
    private static Task SeedAsync(HttpContext http, int count) => InTransactionAsync(http, (context, time, _) =>
    {
        var now = time.GetUtcNow();
        context.Programs.AddRange(Enumerable.Range(0, count).Select(word => new FundingProgram
        {
            Agency = Agency.NTIS,
            Kind = ProgramKind.Call,
            Title = FreshnessWords.TitleOf(word, revision: 0),
            Keywords = [FreshnessWords.WordOf(word)],
            BudgetAmount = 100_000_000,
            AnnouncementUrl = $"https://example.com/{word}",
            IdentityKey = FreshnessWords.WordOf(word),
            Fingerprint = FreshnessWords.TitleOf(word, revision: 0),
            CreatedAt = now,
            UpdatedAt = now,
        }));
        return Task.CompletedTask;
    });

    /// <summary>Changes a program as a scrape does.</summary>
    private static Task TouchAsync(HttpContext http, int word, int revision) => InTransactionAsync(http, async (context, time, token) =>
    {
        var identity = FreshnessWords.WordOf(word);
        var program = await context.Programs.SingleAsync(p => p.IdentityKey == identity, token);
        program.Title = program.Fingerprint = FreshnessWords.TitleOf(word, revision);
        program.UpdatedAt = time.GetUtcNow();
    });

    private static Task InTransactionAsync(HttpContext http, Func<ConnectDbContext, TimeProvider, CancellationToken, Task> work)
    {
        var time = http.RequestServices.GetRequiredService<TimeProvider>();
        return http.RequestServices.GetRequiredService<CacheTransaction<ConnectDbContext>>().ExecuteAsync(
            async (context, token) =>
            {
                await work(context, time, token);
                context.EvictTags("scrape", ConnectTags.Programs, ConnectTags.Matches);
            },
            http.RequestAborted);
    }
}
