using System.Diagnostics;
using Connect.Caching.Generations;
using Connect.Data.Diagnostics;
using Connect.Domain.Matching.Explanations;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Connect.Data.Explanations;

/// <summary>The provider gave no answer. A registered <see cref="IChatClient"/> throws it instead of its own exceptions.</summary>
/// <param name="message">The failure, without the provider's words: they may repeat keys and texts.</param>
/// <param name="mayBeCharged">Whether the provider may charge for the call.</param>
public sealed class ModelUnavailableException(string message, bool mayBeCharged) : Exception(message)
{
    /// <summary>Whether the provider may charge for the call.</summary>
    public bool MayBeCharged => mayBeCharged;
}

/// <summary>Calls the model within its budget and time limit.</summary>
internal sealed partial class ExplanationModel(
    ExplanationBudget budget, ExplanationMetrics metrics, IOptions<ExplanationOptions> options, TimeProvider time,
    ILogger<ExplanationModel> logger, IChatClient? client = null)
{
    // The first answer, and a second one if it broke a rule.
    private const int MostAnswers = 2;

    private readonly ExplanationOptions _options = options.Value;

    /// <summary>Whether there is a model to ask.</summary>
    public bool IsConfigured => client is not null && _options.IsConfigured;

    /// <summary>The model's name.</summary>
    public string Name => _options.Model ?? "";

    /// <summary>Has a text written. Readers that give up do not cancel it: a paid text is also stored.</summary>
    /// <exception cref="ExplanationFallbackException">No budget, no answer, or none that may be shown.</exception>
    public async Task<string> WriteAsync(ExplanationPrompt prompt, MatchFacts facts, ExplanationLanguage language)
    {
        string? objection = null;
        for (var answers = 0; answers < MostAnswers; answers++)
        {
            var reservation = await budget.TryReserveAsync(prompt.MaxInputTokens, _options.MaxOutputTokens, CancellationToken.None).ConfigureAwait(false)
                ?? throw new ExplanationFallbackException(ExplanationFallback.Budget);
            var (text, problem) = await AskAsync(prompt, objection, reservation, facts, language).ConfigureAwait(false);
            if (problem is null)
            {
                return text;
            }

            Log.Refused(logger, problem);
            objection = problem;
        }

        throw new ExplanationFallbackException(ExplanationFallback.Refused);
    }

    private async Task<(string Text, string? Problem)> AskAsync(
        ExplanationPrompt prompt, string? objection, BudgetReservation reservation, MatchFacts facts, ExplanationLanguage language)
    {
        var call = new ExplanationCall
        {
            CalledAt = time.GetUtcNow(),
            Model = Name,
            Language = language,
            Outcome = ExplanationCallOutcome.Failed,
            CostMicroKrw = reservation.CostMicroKrw,
        };
        var tokens = reservation.Tokens;
        var startedAt = time.GetTimestamp();
        using var activity = ConnectTelemetry.Source.StartActivity(ConnectTelemetry.Activities.ExplanationCall, ActivityKind.Client);
        try
        {
            var response = await SendAsync(prompt, objection).ConfigureAwait(false);
            if (response.Usage is { InputTokenCount: { } input, OutputTokenCount: { } output })
            {
                (call.InputTokens, call.OutputTokens) = (input, output);
                (tokens, call.CostMicroKrw) = (input + output, _options.CostOf(input, output));
            }

            var text = AnswerCheck.Tidy(response.Text);
            var problem = response.FinishReason is { } finish && finish != ChatFinishReason.Stop
                ? "It was not finished: write less."
                : AnswerCheck.FindProblem(text, facts, language);
            call.Outcome = problem is null ? ExplanationCallOutcome.Answered : ExplanationCallOutcome.Refused;
            return (text, problem);
        }
        catch (OperationCanceledException)
        {
            call.Outcome = ExplanationCallOutcome.TimedOut;
            throw new ExplanationFallbackException(ExplanationFallback.Timeout);
        }
        catch (ModelUnavailableException exception)
        {
            if (!exception.MayBeCharged)
            {
                (tokens, call.CostMicroKrw) = (0, 0);
            }

            Log.Unavailable(logger, exception.Message);
            throw new ExplanationFallbackException(ExplanationFallback.Unavailable);
        }
        finally
        {
            call.DurationMs = (int)time.GetElapsedTime(startedAt).TotalMilliseconds;
            activity?.SetTag(ConnectTelemetry.Attributes.ExplanationOutcome, call.Outcome.ToString());
            metrics.Called(call);
            await SettleAsync(reservation, tokens, call).ConfigureAwait(false);
        }
    }

    private async Task<ChatResponse> SendAsync(ExplanationPrompt prompt, string? objection)
    {
        List<ChatMessage> messages = [new(ChatRole.System, prompt.System), new(ChatRole.User, prompt.User)];
        if (objection is not null)
        {
            messages.Add(new(ChatRole.User, $"Your first answer was refused: {objection} Write it anew."));
        }

        using var timeout = new CancellationTokenSource(_options.CallTimeout, time);
        try
        {
            return await client!.GetResponseAsync(messages, new ChatOptions { MaxOutputTokens = _options.MaxOutputTokens }, timeout.Token)
                .ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is not (OperationCanceledException or ModelUnavailableException))
        {
            // A boundary: any exception of the client is the model's failure; the cache must not take it for the
            // database's.
            throw new ModelUnavailableException(exception.GetType().Name, mayBeCharged: true);
        }
    }

    private async Task SettleAsync(BudgetReservation reservation, long tokens, ExplanationCall call)
    {
        try
        {
            await budget.SettleAsync(reservation, tokens, call, CancellationToken.None).ConfigureAwait(false);
        }
        catch (Exception exception) when (PrimaryDatabase.IsUnreachable(exception))
        {
            // The reservation stays, so the day is charged too much rather than too little; the text is still returned.
            Log.NotSettled(logger, exception.Message);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Warning, "The model's answer was refused. {Problem}")]
        public static partial void Refused(ILogger logger, string problem);

        [LoggerMessage(2, LogLevel.Warning, "The model gave no answer: {Reason}")]
        public static partial void Unavailable(ILogger logger, string reason);

        [LoggerMessage(3, LogLevel.Warning, "The reservation of a model's call could not be settled: {Reason}")]
        public static partial void NotSettled(ILogger logger, string reason);
    }
}
