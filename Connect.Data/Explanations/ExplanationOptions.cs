using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace Connect.Data.Explanations;

/// <summary>
/// The model that explains matches, and its limits. Without <see cref="Endpoint"/>, <see cref="ApiKey"/> and
/// <see cref="Model"/> rules alone explain; one or two of the three fail at start.
/// </summary>
public sealed class ExplanationOptions : IValidatableObject
{
    /// <summary>Configuration section.</summary>
    public const string SectionName = "Explanations";

    /// <summary>Micro-KRW in a KRW: costs are counted in these, so that tokens times price is a whole number.</summary>
    internal const long MicroPerKrw = 1_000_000;

    /// <summary>Base address of an OpenAI-compatible service, such as <c>https://api.openai.com/v1</c>. Default: none.</summary>
    public Uri? Endpoint { get; set; }

    /// <summary>Its key. A secret: set it by environment or secret store. Any text, for a service without keys.</summary>
    public string? ApiKey { get; set; }

    /// <summary>The model's name. Part of a text's hash, so another model writes all texts again. Default: none.</summary>
    [StringLength(StoredExplanation.MaxModelLength, MinimumLength = 1)]
    public string? Model { get; set; }

    /// <summary>Time-out of one HTTP attempt, 100 ms to 2 min; default 20 s. Attempts that time out are not repeated.</summary>
    [Range(typeof(TimeSpan), "00:00:00.100", "00:02:00")]
    public TimeSpan AttemptTimeout { get; set; } = TimeSpan.FromSeconds(20);

    /// <summary>Time-out of a call with its attempts and pauses, 100 ms to 5 min; default 30 s.</summary>
    [Range(typeof(TimeSpan), "00:00:00.100", "00:05:00")]
    public TimeSpan CallTimeout { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>Further attempts after 408, 429, 5xx or a broken connection. 0 to 5; default 2.</summary>
    [Range(0, 5)]
    public int Retries { get; set; } = 2;

    /// <summary>First pause between attempts; it doubles. 1 ms to 10 s; default 500 ms.</summary>
    [Range(typeof(TimeSpan), "00:00:00.001", "00:00:10")]
    public TimeSpan RetryDelay { get; set; } = TimeSpan.FromMilliseconds(500);

    /// <summary>Longest <c>Retry-After</c> that is waited for; a longer one fails the call at once. 0 to 1 min; default 5 s.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "00:01:00")]
    public TimeSpan MaxRetryAfter { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>Attempts within half a minute of which at least half have to fail to open the breaker. 2 to 1,000; default 5.</summary>
    [Range(2, 1000)]
    public int AttemptsToBreak { get; set; } = 5;

    /// <summary>How long the breaker stays open. 500 ms to 10 min; default 30 s.</summary>
    [Range(typeof(TimeSpan), "00:00:00.500", "00:10:00")]
    public TimeSpan BreakDuration { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>
    /// Most texts that this instance writes at once; each takes a connection to Postgres. 1 to 64; default 8.
    /// </summary>
    [Range(1, 64)]
    public int MaxConcurrentCalls { get; set; } = 8;

    /// <summary>
    /// Longest wait for one of those places and for another writer of the same text, together; then the rules explain.
    /// 100 ms to 5 min; default 35 s.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:00.100", "00:05:00")]
    public TimeSpan MaxWait { get; set; } = TimeSpan.FromSeconds(35);

    /// <summary>
    /// How long this instance explains an input by rules after its answers were refused. 0 to 1 d; default 1 h.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:00", "1.00:00:00")]
    public TimeSpan RefusedFor { get; set; } = TimeSpan.FromHours(1);

    /// <summary>Most tokens of an answer. 100 to 8,000; default 800.</summary>
    [Range(100, 8000)]
    public int MaxOutputTokens { get; set; } = 800;

    /// <summary>Price of a million input tokens in KRW. Default 0.</summary>
    [Range(0, 10_000_000)]
    public decimal InputPricePerMillionKrw { get; set; }

    /// <summary>Price of a million output tokens in KRW. Default 0.</summary>
    [Range(0, 10_000_000)]
    public decimal OutputPricePerMillionKrw { get; set; }

    /// <summary>
    /// Most KRW of a day in Seoul, over all instances; needs prices. Default: no limit but that of tokens.
    /// </summary>
    [Range(1, 1_000_000_000)]
    public long? DailyBudgetKrw { get; set; }

    /// <summary>Most tokens of a day in Seoul, input and output, over all instances. Default 2,000,000.</summary>
    [Range(1, 100_000_000_000)]
    public long DailyTokenBudget { get; set; } = 2_000_000;

    /// <summary>
    /// Texts that one user may have written in an hour, over all instances. 1 to 100,000; default 30.
    /// </summary>
    [Range(1, 100_000)]
    public int UserCallsPerHour { get; set; } = 30;

    /// <summary>
    /// Texts that one address may have written in an hour, over all instances. 1 to 100,000; default 90.
    /// </summary>
    [Range(1, 100_000)]
    public int AddressCallsPerHour { get; set; } = 90;

    /// <summary>Whether there is a model to ask.</summary>
    public bool IsConfigured => Endpoint is not null;

    /// <summary>Longest time for a text: waiting for a place or for another writer, and writing.</summary>
    public TimeSpan LongestAnswer => MaxWait + MaxHold;

    /// <summary>Longest time that a text's lock is held: two answers and 5 s.</summary>
    internal TimeSpan MaxHold => (CallTimeout * 2) + TimeSpan.FromSeconds(5);

    /// <summary>The price of tokens, in micro-KRW, rounded up.</summary>
    internal long CostOf(long inputTokens, long outputTokens) =>
        (long)Math.Ceiling((inputTokens * InputPricePerMillionKrw) + (outputTokens * OutputPricePerMillionKrw));

    /// <inheritdoc />
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        var hasKey = !string.IsNullOrWhiteSpace(ApiKey);
        var hasModel = !string.IsNullOrWhiteSpace(Model);
        if (hasKey != IsConfigured || hasModel != IsConfigured)
        {
            yield return new ValidationResult($"{nameof(Endpoint)}, {nameof(ApiKey)} and {nameof(Model)} are given together or not at all.");
        }

        if (Endpoint is { } endpoint && !(endpoint.IsAbsoluteUri && endpoint.Scheme is "http" or "https"))
        {
            yield return new ValidationResult($"{nameof(Endpoint)} is an absolute http or https address.");
        }

        if (AttemptTimeout > CallTimeout)
        {
            yield return new ValidationResult($"{nameof(AttemptTimeout)} is at most {nameof(CallTimeout)}.");
        }

        if (DailyBudgetKrw is not null && (InputPricePerMillionKrw <= 0 || OutputPricePerMillionKrw <= 0))
        {
            yield return new ValidationResult($"{nameof(DailyBudgetKrw)} limits nothing without both prices.");
        }
    }
}

[OptionsValidator]
internal sealed partial class ExplanationOptionsValidator : IValidateOptions<ExplanationOptions>;
