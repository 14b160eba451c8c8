-- What channels may see, people who turned out to be one, people who left, and deliveries that belong to their senders.

-- Channels that the compliance lead registered. A channel that is not here sees what everyone in the organisation may see.
create table channel_audience (
  id             bigint generated always as identity primary key,
  platform       text not null check (platform in ('slack', 'teams', 'web')),
  workspace      text not null,
  conversation   text not null,
  -- What people call the channel, where the platform tells.
  name           text,
  audience       text not null check (audience in ('committee', 'auditors')),
  -- Where the channel is asked about, and told.
  address        jsonb not null,
  registered_by  uuid not null references person,
  registered_at  timestamptz not null,
  -- Counts what may have changed who can read the channel. A check counts for the revision that it began with.
  revision       integer not null default 0,
  -- When every member was last seen to hold the role, and on which day; null where that has to be seen anew.
  checked_at     timestamptz,
  checked_on     date,
  unique (platform, workspace, conversation)
);

-- Since when the platform says so.
alter table person_identity add column standing_since timestamptz not null default now();

alter table person
  -- The person whom this one turned out to be. Old entries of the event log still name this one.
  add column joined_into uuid references person,
  add column erased_at timestamptz;
create index person_joined_into on person (joined_into) where joined_into is not null;

-- A delivery's id names it among those of its sender alone: nobody can have another's turn taken for a repeat.
alter table inbox drop constraint inbox_platform_workspace_delivery_id_key;
create unique index inbox_delivery on inbox (sender, workspace, delivery_id);

-- Who answers for the text of a reviewed answer.
create index document_version_reviewer on document_version ((metadata #>> '{reviewer,id}'))
  where superseded_at is null and metadata ? 'reviewer';
