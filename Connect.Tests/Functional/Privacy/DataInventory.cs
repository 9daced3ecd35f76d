namespace Connect.Tests.Functional.Privacy;

/// <summary>
/// Every column of every table: personal (it names a person, or belongs to one), or anonymous. A new column belongs into one of the two
/// lists, and a new table into docs/privacy.md, too.
/// </summary>
internal static class DataInventory
{
    public static IReadOnlyDictionary<string, (string[] Personal, string[] Anonymous)> Tables { get; } =
        new Dictionary<string, (string[] Personal, string[] Anonymous)>
        {
            ["api_keys"] = (
                ["administrator_id", "created_by", "last_used_at", "name", "previous_secret_hash", "secret_hash"],
                ["created_at", "expires_at", "id", "organization_id", "previous_expires_at", "revoked_at", "scope"]),
            ["app_secrets"] = (
                [],
                ["name", "protected_value"]),
            ["audit_entries"] = (
                ["target", "user_id"],
                ["at", "completed_at", "id", "method", "route", "status", "trace_id"]),
            ["boards"] = (
                [],
                ["agency", "announced_at", "detail_evidence", "enabled", "evidence_seen", "list_evidence"]),
            ["cache_evictions"] = (
                ["tags"],
                ["at", "cause_id", "id", "reason"]),
            ["cache_generations"] = (
                ["tag"],
                ["bumped_at", "generation", "reason", "xid"]),
            ["cache_instances"] = (
                [],
                ["address", "id", "name", "role", "seen_at", "started_at", "statistics"]),
            ["cache_minutes"] = (
                [],
                [
                    "computation_seconds", "computations", "layer", "memory", "minute", "miss", "queries", "redis", "stale",
                    "timed_hit_seconds", "timed_hits",
                ]),
            ["cache_warmings"] = (
                [],
                [
                    "as_of", "attempts", "completed_at", "error", "failed", "id", "organizations", "queries", "requested_at",
                    "requests", "skipped", "started_at", "status", "trigger", "warmed",
                ]),
            ["data_protection_keys"] = (
                [],
                ["friendly_name", "id", "xml"]),
            ["explanation_allowances"] = (
                ["full_at", "key"],
                []),
            ["explanation_budget_days"] = (
                [],
                ["cost_micro_krw", "day", "tokens"]),
            ["explanation_calls"] = (
                [],
                [
                    "called_at", "cost_micro_krw", "duration_ms", "id", "input_tokens", "language", "model", "outcome",
                    "output_tokens",
                ]),
            ["explanations"] = (
                [],
                ["created_at", "input_hash", "language", "model", "text"]),
            ["host_limits"] = (
                [],
                ["host", "next_request_at"]),
            ["idempotency_keys"] = (
                ["key", "request_hash", "result_ids", "user_id"],
                ["created_at", "operation", "result_status"]),
            ["invitations"] = (
                ["email", "invited_by", "normalized_email", "token_hash"],
                ["created_at", "expires_at", "id", "organization_id", "role"]),
            ["mails"] = (
                ["html", "key", "recipient", "subject", "text", "user_id"],
                [
                    "attempts", "completed_at", "created_at", "expires_at", "id", "last_error", "next_attempt_at",
                    "organization_id", "status", "template",
                ]),
            ["match_mark_changes"] = (
                ["note", "user_id"],
                ["at", "dismissal_reason", "from_status", "id", "key_id", "match_id", "to_status"]),
            ["matches"] = (
                ["marked_by", "note"],
                [
                    "algorithm_version", "computed_at", "deadline_points", "dismissal_reason", "id", "industry_points", "marked_at",
                    "marked_by_key", "matches_generation", "organization_generation", "organization_id", "program_id",
                    "programs_generation", "rank", "rnd_points", "saved", "score", "status", "status_at", "trl_points", "type_points",
                    "viewed",
                ]),
            ["organization_activity"] = (
                [],
                ["last_active_at", "organization_id"]),
            ["organizations"] = (
                [
                    "address", "business_number_encrypted", "business_number_hash", "description", "name",
                    "primary_contact_email", "primary_contact_name", "primary_contact_phone", "website",
                ],
                [
                    "business_structure", "collaboration_count", "company_scale", "created_at", "deactivated_at",
                    "employee_count", "established_on", "excluded_sectors", "id", "industry_sector", "institute_type",
                    "key_technologies", "profile_completed", "profile_score", "rd_experience", "regions", "research_focus_areas",
                    "revenue_range", "status", "target_research_trl", "technology_readiness_level", "type", "updated_at",
                ]),
            ["program_changes"] = (
                [],
                ["changed_at", "fields", "id", "kind", "program_id", "run_id"]),
            ["program_corrections"] = (
                ["reason", "user_id"],
                ["board_value", "conflict_at", "corrected_at", "field", "id", "program_id", "value"]),
            ["program_postings"] = (
                [],
                [
                    "address", "agency", "budget_amount", "checked_at", "etag", "first_seen_at", "kind", "last_modified",
                    "list_hash", "missed_runs", "program_id", "url", "vanished_at",
                ]),
            ["programs"] = (
                [],
                [
                    "agency", "announcement_url", "announcing_agency", "application_start", "attachment_names", "board_type",
                    "budget_amount", "category", "classifier_version", "created_at", "deadline", "description", "evidence",
                    "fingerprint", "id", "identity_key", "keywords", "kind", "max_trl", "min_trl", "ministry", "periods",
                    "phase", "published_at", "regions", "search_head", "search_text", "search_title", "sectors", "series_key",
                    "stated_max_trl", "stated_min_trl", "stated_target_types", "status", "target_types", "title", "traits", "updated_at",
                ]),
            ["role_claims"] = (
                [],
                ["claim_type", "claim_value", "id", "role_id"]),
            ["roles"] = (
                [],
                ["concurrency_stamp", "id", "name", "normalized_name"]),
            ["scrape_pages"] = (
                [],
                ["address", "findings", "kept_at", "reason", "run_id", "text"]),
            ["scrape_rows"] = (
                [],
                [
                    "address", "agency", "announcement_url", "announcing_agency", "application_start", "attachment_names",
                    "attempt", "board_type", "budget_amount", "category", "classifier_version", "created_at", "deadline",
                    "description", "etag", "evidence", "fingerprint", "id", "identity_key", "keywords", "kind", "last_modified",
                    "list_hash", "max_trl", "min_trl", "ministry", "ordinal", "outcome", "periods", "published_at", "run_id",
                    "sectors", "series_key", "staged_at", "stated_max_trl", "stated_min_trl", "stated_target_types", "status", "target_types",
                    "title", "traits", "updated_at",
                ]),
            ["scrape_runs"] = (
                [],
                [
                    "agency", "attempts", "changed", "completed_at", "error", "failed", "found", "id", "new", "not_modified",
                    "progress_at", "reposted", "requested_at", "row_errors", "started_at", "status", "trigger", "unchanged",
                    "vanished",
                ]),
            ["user_claims"] = (
                ["claim_type", "claim_value", "user_id"],
                ["id"]),
            ["user_logins"] = (
                ["login_provider", "provider_display_name", "provider_key", "user_id"],
                []),
            ["user_passkeys"] = (
                ["credential_id", "data", "user_id"],
                []),
            ["user_roles"] = (
                ["user_id"],
                ["role_id"]),
            ["user_sessions"] = (
                ["client", "created_at", "end_reason", "ended_at", "expires_at", "id", "last_used_at", "sequence", "user_id"],
                []),
            ["user_tokens"] = (
                ["login_provider", "name", "user_id", "value"],
                []),
            ["users"] = (
                [
                    "access_failed_count", "concurrency_stamp", "email", "email_confirmed", "id", "last_challenge_at",
                    "last_code_step", "lockout_enabled", "lockout_end", "normalized_email", "normalized_user_name", "organization_id",
                    "organization_role", "password_hash", "phone_number", "phone_number_confirmed", "security_stamp",
                    "two_factor_enabled", "user_name",
                ],
                []),
        };
}
