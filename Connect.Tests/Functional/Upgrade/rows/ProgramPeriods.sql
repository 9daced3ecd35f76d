-- A program with values in the column that is new with the migration ProgramPeriods. Released files are not changed.
insert into programs select (jsonb_populate_record(p, '{
    "id": "01a20873-0000-7000-8000-000000000021", "identity_key": "identity with rounds",
    "periods": [
        {"start": "2026-11-01T00:00:00+09:00", "end": "2026-11-30T18:00:00+09:00", "isReplaced": true},
        {"start": "2026-11-01T00:00:00+09:00", "end": "2026-12-31T18:00:00+09:00", "isReplaced": false},
        {"start": null, "end": null, "isReplaced": false}]}')).*
from programs p where id = '01a20873-0000-7000-8000-000000000008';
