namespace Connect.Tests.Unit.Observability.Dashboard;

/// <summary>The dashboard's panels. <c>ObservabilityTests</c> checks that each metric is here or in a rule.</summary>
internal static class DashboardRows
{
    public static IReadOnlyList<(string Title, IReadOnlyList<Panel> Panels)> All { get; } =
    [
        ("Hits", Hits),
        ("Computing", Computing),
        ("Freshness", Freshness),
        ("Redis", Redis),
        ("Scraping", Scraping),
        ("Warming", Warming),
        ("Explanations", Explanations),
        ("Mail", Mail),
        ("Services", Services),
    ];

    private static IReadOnlyList<Panel> Hits =>
    [
        new("Hit ratio", "percentunit", ("connect:cache_hit_ratio:rate5m", "5 min"), ("connect:cache_hit_ratio:rate15m", "15 min"))
        {
            Description = "Reads of the API that memory or Redis answered.", Maximum = 1,
        },
        new(
            "Hit ratio by layer", "percentunit",
            ("layer:connect_cache_hit_ratio:rate5m", "{{layer}} 5 min"), ("layer:connect_cache_hit_ratio:rate15m", "{{layer}} 15 min"))
        {
            Maximum = 1,
        },
        new("Reads by outcome", "reqps", ("outcome:connect_cache_requests:rate5m", "{{outcome}}")) { Description = "stale: the last good answer while Postgres cannot be asked." },
        new("Time of hits in memory, 99 %", "s", (Percentile(0.99, "connect_cache_hit_duration_seconds", "layer"), "{{layer}}")) { Description = "Of one hit in 64." },
        new("Values in memory", "short", ("connect_cache_memory_entries", "{{instance}}")),
        new("Memory, of its limit", "bytes", ("connect_cache_memory_size_bytes", "{{instance}}"), ("max(connect_cache_memory_limit_bytes)", "limit")),
    ];

    private static IReadOnlyList<Panel> Computing =>
    [
        new("Time of computations, 95 %", "s", ("layer:connect_cache_compute_seconds:p95_5m", "{{layer}}")),
        new("Computations", "ops", ("sum by (layer, error_type) (rate(connect_cache_compute_duration_seconds_count[5m]))", "{{layer}} {{error_type}}")),
        new("Queries of computations", "ops", ("sum by (layer) (rate(connect_cache_compute_queries_total[5m]))", "{{layer}}")),
    ];

    private static IReadOnlyList<Panel> Freshness =>
    [
        new("From a change to its arrival, 99 %", "s", ("connect:cache_feed_lag_seconds:p99_5m", "all instances")),
        new("Evictions", "ops", ("sum by (tag, reason) (rate(connect_cache_evictions_total[5m]))", "{{tag}} ({{reason}})")),
        new("Verified", "short", ("connect_cache_feed_verified", "{{instance}}")) { Description = "1 while Postgres confirms an instance's generations.", Maximum = 1 },
        new("Found by polls alone", "ops", ("sum by (instance) (rate(connect_cache_feed_swept_total[5m]))", "{{instance}}")) { Width = 12 },
        new("Failed polls", "ops", ("sum by (instance) (rate(connect_cache_feed_sweep_failures_total[5m]))", "{{instance}}")) { Width = 12 },
    ];

    private static IReadOnlyList<Panel> Redis =>
    [
        new("Time of operations, 95 %", "s", ("operation:connect_cache_redis_seconds:p95_5m", "{{operation}}")),
        new("Operations", "ops", ("sum by (operation, result) (rate(connect_cache_redis_operation_duration_seconds_count[5m]))", "{{operation}} {{result}}")),
        new("Failures", "ops", ("kind:connect_cache_redis_failures:rate5m", "{{kind}}")) { Description = "open: not asked, because the breaker is open." },
        new("Breaker", "short", ("connect_cache_redis_breaker", "{{instance}}")) { Description = "1 while open.", Maximum = 1 },
        new("Bytes", "Bps", ("sum by (direction) (rate(connect_cache_redis_io_bytes_total[5m]))", "{{direction}}")),
        new(
            "Payloads that were not kept", "ops",
            ("sum by (type) (rate(connect_cache_payloads_refused_total[5m]))", "{{type}} too large"),
            ("sum by (type) (rate(connect_cache_payloads_undeserializable_total[5m]))", "{{type}} unreadable")),
    ];

    private static IReadOnlyList<Panel> Scraping =>
    [
        new("Since the last successful run", "s", ("agency:connect_scraper_age:seconds", "{{agency}}")),
        new("Runs in an hour", "short", ("sum by (agency, status) (increase(connect_scraper_runs_total[1h]))", "{{agency}} {{status}}")),
        new("Suspicious runs in an hour", "short", ("sum by (agency, reason) (increase(connect_scraper_suspicious_runs_total[1h]))", "{{agency}} {{reason}}")),
        new("Time of runs, half of them", "s", (Percentile(0.5, "connect_scraper_run_duration_seconds", "agency"), "{{agency}}")),
        new("Programs in an hour", "short", ("sum by (outcome) (increase(connect_scraper_programs_total[1h]))", "{{outcome}}")),
        new("Rows in an hour", "short", ("sum by (outcome) (increase(connect_scraper_rows_total[1h]))", "{{outcome}}")),
    ];

    private static IReadOnlyList<Panel> Warming =>
    [
        new("Rankings in an hour", "short", ("sum by (outcome) (increase(connect_cache_warming_organizations_total[1h]))", "{{outcome}}")),
        new("Time of warmings, half of them", "s", (Percentile(0.5, "connect_cache_warming_duration_seconds", "trigger, status"), "{{trigger}} {{status}}")),
        new("Under way", "short", ("sum(connect_cache_warming_running)", "warmings")),
    ];

    private static IReadOnlyList<Panel> Explanations =>
    [
        new("Texts", "ops", ("sum by (source) (rate(connect_explanations_texts_total[5m]))", "{{source}}")),
        new("Written by rules", "ops", ("sum by (reason) (rate(connect_explanations_fallbacks_total[5m]))", "{{reason}}")),
        new("Calls of the model", "ops", ("sum by (outcome) (rate(connect_explanations_calls_total[5m]))", "{{outcome}}")),
        new(
            "Time, 95 %", "s",
            (Percentile(0.95, "connect_explanations_call_duration_seconds"), "call"),
            (Percentile(0.95, "connect_explanations_wait_duration_seconds"), "wait")),
        new("Tokens in an hour", "short", ("sum by (kind) (increase(connect_explanations_tokens_total[1h]))", "{{kind}}")),
        new("Cost in an hour", "currencyKRW", ("sum(increase(connect_explanations_cost_KRW_total[1h]))", "KRW")),
    ];

    private static IReadOnlyList<Panel> Mail =>
    [
        new("Sent in an hour", "short", ("sum(increase(connect_mail_sent_total[1h]))", "mails")),
        new("Failures in an hour", "short", ("sum by (kind) (increase(connect_mail_failures_total[1h]))", "{{kind}}")),
        new("Waiting", "short", ("max(connect_mail_waiting)", "mails")),
        new("Age of the oldest that waits", "s", ("max(connect_mail_oldest_age_seconds)", "age")),
    ];

    private static IReadOnlyList<Panel> Services =>
    [
        new("Alive", "short", ("role:connect_up:count", "{{role}}")),
        new("Requests", "reqps", ("sum by (http_response_status_code) (rate(http_server_request_duration_seconds_count[5m]))", "{{http_response_status_code}}")),
        new("Time of requests, 95 %", "s", (Percentile(0.95, "http_server_request_duration_seconds", "role"), "{{role}}")),
        new("Refused to others than administrators", "ops", ("sum by (method, status) (rate(connect_administration_refused_total[5m]))", "{{method}} {{status}}")),
        new("Alerts", "short", ("ALERTS{alertstate=\"firing\"}", "{{alertname}} {{instance}}")) { Width = 16 },
    ];

    private static string Percentile(double share, string histogram, string? by = null) => FormattableString.Invariant(
        $"histogram_quantile({share}, sum by ({(by is null ? "le" : $"{by}, le")}) (rate({histogram}_bucket[5m])))");
}
