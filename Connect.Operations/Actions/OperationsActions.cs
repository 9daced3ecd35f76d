using System.Diagnostics;
using System.Security.Claims;
using Connect.Caching;
using Connect.Caching.Generations;
using Connect.Data.Audit;
using Connect.Data.Caching;
using Connect.Data.Model;
using Connect.Data.Scraping;
using Connect.Data.Warming;
using Connect.Domain.Programs;
using Connect.Operations.Access;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Caching.Hybrid;
using Microsoft.Extensions.Logging;

namespace Connect.Operations.Actions;

/// <summary>Carries out the page's actions by the services that the API uses, and records each in the audit trail.</summary>
internal sealed partial class OperationsActions(
    HybridCache cache, CacheTransaction<ConnectDbContext> transaction, OperationsAccess access, AuditLog audit, TimeProvider time,
    ILogger<OperationsActions> logger)
{
    /// <summary>The route under which the audit trail lists the page's actions.</summary>
    private const string Route = "/ops";

    // An action goes on when its page is closed, so it needs a limit of its own.
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(15);

    /// <summary>Evicts a tag.</summary>
    public Task<ActionOutcome> EvictAsync(ClaimsPrincipal user, string tag) => RunAsync(
        user, $"action=evict&tag={Uri.EscapeDataString(tag)}",
        async token =>
        {
            if (TagRules.FindError(tag) is not null)
            {
                return ActionOutcome.Invalid;
            }

            await cache.RemoveByTagAsync(tag, token);
            return ActionOutcome.Evicted;
        });

    /// <summary>Asks for a warming.</summary>
    public Task<ActionOutcome> WarmAsync(ClaimsPrincipal user) => RunAsync(
        user, "action=warm",
        async token =>
        {
            await transaction.ExecuteAsync(
                (context, inner) => context.RequestWarmingAsync(WarmingTrigger.Administrator, time.GetUtcNow(), inner), token);
            return ActionOutcome.WarmingRequested;
        });

    /// <summary>Asks for a run of one board, or of all.</summary>
    public Task<ActionOutcome> ScrapeAsync(ClaimsPrincipal user, Agency? agency) => RunAsync(
        user, agency is null ? "action=scrape" : $"action=scrape&agency={agency}",
        async token =>
        {
            var runs = await transaction.ExecuteAsync(
                (context, inner) => new ScrapeQueue(context, time).EnqueueForAdministratorAsync(agency, inner), token);
            return runs.Refusal is not null ? ActionOutcome.BoardOff
                : runs.Queued > 0 ? ActionOutcome.ScrapeRequested : ActionOutcome.ScrapeWaiting;
        });

    private async Task<ActionOutcome> RunAsync(ClaimsPrincipal user, string target, Func<CancellationToken, Task<ActionOutcome>> act)
    {
        using var timeout = new CancellationTokenSource(Timeout, time);
        AuditEntry? entry = null;
        var outcome = ActionOutcome.Failed;
        try
        {
            if (!await access.IsAdministratorAsync(user))
            {
                Log.Refused(logger, user.FindFirstValue(ClaimTypes.NameIdentifier));
                return outcome = ActionOutcome.NotAllowed;
            }

            var begun = Describe(user, target);
            await audit.BeginAsync(begun, timeout.Token);
            entry = begun;
            return outcome = await act(timeout.Token);
        }
        catch (Exception exception) when (exception is OperationCanceledException || PrimaryDatabase.IsUnreachable(exception))
        {
            return outcome = ActionOutcome.Unavailable;
        }
        catch (Exception exception)
        {
            // An action that fails must not end the page's connection.
            Log.Failed(logger, exception);
            return outcome;
        }
        finally
        {
            await EndAsync(entry, outcome);
        }
    }

    private static AuditEntry Describe(ClaimsPrincipal user, string target) => new()
    {
        UserId = Guid.Parse(user.FindFirstValue(ClaimTypes.NameIdentifier)!),
        Method = HttpMethods.Post,
        Route = Route,
        Target = target.Length <= AuditEntry.MaxTargetLength ? target : target[..AuditEntry.MaxTargetLength],
        TraceId = Activity.Current?.TraceId.ToString() ?? "",
    };

    private async Task EndAsync(AuditEntry? entry, ActionOutcome outcome)
    {
        if (entry is null)
        {
            return;
        }

        try
        {
            await audit.EndAsync(entry.Id, outcome.ToStatus());
        }
        catch (Exception exception) when (exception is OperationCanceledException || PrimaryDatabase.IsUnreachable(exception))
        {
            Log.OutcomeLost(logger, exception, entry.Id, outcome.ToStatus());
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Warning, "User {UserId} is no administrator any more and was refused an action of the operations page")]
        public static partial void Refused(ILogger logger, string? userId);

        [LoggerMessage(2, LogLevel.Error, "An action of the operations page failed")]
        public static partial void Failed(ILogger logger, Exception exception);

        [LoggerMessage(3, LogLevel.Warning, "Action {EntryId} of an administrator ended with {Status}, which is missing in the audit trail")]
        public static partial void OutcomeLost(ILogger logger, Exception exception, Guid entryId, int status);
    }
}
