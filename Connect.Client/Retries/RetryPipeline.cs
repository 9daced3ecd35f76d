using System.Globalization;
using System.Net;
using Polly;
using Polly.Retry;
using Polly.Timeout;

namespace Connect.Client.Retries;

/// <summary>
/// The limit of a call, and the repetition of what failed for the moment: requests that change nothing, and those with an idempotency
/// key. Waits as long as the API asks for.
/// </summary>
internal static class RetryPipeline
{
    private const string IdempotencyKey = "Idempotency-Key";

    private static readonly ResiliencePropertyKey<DateTimeOffset> Deadline = new("connect.deadline");

    /// <summary>Adds both to a pipeline.</summary>
    public static void Build(ResiliencePipelineBuilder<HttpResponseMessage> pipeline, ConnectClientOptions options, TimeProvider time)
    {
        pipeline.TimeProvider = time;
        pipeline.AddTimeout(new TimeoutStrategyOptions
        {
            TimeoutGenerator = arguments =>
            {
                arguments.Context.Properties.Set(Deadline, time.GetUtcNow() + options.Timeout);
                return new(options.Timeout);
            },
        });
        if (options.MaxRetries == 0)
        {
            return;
        }

        pipeline.AddRetry(new RetryStrategyOptions<HttpResponseMessage>
        {
            MaxRetryAttempts = options.MaxRetries,
            BackoffType = DelayBackoffType.Exponential,
            Delay = TimeSpan.FromMilliseconds(500),
            MaxDelay = TimeSpan.FromSeconds(10),
            UseJitter = true,
            ShouldHandle = arguments => new(
                IsRepeatable(arguments.Context.GetRequestMessage()) && IsOfTheMoment(arguments.Outcome) && HasTime(arguments, time)),
            DelayGenerator = arguments => new(RetryAfter(arguments.Outcome, time)),
        });
    }

    private static bool IsRepeatable(HttpRequestMessage? request) =>
        request is not null
        && (request.Method == HttpMethod.Get || request.Method == HttpMethod.Head
            || (request.Method == HttpMethod.Post && request.Headers.Contains(IdempotencyKey)));

    // The exception of an API is that of a sign-in, which is carried out within an attempt.
    private static bool IsOfTheMoment(Outcome<HttpResponseMessage> outcome) => outcome switch
    {
        { Exception: HttpRequestException } => true,
        { Exception: ApiException exception } => IsOfTheMoment((HttpStatusCode)exception.StatusCode),
        { Result: { } response } => IsOfTheMoment(response.StatusCode),
        _ => false,
    };

    private static bool IsOfTheMoment(HttpStatusCode status) => status
        is HttpStatusCode.TooManyRequests or HttpStatusCode.BadGateway or HttpStatusCode.ServiceUnavailable or HttpStatusCode.GatewayTimeout;

    // The caller learns at once of a pause that is longer than the time that is left.
    private static bool HasTime(RetryPredicateArguments<HttpResponseMessage> arguments, TimeProvider time) =>
        RetryAfter(arguments.Outcome, time) is not { } pause
        || !arguments.Context.Properties.TryGetValue(Deadline, out var deadline)
        || time.GetUtcNow() + pause < deadline;

    private static TimeSpan? RetryAfter(Outcome<HttpResponseMessage> outcome, TimeProvider time) => outcome switch
    {
        { Result.Headers.RetryAfter: { } header } => header.Delta ?? (header.Date is { } date ? NotNegative(date - time.GetUtcNow()) : null),
        { Exception: ApiException exception } when exception.Headers.TryGetValue("Retry-After", out var values)
            && int.TryParse(values.FirstOrDefault(), NumberStyles.None, CultureInfo.InvariantCulture, out var seconds) => TimeSpan.FromSeconds(seconds),
        _ => null,
    };

    private static TimeSpan NotNegative(TimeSpan pause) => pause < TimeSpan.Zero ? TimeSpan.Zero : pause;
}
