-- Teams tells of feedback under which message it was given alone.

create index outbox_feedback on outbox (message_id) where reply -> 'feedback' is not null;
