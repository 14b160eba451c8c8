-- Models and AI features as records of their own, each linked to the systems that contain it. People call them MOD-1 and FEA-2.
create table ai_component (
  id          bigint generated always as identity primary key,
  kind        text not null check (kind in ('model', 'feature')),
  name        text not null,
  vendor      text,
  version     text,
  note        text,
  created_by  uuid references person,
  created_at  timestamptz not null
);

create unique index ai_component_name on ai_component (kind, lower(name), lower(coalesce(version, '')));

create table ai_system_component (
  system_id     bigint not null references ai_system,
  component_id  bigint not null references ai_component,
  linked_by     uuid references person,
  linked_at     timestamptz not null,
  primary key (system_id, component_id)
);

create index ai_system_component_component on ai_system_component (component_id);

create index ai_system_assessment_due on ai_system (id) where assessment_due;
