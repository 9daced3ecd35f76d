using Connect.Caching.Generations;
using Connect.Data.Model;
using Connect.Domain.Matching.Explanations;
using Microsoft.Extensions.Caching.Memory;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Npgsql;

namespace Connect.Data.Explanations;

/// <summary>
/// Finds the text of an input or has it written, once over all processes: the row in Postgres is the text's only home,
/// and an advisory lock on the input is held from the second look at it until it is committed.
/// </summary>
internal sealed partial class ExplanationWriter(
    ExplanationStore store, ExplanationModel model, ExplanationAllowance allowance, ExplanationMetrics metrics, IOptions<ExplanationOptions> options, TimeProvider time,
    ILogger<ExplanationWriter> logger) : IDisposable
{
    private const int MaxRefused = 10_000;

    private readonly ExplanationOptions _options = options.Value;

    // Each place is a connection that holds or awaits a lock. Who waits for a place holds nothing that a holder needs.
    private readonly SemaphoreSlim _places = new(options.Value.MaxConcurrentCalls);

    // Inputs that the model cannot write about: asked again and again they would be paid for again and again.
    private readonly MemoryCache _refused = new(new MemoryCacheOptions { SizeLimit = MaxRefused });

    /// <summary>The text of a match.</summary>
    /// <exception cref="ExplanationFallbackException">There is none; the rules have to explain.</exception>
    /// <exception cref="ExplanationLimitException">There is none yet, and the caller may not have another one written.</exception>
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

        // From here on nobody's impatience counts: the call is paid for, and the next one to ask finds its text.
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
        catch (NpgsqlException exception) when (DatabaseFailures.IsUnreachable(exception))
        {
            // The connection, and with it the lock, was lost while the model wrote. The text is still good.
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
