using Connect.Caching.Generations;
using Connect.Data.Caching;
using Connect.Domain.Matching;
using Connect.Domain.Matching.Explanations;
using Connect.Domain.Programs;
using Microsoft.Extensions.Caching.Hybrid;

namespace Connect.Data.Explanations;

/// <summary>A match in words, as it is answered.</summary>
/// <param name="Owner">The match.</param>
/// <param name="Language">The text's language.</param>
/// <param name="Breakdown">The points that the text mentions.</param>
/// <param name="Text">Plain text in paragraphs.</param>
/// <param name="GeneratedAt">When it was written.</param>
/// <param name="Model">The model that wrote it; null where the rules did.</param>
/// <param name="InputHash">The hash that a model's text is stored under; null where the rules wrote.</param>
/// <param name="Fallback">Why the rules wrote; null where a model did.</param>
public sealed record Explanation(
    MatchOwner Owner, ExplanationLanguage Language, ScoreBreakdown Breakdown, string Text, DateTimeOffset GeneratedAt,
    string? Model, string? InputHash, ExplanationFallback? Fallback);

/// <summary>
/// Explains matches by the model, if one is configured and the match is open and current, else by rules. Texts of the
/// rules count days until the deadline, so they are made for each reader and not stored.
/// </summary>
public sealed class ExplanationReader
{
    // Waits for another caller's text that end with that caller's refusal, before this caller is refused as well.
    private const int MaxOthers = 10;

    private readonly HybridCache _cache;
    private readonly MatchFactsReader _facts;
    private readonly ExplanationWriter _writer;
    private readonly ExplanationModel _model;
    private readonly ExplanationMetrics _metrics;
    private readonly TimeProvider _time;

    internal ExplanationReader(
        HybridCache cache, MatchFactsReader facts, ExplanationWriter writer, ExplanationModel model, ExplanationMetrics metrics, TimeProvider time) =>
        (_cache, _facts, _writer, _model, _metrics, _time) = (cache, facts, writer, model, metrics, time);

    /// <summary>Explains a match; null where it is gone. The endpoint has authorized the reader.</summary>
    /// <exception cref="DatabaseUnavailableException">The database cannot be reached and nothing good enough is cached.</exception>
    /// <exception cref="ExplanationLimitException">The caller may not have another text written for now.</exception>
    public async ValueTask<Explanation?> FindAsync(
        MatchOwner owner, ExplanationLanguage language, ExplanationCaller caller, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(owner);
        ArgumentNullException.ThrowIfNull(caller);
        if (!_model.IsConfigured)
        {
            return await _facts.FindAsync(owner, cancellationToken).ConfigureAwait(false) is { } found
                ? ByRules(found, language, ExplanationFallback.NotConfigured)
                : null;
        }

        for (var others = 0; ; others++)
        {
            try
            {
                return await ReadAsync(owner, language, caller, cancellationToken).ConfigureAwait(false);
            }
            catch (ExplanationLimitException exception) when (exception.Caller != caller && others < MaxOthers)
            {
                // The text was being written for another caller, whose allowance is used up. This caller's may not be.
            }
        }
    }

    private async ValueTask<Explanation?> ReadAsync(
        MatchOwner owner, ExplanationLanguage language, ExplanationCaller caller, CancellationToken cancellationToken)
    {
        try
        {
            var explained = await _cache.GetOrCreateAsync(
                CacheLayers.ExplanationOf(owner.MatchId, owner.OrganizationId, language), (Reader: this, owner, language, caller),
                static (state, token) => state.Reader.ExplainAsync(state.owner, state.language, state.caller, token), cancellationToken).ConfigureAwait(false);
            return new Explanation(
                owner, language, explained.Breakdown, explained.Text, explained.WrittenAt, explained.Model, explained.InputHash, Fallback: null);
        }
        catch (ExplanationFallbackException exception)
        {
            return exception.Facts is { } facts ? ByRules(facts, language, exception.Reason) : null;
        }
    }

    private async ValueTask<ExplainedMatch> ExplainAsync(
        MatchOwner owner, ExplanationLanguage language, ExplanationCaller caller, CancellationToken cancellationToken)
    {
        var facts = await _facts.FindAsync(owner, cancellationToken).ConfigureAwait(false)
            ?? throw new ExplanationFallbackException(ExplanationFallback.Outdated);
        if (!facts.IsOpen || !facts.IsConsistent)
        {
            throw new ExplanationFallbackException(facts.IsOpen ? ExplanationFallback.Outdated : ExplanationFallback.Closed) { Facts = facts };
        }

        try
        {
            var stored = await _writer.GetAsync(facts, language, caller, cancellationToken).ConfigureAwait(false);
            return new ExplainedMatch(
                owner.MatchId, language, facts.Breakdown, stored.Text, stored.Model, stored.InputHash, stored.CreatedAt, facts.Program.Deadline);
        }
        catch (ExplanationFallbackException exception) when (exception.Facts is null)
        {
            throw new ExplanationFallbackException(exception.Reason) { Facts = facts };
        }
    }

    private Explanation ByRules(MatchFacts facts, ExplanationLanguage language, ExplanationFallback reason)
    {
        _metrics.FellBack(reason);
        var now = _time.GetUtcNow();
        var words = ExplanationBuilder.Build(
            facts.Breakdown, facts.Reasons, facts.Program.Deadline, facts.Profile.Type, SeoulTime.DateOf(now), language);
        var paragraphs = new[] { [words.Summary], words.Reasons, words.Warnings, words.Recommendations }
            .Where(sentences => sentences.Length > 0)
            .Select(sentences => string.Join(' ', sentences));
        return new Explanation(
            facts.Owner, language, facts.Breakdown, string.Join("\n\n", paragraphs), now, Model: null, InputHash: null, reason);
    }
}
