using Connect.Caching.Generations;
using Connect.Domain.Matching.Explanations;
using Microsoft.Extensions.Caching.Memory;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Npgsql;

namespace Connect.Data.Explanations;

/// <summary>
/// Finds the text of an input or has it written, once over all instances: an advisory lock on the input is held from
/// the second look for its row until the row is committed.
/// </summary>
internal sealed partial class ExplanationWriter(
    ExplanationStore store, ExplanationModel model, ExplanationAllowance allowance, ExplanationMetrics metrics, IOptions<ExplanationOptions> options, TimeProvider time,
    ILogger<ExplanationWriter> logger) : IDisposable
{
    private const int MaxRefused = 10_000;

    private readonly ExplanationOptions _options = options.Value;

    // Each place is a connection that holds or awaits a lock. A caller that waits for a place holds no lock, so none
    // deadlock.
    private readonly SemaphoreSlim _places = new(options.Value.MaxConcurrentCalls);

    // Inputs whose answers were refused: each further call of the model would cost money again.
    private readonly MemoryCache _refused = new(new MemoryCacheOptions { SizeLimit = MaxRefused });

    /// <summary>The text of a match.</summary>
    /// <exception cref="ExplanationFallbackException">There is no text; the rules have to explain.</exception>
    /// <exception cref="ExplanationLimitException">There is no text yet, and the caller's allowance is used up.</exception>
    public async Task<StoredExplanation> GetAsync(
        MatchFacts facts, ExplanationLanguage language, ExplanationCaller caller, CancellationToken cancellationToken)
    {
        var prompt = ExplanationPrompt.For(facts, language, model.Name);
        if (await store.FindAsync(prompt.InputHash, cancellationToken).ConfigureAwait(false) is { } stored)
        {
            metrics.Found();
            return stored;
        }

        if (_refused.TryGetValue(prompt.InputHash, out _))
        {
            throw new ExplanationFallbackException(ExplanationFallback.Refused);
        }

        var startedAt = time.GetTimestamp();
        if (!await _places.WaitAsync(_options.MaxWait, cancellationToken).ConfigureAwait(false))
        {
            throw new ExplanationFallbackException(ExplanationFallback.Busy);
        }

        try
        {
            return await WriteAsync(prompt, facts, language, caller, startedAt, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            _places.Release();
        }
    }

    public void Dispose()
    {
        _places.Dispose();
        _refused.Dispose();
    }

    private async Task<StoredExplanation> WriteAsync(
        ExplanationPrompt prompt, MatchFacts facts, ExplanationLanguage language, ExplanationCaller caller, long startedAt,
        CancellationToken cancellationToken)
    {
        var left = _options.MaxWait - time.GetElapsedTime(startedAt);
        await using var taken = await store.LockAsync(prompt.InputHash, left, _options.MaxHold, cancellationToken).ConfigureAwait(false)
            ?? throw new ExplanationFallbackException(ExplanationFallback.Busy);
        metrics.Waited(time.GetElapsedTime(startedAt));
        if (await taken.FindAsync(prompt.InputHash, cancellationToken).ConfigureAwait(false) is { } stored)
        {
            metrics.Found();
            return stored;
        }

        await allowance.TakeAsync(caller, cancellationToken).ConfigureAwait(false);

        // Not cancelled from here on: the call is paid for, and its text serves the next reader.
        var written = new StoredExplanation
        {
            InputHash = prompt.InputHash,
            Language = language,
            Model = model.Name,
            Text = await AskAsync(prompt, facts, language).ConfigureAwait(false),
            CreatedAt = time.GetUtcNow(),
        };
        await KeepAsync(taken, written).ConfigureAwait(false);
        metrics.Written();
        return written;
    }

    private async Task<string> AskAsync(ExplanationPrompt prompt, MatchFacts facts, ExplanationLanguage language)
    {
        try
        {
            return await model.WriteAsync(prompt, facts, language).ConfigureAwait(false);
        }
        catch (ExplanationFallbackException exception) when (exception.Reason == ExplanationFallback.Refused && _options.RefusedFor > TimeSpan.Zero)
        {
            _refused.Set(prompt.InputHash, true, new MemoryCacheEntryOptions { Size = 1, AbsoluteExpirationRelativeToNow = _options.RefusedFor });
            throw;
        }
    }

    private async Task KeepAsync(ExplanationLock taken, StoredExplanation written)
    {
        try
        {
            await taken.CommitAsync(written, CancellationToken.None).ConfigureAwait(false);
        }
        catch (NpgsqlException exception) when (PrimaryDatabase.IsUnreachable(exception))
        {
            // The connection was lost while the model wrote, and its lock with it. The text is still valid.
            Log.LockLost(logger, exception.Message);
            await store.InsertAsync(written, CancellationToken.None).ConfigureAwait(false);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Warning, "The lock on an explanation was lost while it was written: {Reason}")]
        public static partial void LockLost(ILogger logger, string reason);
    }
}
