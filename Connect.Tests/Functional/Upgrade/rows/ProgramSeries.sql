-- A program with a value in the column that is new with the migration ProgramSeries. Released files are not changed.
insert into programs (
    agency, announcement_url, announcing_agency, application_start, attachment_names, board_type, budget_amount, category,
    classifier_version, created_at, deadline, description, evidence, fingerprint, id, identity_key, keywords, kind, max_trl,
    min_trl, ministry, periods, published_at, sectors, series_key, stated_max_trl, stated_min_trl, stated_target_types, status,
    target_types, title, traits, updated_at)
select
    agency, announcement_url, announcing_agency, application_start, attachment_names, board_type, budget_amount, category,
    classifier_version, created_at, deadline, description, evidence, fingerprint, id, identity_key, keywords, kind, max_trl,
    min_trl, ministry, periods, published_at, sectors, series_key, stated_max_trl, stated_min_trl, stated_target_types, status,
    target_types, title, traits, updated_at
from (
    select (jsonb_populate_record(p, '{
    "id": "01a20873-0000-7000-8000-000000000022", "identity_key": "identity of a series",
    "series_key": "1:00112233445566778899aabbccddeeff"}')).*
    from programs p where id = '01a20873-0000-7000-8000-000000000008') row;
