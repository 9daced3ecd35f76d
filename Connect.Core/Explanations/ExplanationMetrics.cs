using System.Diagnostics.Metrics;
using Connect.Core.Diagnostics;

namespace Connect.Core.Explanations;

/// <summary>
/// The numbers of explanations, on meter <c>Connect.Explanations</c>. Dimensions are few and bounded: outcome, kind,
/// source, reason; never a match, an organization or a model's name.
/// </summary>
internal sealed class ExplanationMetrics
{
    private readonly Counter<long> _calls;
    private readonly Histogram<double> _duration;
    private readonly Counter<long> _tokens;
    private readonly Counter<double> _cost;
    private readonly Counter<long> _texts;
    private readonly Counter<long> _fallbacks;
    private readonly Histogram<double> _wait;

    public ExplanationMetrics(IMeterFactory meters)
    {
        var meter = meters.Create(ConnectTelemetry.ExplanationsMeter);
        _calls = meter.CreateCounter<long>("connect.explanations.calls", "{call}", "Calls of the model by outcome.");
        _duration = meter.CreateHistogram<double>("connect.explanations.call.duration", "s", "Time that calls took, repeated attempts included.");
        _tokens = meter.CreateCounter<long>("connect.explanations.tokens", "{token}", "Tokens as the provider counted them, by kind.");
        _cost = meter.CreateCounter<double>("connect.explanations.cost", "KRW", "What calls were charged with.");
        _texts = meter.CreateCounter<long>("connect.explanations.texts", "{text}", "Texts that the cache did not have, by source.");
        _fallbacks = meter.CreateCounter<long>("connect.explanations.fallbacks", "{text}", "Texts that the rules wrote, by reason.");
        _wait = meter.CreateHistogram<double>("connect.explanations.wait.duration", "s", "Time until a text could be written: a place, then its lock.");
    }

    public void Called(ExplanationCall call)
    {
        var outcome = new KeyValuePair<string, object?>("outcome", NameOf(call.Outcome));
        _calls.Add(1, outcome);
        _duration.Record(call.DurationMs / 1000.0, outcome);
        _tokens.Add(call.InputTokens ?? 0, new KeyValuePair<string, object?>("kind", "input"));
        _tokens.Add(call.OutputTokens ?? 0, new KeyValuePair<string, object?>("kind", "output"));
        _cost.Add((double)call.CostMicroKrw / ExplanationOptions.MicroPerKrw);
    }

    /// <summary>A text was found in Postgres.</summary>
    public void Found() => _texts.Add(1, new KeyValuePair<string, object?>("source", "stored"));

    /// <summary>A text was written by the model.</summary>
    public void Written() => _texts.Add(1, new KeyValuePair<string, object?>("source", "model"));

    public void FellBack(ExplanationFallback reason) => _fallbacks.Add(1, new KeyValuePair<string, object?>("reason", reason.ToName()));

    public void Waited(TimeSpan elapsed) => _wait.Record(elapsed.TotalSeconds);

    private static string NameOf(ExplanationCallOutcome outcome) => outcome switch
    {
        ExplanationCallOutcome.Answered => "answered",
        ExplanationCallOutcome.Refused => "refused",
        ExplanationCallOutcome.TimedOut => "timeout",
        _ => "failed",
    };
}
