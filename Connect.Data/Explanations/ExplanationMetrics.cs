using System.Diagnostics.Metrics;
using Connect.Data.Diagnostics;

namespace Connect.Data.Explanations;

/// <summary>
/// The instruments of explanations, on meter <c>Connect.Explanations</c>. Dimensions are outcome, kind, source and
/// reason; never a match, an organization or a model's name.
/// </summary>
internal sealed class ExplanationMetrics
{
    private const string Input = "input";
    private const string Output = "output";
    private const string Stored = "stored";
    private const string Model = "model";

    private readonly SeededCounter _calls;
    private readonly Histogram<double> _duration;
    private readonly SeededCounter _tokens;
    private readonly SeededCounter _texts;
    private readonly SeededCounter _fallbacks;
    private readonly Histogram<double> _wait;
    private long _costMicroKrw;

    public ExplanationMetrics(IMeterFactory meters)
    {
        var meter = meters.Create(ConnectTelemetry.ExplanationsMeter);
        _calls = new(
            meter, ConnectTelemetry.Explanations.Calls, "{call}", "Calls of the model by outcome.", ConnectTelemetry.Dimensions.Outcome,
            Enum.GetValues<ExplanationCallOutcome>().Select(NameOf));
        _duration = meter.CreateHistogram(
            ConnectTelemetry.Explanations.CallDuration, "s", "Time that calls took, repeated attempts included.",
            advice: InstrumentsRegistration.Buckets(0.1, 0.25, 0.5, 1, 2, 4, 8, 15, 30, 60));
        _tokens = new(
            meter, ConnectTelemetry.Explanations.Tokens, "{token}", "Tokens as the provider counted them, by kind.",
            ConnectTelemetry.Dimensions.Kind, [Input, Output]);
        meter.CreateObservableCounter(
            ConnectTelemetry.Explanations.Cost, () => (double)Volatile.Read(ref _costMicroKrw) / ExplanationOptions.MicroPerKrw, "KRW",
            "What calls were charged with.");
        _texts = new(
            meter, ConnectTelemetry.Explanations.Texts, "{text}", "Texts that the cache did not have, by source.",
            ConnectTelemetry.Dimensions.Source, [Stored, Model]);
        _fallbacks = new(
            meter, ConnectTelemetry.Explanations.Fallbacks, "{text}", "Texts that the rules wrote, by reason.",
            ConnectTelemetry.Dimensions.Reason, Enum.GetValues<ExplanationFallback>().Select(reason => reason.ToName()));
        _wait = meter.CreateHistogram(
            ConnectTelemetry.Explanations.WaitDuration, "s", "Time until a text could be written: a place, then its lock.",
            advice: InstrumentsRegistration.Buckets(0.001, 0.005, 0.01, 0.05, 0.1, 0.5, 1, 5, 15, 60));
    }

    public void Called(ExplanationCall call)
    {
        var outcome = NameOf(call.Outcome);
        _calls.Add(outcome);
        _duration.Record(call.DurationMs / 1000.0, new KeyValuePair<string, object?>(ConnectTelemetry.Dimensions.Outcome, outcome));
        _tokens.Add(Input, count: call.InputTokens ?? 0);
        _tokens.Add(Output, count: call.OutputTokens ?? 0);
        Interlocked.Add(ref _costMicroKrw, call.CostMicroKrw);
    }

    /// <summary>A text was found in Postgres.</summary>
    public void Found() => _texts.Add(Stored);

    /// <summary>A text was written by the model.</summary>
    public void Written() => _texts.Add(Model);

    public void FellBack(ExplanationFallback reason) => _fallbacks.Add(reason.ToName());

    public void Waited(TimeSpan elapsed) => _wait.Record(elapsed.TotalSeconds);

    private static string NameOf(ExplanationCallOutcome outcome) => outcome switch
    {
        ExplanationCallOutcome.Answered => "answered",
        ExplanationCallOutcome.Refused => "refused",
        ExplanationCallOutcome.TimedOut => "timeout",
        _ => "failed",
    };
}
