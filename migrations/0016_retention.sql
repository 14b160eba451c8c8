-- What is removed when its time is over is found by its age.

create index inbox_done on inbox (done_at) where done_at is not null;
-- The row stays, because its key names the message for ever; what was said, and to whom, goes.
create index outbox_kept on outbox (created_at) where reply <> '{}'::jsonb;
create index waiting_message_age on waiting_message (created_at);
create index answer_kept on answer (at) where text <> '';
create index answer_asker on answer (asker_id);
create index answer_feedback_kept on answer_feedback (at) where comment is not null or (not is_helpful and closed_at is null);
create index knowledge_gap_closed on knowledge_gap (closed_at) where closed_at is not null;
create index thread_message_person on thread_message (person_id) where person_id is not null;
