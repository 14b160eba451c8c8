-- A notice can take the place of an earlier one about the same thing.

alter table outbox add column card text;

create index outbox_card on outbox (card, id) where card is not null;
