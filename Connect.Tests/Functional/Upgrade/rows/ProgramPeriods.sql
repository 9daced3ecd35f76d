-- A program with values in the column that is new with the migration ProgramPeriods. Released files are not changed.
insert into programs (
    agency, announcement_url, announcing_agency, application_start, attachment_names, board_type, budget_amount, category,
    classifier_version, created_at, deadline, description, evidence, fingerprint, id, identity_key, keywords, kind, max_trl,
    min_trl, ministry, periods, published_at, sectors, stated_max_trl, stated_min_trl, stated_target_types, status, target_types,
    title, traits, updated_at)
select
    agency, announcement_url, announcing_agency, application_start, attachment_names, board_type, budget_amount, category,
    classifier_version, created_at, deadline, description, evidence, fingerprint, id, identity_key, keywords, kind, max_trl,
    min_trl, ministry, periods, published_at, sectors, stated_max_trl, stated_min_trl, stated_target_types, status, target_types,
    title, traits, updated_at
from (
    select (jsonb_populate_record(p, '{
    "id": "01a20873-0000-7000-8000-000000000021", "identity_key": "identity with rounds",
    "periods": [
        {"start": "2026-11-01T00:00:00+09:00", "end": "2026-11-30T18:00:00+09:00", "isReplaced": true},
        {"start": "2026-11-01T00:00:00+09:00", "end": "2026-12-31T18:00:00+09:00", "isReplaced": false},
        {"start": null, "end": null, "isReplaced": false}]}')).*
    from programs p where id = '01a20873-0000-7000-8000-000000000008') row;
