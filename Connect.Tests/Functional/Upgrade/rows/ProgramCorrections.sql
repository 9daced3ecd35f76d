-- A row of every table that is new with the migration ProgramCorrections. Released files are not changed.
insert into program_corrections values ('01a20873-0000-7000-8000-000000000020', '01a20873-0000-7000-8000-000000000008', 'Deadline', '2026-12-31T18:00:00+09:00', '2026-12-24T18:00:00+09:00', '공고문의 마감', '01a20873-0000-7000-8000-000000000002', '2026-11-01 00:00Z', '2026-11-02 00:00Z');
