-- A key with a value in the column that is new with the migration IdempotencyStatus. Released files are not changed.
insert into idempotency_keys select (jsonb_populate_record(k, '{"key": "key of a scrape", "operation": "scrapes.request", "result_status": 200}')).*
from idempotency_keys k where key = 'key';
