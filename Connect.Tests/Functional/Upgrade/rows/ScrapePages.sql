-- A row of every table and values in every column that are new with the migration ScrapePages. Released files are not changed.
insert into boards values ('KEIT', false, '2026-11-03 00:00Z', 'Description', '2026-08', 'SavedPage');
insert into scrape_pages values (
    '01a20873-0000-7000-8000-000000000003', 'LayoutLost', '/board/list.do?menu', '<table><th>제목</th></table>',
    '[{"setting": "Table:Headings", "expected": "공고명, 마감일", "found": "제목", "isThere": false}]', '2026-11-01 00:02Z');
