-- A row of every table and values in every column that are new with the migration MatchMarks. Released files are not changed.
update matches set status = 'Dismissed', dismissal_reason = 'NoCapacity', note = '내년에', status_at = '2026-11-02 00:00Z', marked_at = '2026-11-03 00:00Z', marked_by = '01a20873-0000-7000-8000-000000000022', marked_by_key = '01a20873-0000-7000-8000-000000000024' where id = '01a20873-0000-7000-8000-00000000000a';
insert into match_mark_changes (id, match_id, at, user_id, key_id, from_status, to_status, dismissal_reason, note)
values ('01a20873-0000-7000-8000-000000000041', '01a20873-0000-7000-8000-00000000000a', '2026-11-02 00:00Z', '01a20873-0000-7000-8000-000000000022', '01a20873-0000-7000-8000-000000000024', 'Interested', 'Dismissed', 'NoCapacity', '내년에');
