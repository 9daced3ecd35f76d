-- A row of every table, as the version of the migration Initial writes it. Released files are not changed.
insert into app_secrets values ('business-number-hash', 'CfDJ8protected');
insert into audit_entries values ('01a20873-0000-7000-8000-000000000001', '2026-11-01 00:00Z', '01a20873-0000-7000-8000-000000000002', 'POST', '/api/admin/cache/evict', 'tag=programs', '0af7651916cd43dd8448eb211c80319c', 204, '2026-11-01 00:00:01Z');
insert into boards values ('IITP', true, '2026-11-01 00:00Z');
insert into cache_evictions values (7, '2026-11-01 00:00:00.123456Z', '{programs,matches}', 'scrape', '01a20873-0000-7000-8000-000000000003');
insert into cache_generations values ('programs', 1793491200000001, '7654321', 'scrape', '2026-11-01 00:00Z');
insert into cache_instances values ('01a20873-0000-7000-8000-000000000004', 'api-1', 'api', '2026-11-01 00:00Z', '2026-11-01 00:01Z', '{"layers": []}', 'http://10.0.0.1:8080');
insert into cache_minutes values ('2026-11-01 00:00Z', 'matches', 1, 2, 3, 4, 5, 0.25, 6, 7, 0.000125);
insert into cache_warmings values ('01a20873-0000-7000-8000-000000000005', 'Administrator', 'Failed', 2, '2026-11-02 00:00Z', '2026-11-01 00:00Z', '2026-11-01 00:01Z', '2026-11-01 00:02Z', 1, 10, 8, 1, 1, 12, 'timeout');
insert into data_protection_keys values (1, 'key-1', '<key id="1" />');
insert into explanation_allowances values ('user:01a20873', '2026-11-01 00:00Z');
insert into explanation_budget_days values ('2026-11-01', 1234, 5678);
insert into explanation_calls values ('01a20873-0000-7000-8000-000000000006', '2026-11-01 00:00Z', 'model-1', 'Ko', 'Answered', 100, 50, 700, 1500);
insert into explanations values ('0f', 'En', 'model-1', 'A text.', '2026-11-01 00:00Z');
insert into host_limits values ('board.example', '2026-11-01 00:00Z');
insert into organizations (id, type, status, name, business_number_encrypted, business_number_hash, business_structure, industry_sector, employee_count, revenue_range, rd_experience, collaboration_count, technology_readiness_level, target_research_trl, institute_type, company_scale, established_on, regions, excluded_sectors, research_focus_areas, key_technologies, primary_contact_name, primary_contact_email, primary_contact_phone, address, website, description, profile_completed, profile_score, created_at, updated_at)
values ('01a20873-0000-7000-8000-000000000007', 'Company', 'Active', '(주)예시', 'CfDJ8number', 'hash-of-number', 'Corporation', 'Ict', 'From10To50', 'From1BTo10B', true, 3, 5, 7, 'PrivateResearch', 'Sme', '2020-02-29', '{Seoul,Busan}', '{Defense}', '{소재}', '{인공지능}', '홍길동', 'contact@example.com', '02-000-0000', '서울', 'https://example.com', '설명', true, 90, '2026-11-01 00:00Z', '2026-11-01 00:01Z');
insert into programs values ('01a20873-0000-7000-8000-000000000008', 'IITP', 'Call', 'Active', '인공지능 기술개발사업 공고', '본문', '과학기술정보통신부', '정보통신기획평가원', 'R&D', '{인공지능}', '{Ict}',
    '{"sectors": [{"sector": "ICT", "words": ["인공지능"]}], "sectorOrigin": "WORDS", "regions": ["SEOUL"], "intent": "APPLIED_RESEARCH", "trlConfidence": "EXPLICIT", "requirements": {"structure": "CORPORATION", "largestScale": "MID_SIZED", "maxYears": 7, "isDesignated": true}}',
    '[{"what": "sector", "value": "ICT", "words": ["인공지능"], "source": "TITLE"}]',
    '1', '{Company}', 4, 6, '{Company}', 4, 6, 9007199254740993, '2026-11-01 00:00Z', '2026-11-02 00:00Z', '2026-12-31 09:00Z', 'https://board.example/1', '{공고문.hwp}', 'identity', 'fingerprint', '2026-11-01 00:00Z', '2026-11-01 00:01Z');
insert into roles values ('01a20873-0000-7000-8000-000000000009', 'admin', 'ADMIN', 'stamp');
insert into scrape_runs values ('01a20873-0000-7000-8000-000000000003', 'IITP', 'Schedule', 'Suspicious', '2026-11-01 00:00Z', '2026-11-01 00:01Z', '2026-11-01 00:02Z', 1, '2026-11-01 00:01:30Z', 9, 1, 2, 3, 4, 5, 6, 7, 'too few', '{"row 1"}');
insert into organization_activity values ('01a20873-0000-7000-8000-000000000007', '2026-11-01 00:00Z');
insert into users values ('01a20873-0000-7000-8000-000000000002', '01a20873-0000-7000-8000-000000000007', 'user@example.com', 'USER@EXAMPLE.COM', 'user@example.com', 'USER@EXAMPLE.COM', true, 'hash', 'stamp', 'stamp', '02-000-0000', true, true, '2026-11-01 00:00Z', true, 2);
insert into matches values ('01a20873-0000-7000-8000-00000000000a', '01a20873-0000-7000-8000-000000000007', '01a20873-0000-7000-8000-000000000008', 78, 20, 20, 20, 10, 8, 1, '1.0', 1, 2, 3, true, true, '2026-11-01 00:00Z');
insert into program_changes overriding system value values (5, '01a20873-0000-7000-8000-000000000008', '01a20873-0000-7000-8000-000000000003', 'Changed', '2026-11-01 00:00Z', '[{"field": "title", "old": "이전", "new": null}]');
insert into program_postings values ('IITP', 'https://board.example/1', '01a20873-0000-7000-8000-000000000008', 'https://board.example/1', 'list-hash', '"1"', 'Sun, 01 Nov 2026 00:00:00 GMT', '2026-11-01 00:00Z', '2026-11-01 00:01Z', 2, '2026-11-01 00:02Z');
insert into role_claims values (1, '01a20873-0000-7000-8000-000000000009', 'type', 'value');
insert into idempotency_keys values ('01a20873-0000-7000-8000-000000000002', 'key', 'organizations.create', 'hash', '{01a20873-0000-7000-8000-000000000007}', '2026-11-01 00:00Z');
insert into user_claims values (1, '01a20873-0000-7000-8000-000000000002', 'type', 'value');
insert into user_logins values ('issuer', 'subject', 'Issuer', '01a20873-0000-7000-8000-000000000002');
insert into user_roles values ('01a20873-0000-7000-8000-000000000002', '01a20873-0000-7000-8000-000000000009');
insert into user_tokens values ('01a20873-0000-7000-8000-000000000002', 'issuer', 'name', 'value');
insert into scrape_rows (
    run_id, address, attempt, ordinal, outcome, staged_at, list_hash, etag, last_modified,
    id, agency, kind, status, title, description, ministry, announcing_agency, category, keywords, sectors, traits, evidence,
    classifier_version, target_types, min_trl, max_trl, stated_target_types, stated_min_trl, stated_max_trl, budget_amount,
    published_at, application_start, deadline, announcement_url, attachment_names, identity_key, fingerprint, created_at,
    updated_at)
select '01a20873-0000-7000-8000-000000000003', 'https://board.example/1', 1, 0, 0, '2026-11-01 00:00Z', 'list-hash', '"1"', 'Sun, 01 Nov 2026 00:00:00 GMT',
    id, agency, kind, status, title, description, ministry, announcing_agency, category, keywords, sectors, traits, evidence,
    classifier_version, target_types, min_trl, max_trl, stated_target_types, stated_min_trl, stated_max_trl, budget_amount,
    published_at, application_start, deadline, announcement_url, attachment_names, identity_key, fingerprint, created_at,
    updated_at
from programs;
