-- A posting with a value in the column that is new with the migration PostingAmounts. Released files are not changed.
insert into program_postings select (jsonb_populate_record(p, '{"agency": "NTIS", "address": "/view.do?id=1", "budget_amount": 9007199254740993}')).*
from program_postings p where agency = 'IITP' and address = 'https://board.example/1';
