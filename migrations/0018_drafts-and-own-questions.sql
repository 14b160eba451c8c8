-- On platforms where the draft of a reply is a message, the reply takes its place, also when another process finishes the turn.

-- The platform's id of the message that shows the draft of the reply.
alter table inbox add column draft text;

-- The platform's id of the message whose place this one takes.
alter table outbox add column replaces text;

-- A person's start page lists their questions that wait.
create index knowledge_gap_asker_person on knowledge_gap_asker (person_id, gap_id);
