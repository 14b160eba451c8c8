-- Action items: what somebody has to do by a day. People call them ACT-1, ACT-2, ...
create table action_item (
  id           bigint generated always as identity primary key,
  text         text not null,
  owner_id     uuid not null references person,
  due_on       date not null,
  state        text not null default 'open' check (state in ('open', 'done', 'withdrawn')),
  -- Its owner and whoever made it see it too.
  visibility   text not null check (visibility in ('everyone', 'committee', 'auditors')),
  -- What it follows from: ('system', 'AIS-3'); see src/records/reference.ts. Both are null where nobody said.
  source_kind  text,
  source_ref   text,
  version      int not null default 1,
  -- What its owner, and then the lead, have been told of this due date by itself: 'soon', 'late', 'escalated'.
  told         text check (told in ('soon', 'late', 'escalated')),
  created_by   uuid references person,
  created_at   timestamptz not null,
  closed_by    uuid references person,
  closed_at    timestamptz,
  check ((source_kind is null) = (source_ref is null)),
  check ((state = 'open') = (closed_at is null))
);

create index action_item_owner on action_item (owner_id) where state = 'open';
create index action_item_due on action_item (due_on) where state = 'open';
create index action_item_closed on action_item (closed_at) where state <> 'open';
create index action_item_created on action_item (created_at);
create index action_item_source on action_item (source_kind, source_ref);

-- Every version that there was, each as it was from then on. Rows are added, never changed, but for an erasure.
create table action_item_version (
  item_id     bigint not null references action_item,
  version     int not null,
  act         text not null check (act in ('created', 'changed', 'extended', 'handed_over', 'done', 'withdrawn', 'reopened')),
  text        text not null,
  owner_id    uuid not null references person,
  due_on      date not null,
  state       text not null,
  visibility  text not null,
  reason      text,
  by_id       uuid references person,
  at          timestamptz not null,
  primary key (item_id, version)
);
