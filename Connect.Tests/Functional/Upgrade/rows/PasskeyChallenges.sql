-- A user with a value in the column that is new with the migration PasskeyChallenges. Released files are not changed.
insert into users (id, last_challenge_at, user_name, normalized_user_name, email, normalized_email, email_confirmed, security_stamp, concurrency_stamp, phone_number_confirmed, two_factor_enabled, lockout_enabled, access_failed_count)
values ('01a20873-0000-7000-8000-000000000031', '2026-11-01 00:00Z', 'passkey@example.com', 'PASSKEY@EXAMPLE.COM', 'passkey@example.com', 'PASSKEY@EXAMPLE.COM', true, 'stamp', 'stamp', false, false, true, 0);
