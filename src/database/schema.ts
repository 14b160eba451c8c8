import type { ColumnType, Generated, JSONColumnType } from 'kysely';

/** The tables as TypeScript sees them; `migrations/` is where they are defined and explained. */
export interface Schema {
  event_log: EventLogTable;
  person: PersonTable;
  person_identity: PersonIdentityTable;
  role_assignment: RoleAssignmentTable;
  channel_audience: ChannelAudienceTable;
  inbox: InboxTable;
  outbox: OutboxTable;
  thread_message: ThreadMessageTable;
  document: DocumentTable;
  document_reader: DocumentReaderTable;
  document_version: DocumentVersionTable;
  chunk: ChunkTable;
  posting: PostingTable;
  index_statistics: IndexStatisticsTable;
  vocabulary: VocabularyTable;
  model_use: ModelUseTable;
  embedding_model: EmbeddingModelTable;
  person_address: PersonAddressTable;
  waiting_message: WaitingMessageTable;
  answer: AnswerTable;
  answer_feedback: AnswerFeedbackTable;
  knowledge_gap: KnowledgeGapTable;
  knowledge_gap_asker: KnowledgeGapAskerTable;
  ai_system: AiSystemTable;
  ai_system_version: AiSystemVersionTable;
  intake: IntakeTable;
  intake_answer: IntakeAnswerTable;
  open_point: OpenPointTable;
  action_item: ActionItemTable;
  action_item_version: ActionItemVersionTable;
  decision: DecisionTable;
  decision_participant: DecisionParticipantTable;
  interviewee: IntervieweeTable;
  intake_said: IntakeSaidTable;
  review_comment: ReviewCommentTable;
  intake_decision: IntakeDecisionTable;
  ai_component: AiComponentTable;
  ai_system_component: AiSystemComponentTable;
  content: ContentTable;
  evidence: EvidenceTable;
  evidence_version: EvidenceVersionTable;
  evidence_draft: EvidenceDraftTable;
  web_upload: WebUploadTable;
  evidence_reminder: EvidenceReminderTable;
  document_requirement: DocumentRequirementTable;
  document_system: DocumentSystemTable;
  download_link: DownloadLinkTable;
  register_import: RegisterImportTable;
  kpi_setting: KpiSettingTable;
  kpi_entry: KpiEntryTable;
  kpi_snapshot: KpiSnapshotTable;
  digest_channel: DigestChannelTable;
  digest: DigestTable;
  kpi_review: KpiReviewTable;
  kpi_review_participant: KpiReviewParticipantTable;
  kpi_review_snapshot: KpiReviewSnapshotTable;
}

/** Columns the database fills when left out. */
type Time = ColumnType<Date, Date | string | undefined, Date | string>;
type OptionalTime = ColumnType<Date | null, Date | string | null | undefined, Date | string | null>;
/** `date` columns stay text (YYYY-MM-DD): they mean a day in the organisation's time zone, not a moment. */
type Day = string | null;

/** `numeric`, which comes as text, so that no digit is lost. */
type Money = ColumnType<string | null, number | null | undefined, number | null>;

interface EventLogTable {
  sequence: number;
  at: Date;
  actor: JSONColumnType<object>;
  on_behalf_of: string | null;
  action: string;
  subject: string;
  detail: JSONColumnType<object>;
  salt: Buffer;
  inner_hash: Buffer;
  previous_hash: Buffer;
  hash: Buffer;
}

interface PersonTable {
  id: Generated<string>;
  display_name: string;
  email: string | null;
  is_example: Generated<boolean>;
  created_at: Time;
  joined_into: string | null;
  erased_at: OptionalTime;
}

interface PersonIdentityTable {
  platform: string;
  workspace: string;
  user_id: string;
  person_id: string;
  standing: string;
  standing_since: Time;
  checked_at: Time;
}

interface RoleAssignmentTable {
  id: Generated<number>;
  person_id: string;
  role: string;
  deputy_id: string | null;
  ends_on: Day;
  given_by: string | null;
  given_at: Time;
  withdrawn_by: string | null;
  withdrawn_at: OptionalTime;
}

interface ChannelAudienceTable {
  id: Generated<number>;
  platform: string;
  workspace: string;
  conversation: string;
  name: string | null;
  audience: string;
  address: JSONColumnType<object>;
  registered_by: string;
  registered_at: Time;
  revision: Generated<number>;
  checked_at: OptionalTime;
  checked_on: Day;
}

interface InboxTable {
  id: Generated<number>;
  platform: string;
  workspace: string;
  delivery_id: string;
  turn: JSONColumnType<object>;
  received_at: Time;
  attempts: Generated<number>;
  leased_until: OptionalTime;
  done_at: OptionalTime;
  failure: string | null;
  sender: ColumnType<object, never, never>;
  round: Generated<number>;
  shown_at: OptionalTime;
  noticed_at: OptionalTime;
  draft: string | null;
}

interface OutboxTable {
  id: Generated<number>;
  key: string;
  platform: string;
  address: JSONColumnType<object>;
  reply: JSONColumnType<object>;
  card: string | null;
  replaces: string | null;
  created_at: Time;
  attempts: Generated<number>;
  next_attempt_at: Time;
  leased_until: OptionalTime;
  is_doubtful: Generated<boolean>;
  is_watched: Generated<boolean>;
  trouble: string | null;
  sent_at: OptionalTime;
  message_id: string | null;
  failed_at: OptionalTime;
  failure: string | null;
}

interface ThreadMessageTable {
  id: Generated<number>;
  platform: string;
  workspace: string;
  conversation: string;
  thread: string;
  person_id: string | null;
  text: string;
  reply: JSONColumnType<object> | null;
  at: Time;
}

interface DocumentTable {
  id: Generated<number>;
  key: string;
  kind: 'guidance' | 'evidence' | 'reviewed_answer';
  visibility: 'everyone' | 'committee' | 'auditors' | 'named';
  owner_id: string | null;
}

interface DocumentReaderTable {
  document_id: number;
  person_id: string;
}

interface DocumentVersionTable {
  id: Generated<number>;
  document_id: number;
  title: string;
  sha256: Buffer;
  metadata: JSONColumnType<object>;
  effective_on: Day;
  valid_until: Day;
  created_at: Time;
  superseded_at: OptionalTime;
}

interface ChunkTable {
  id: Generated<number>;
  version_id: number;
  document_id: number;
  position: number;
  section: string;
  heading_path: string;
  body: string;
}

interface PostingTable {
  term: string;
  field: number;
  chunk_id: number;
  tf: number;
  length: number;
}

interface IndexStatisticsTable {
  passages: number;
  learned_from: Buffer | null;
  average_length: number[];
  guidance_passages: number;
  field_passages: number[];
}

interface VocabularyTable {
  term: string;
  frequency: number;
  guidance_frequency: Generated<number>;
}

interface EmbeddingModelTable {
  model: string;
  table_name: string;
  dimensions: number;
  created_at: Time;
  complete_at: OptionalTime;
  indexed_at: OptionalTime;
}

interface PersonAddressTable {
  person_id: string;
  platform: string;
  address: JSONColumnType<object>;
  used_at: Time;
}

interface WaitingMessageTable {
  id: Generated<number>;
  key: string;
  person_id: string;
  reply: JSONColumnType<object>;
  created_at: Time;
}

interface AnswerTable {
  id: Generated<number>;
  asker_id: string;
  platform: string;
  conversation: string;
  question: string;
  text: string;
  is_declined: boolean;
  sources: JSONColumnType<object>;
  topic: string | null;
  topic_title: string | null;
  model: string | null;
  prompt_version: string | null;
  input_tokens: number | null;
  output_tokens: number | null;
  milliseconds: number | null;
  cost: Money;
  at: Time;
}

interface AnswerFeedbackTable {
  answer_id: number;
  person_id: string;
  is_helpful: boolean;
  reason: string | null;
  comment: string | null;
  at: Time;
  closed_at: OptionalTime;
  closed_by: string | null;
}

interface KnowledgeGapTable {
  id: Generated<number>;
  question: string;
  topic: string | null;
  topic_title: string | null;
  state: ColumnType<'open' | 'answered' | 'withdrawn', 'open' | undefined, 'answered' | 'withdrawn'>;
  opened_at: Time;
  closed_at: OptionalTime;
  closed_by: string | null;
  document_id: number | null;
}

interface KnowledgeGapAskerTable {
  gap_id: number;
  person_id: string;
  question: string;
  fingerprint: string;
  platform: string;
  asked_at: Time;
}

interface AiSystemTable {
  id: Generated<number>;
  name: string;
  owner_id: string | null;
  state: string;
  version: number;
  content: JSONColumnType<object>;
  stage: string | null;
  tier: string;
  roles: string[];
  impact_depth: string;
  personal_data: string[];
  completeness: number;
  assessment_due: Generated<boolean>;
  review_on: Day;
  submitted_by: string | null;
  reviewer_id: string | null;
  created_by: string | null;
  created_at: Time;
  changed_at: Time;
}

interface AiSystemVersionTable {
  system_id: number;
  version: number;
  act: string;
  state: string;
  content: JSONColumnType<object>;
  changes: JSONColumnType<object>;
  reason: string | null;
  by_id: string | null;
  at: Time;
}

interface IntakeTable {
  id: Generated<number>;
  system_id: number;
  state: Generated<string>;
  step: string | null;
  version: Generated<number>;
  started_by: string;
  changed_at: Time;
}

interface IntakeAnswerTable {
  intake_id: number;
  topic: string;
  text: string;
  facts: JSONColumnType<object>;
  mark: string;
  version: number;
  by_id: string;
  at: Time;
}

interface OpenPointTable {
  id: Generated<number>;
  system_id: number;
  topic: string;
  question: string;
  why: string;
  person_id: string | null;
  state: Generated<string>;
  answer: string | null;
  raised_by: string | null;
  raised_at: Time;
  closed_by: string | null;
  closed_at: OptionalTime;
}

interface ActionItemTable {
  id: Generated<number>;
  text: string;
  owner_id: string;
  due_on: string;
  state: ColumnType<'open' | 'done' | 'withdrawn', 'open' | undefined, 'open' | 'done' | 'withdrawn'>;
  visibility: 'everyone' | 'committee' | 'auditors';
  source_kind: string | null;
  source_ref: string | null;
  version: Generated<number>;
  told: ColumnType<'soon' | 'late' | 'escalated' | null, undefined, 'soon' | 'late' | 'escalated' | null>;
  created_by: string | null;
  created_at: Time;
  closed_by: string | null;
  closed_at: OptionalTime;
}

interface ActionItemVersionTable {
  item_id: number;
  version: number;
  act: 'created' | 'changed' | 'extended' | 'handed_over' | 'done' | 'withdrawn' | 'reopened';
  text: string;
  owner_id: string;
  due_on: string;
  state: 'open' | 'done' | 'withdrawn';
  visibility: 'everyone' | 'committee' | 'auditors';
  reason: string | null;
  by_id: string | null;
  at: Time;
}

interface DecisionTable {
  id: Generated<number>;
  text: string;
  outcome: 'approved' | 'refused' | 'deferred' | 'decided';
  reason: string | null;
  about_kind: string | null;
  about_ref: string | null;
  others: string | null;
  decided_on: string;
  visibility: 'everyone' | 'committee' | 'auditors';
  recorded_by: string | null;
  recorded_at: Time;
  withdrawn_by: string | null;
  withdrawn_at: OptionalTime;
  withdrawn_because: string | null;
}

interface DecisionParticipantTable {
  decision_id: number;
  person_id: string;
}

interface ContentTable {
  sha256: Buffer;
  bytes: Buffer;
  size: ColumnType<number, never, never>;
}

interface EvidenceTable {
  document_id: number;
  added_by: string;
  added_at: Time;
  withdrawn_at: OptionalTime;
  withdrawn_by: string | null;
  withdrawn_because: string | null;
}

interface EvidenceVersionTable {
  version_id: number;
  document_id: number;
  number: number;
  kind: string;
  content: Buffer;
  file_name: string;
  media_type: string;
  is_text_cut: boolean;
  made_by: string | null;
}

interface EvidenceDraftTable {
  id: Generated<string>;
  person_id: string;
  content: Buffer;
  file_name: string;
  media_type: string;
  is_text_cut: boolean;
  passages: JSONColumnType<object>;
  proposal: JSONColumnType<object>;
  owner_id: string;
  replaces: number | null;
  created_at: Time;
}

interface EvidenceReminderTable {
  document_id: number;
  valid_until: string;
  stage: string;
  reminded_at: Time;
}

interface WebUploadTable {
  id: Generated<string>;
  bytes: Buffer;
  created_at: Time;
}

interface DocumentRequirementTable {
  version_id: number;
  requirement: string;
  reason: string;
}

interface DocumentSystemTable {
  version_id: number;
  system: string;
  reason: string;
}

interface ModelUseTable {
  id: Generated<number>;
  at: Time;
  purpose: string;
  prompt_version: number;
  model: string;
  input_tokens: number;
  output_tokens: number;
  milliseconds: number;
  outcome: string;
  cost: Money;
}

interface IntervieweeTable {
  person_id: string;
  intake_id: number | null;
  topic: string | null;
  stage: string;
  seen: number;
  card: string;
  asked_at: Time;
}

interface IntakeSaidTable {
  intake_id: number;
  topic: string;
  text: string;
  facts: JSONColumnType<object>;
  by_id: string;
  at: Time;
}

interface ReviewCommentTable {
  id: Generated<number>;
  system_id: number;
  topic: string;
  comment: string;
  by_id: string;
  at: Time;
  closed_at: OptionalTime;
}

interface AiComponentTable {
  id: Generated<number>;
  kind: string;
  name: string;
  vendor: string | null;
  version: string | null;
  note: string | null;
  created_by: string | null;
  created_at: Time;
}

interface AiSystemComponentTable {
  system_id: number;
  component_id: number;
  linked_by: string | null;
  linked_at: Time;
}

interface IntakeDecisionTable {
  intake_id: number;
  decided: JSONColumnType<object>;
  reason: string;
  facts: JSONColumnType<object>;
  by_id: string;
  at: Time;
}

interface RegisterImportTable {
  person_id: string;
  id: Generated<string>;
  asked_at: Time;
  file_name: string | null;
  rows: JSONColumnType<object> | null;
}

interface DownloadLinkTable {
  token_hash: Buffer;
  person_id: string;
  kind: string;
  argument: string;
  expires_at: Time;
}

interface KpiSettingTable {
  id: Generated<number>;
  kpi: string;
  owner_id: string | null;
  target: number | null;
  frequency: string;
  reason: string;
  by_id: string | null;
  at: Time;
}

interface KpiEntryTable {
  id: Generated<number>;
  kpi: string;
  formula: number;
  value: number;
  part: number | null;
  whole: number | null;
  measured_on: string;
  note: string;
  by_id: string;
  at: Time;
}

interface KpiReviewTable {
  id: Generated<number>;
  quarter: string | null;
  event: string | null;
  called_by: string | null;
  called_on: string;
  called_at: Time;
  held_on: Day;
  others: string | null;
  outcome: string | null;
  recorded_by: string | null;
  recorded_at: OptionalTime;
}

interface KpiReviewParticipantTable {
  review_id: number;
  person_id: string;
}

interface KpiReviewSnapshotTable {
  review_id: number;
  snapshot_id: number;
}

interface KpiSnapshotTable {
  id: Generated<number>;
  kpi: string;
  formula: number;
  value: number | null;
  part: number | null;
  whole: number | null;
  target: number | null;
  records: JSONColumnType<object>;
  measured_on: string;
  taken_on: string;
  taken_at: Time;
}

interface DigestChannelTable {
  id: Generated<number>;
  platform: string;
  workspace: string;
  conversation: string;
  address: JSONColumnType<object>;
  name: string | null;
  person_id: string | null;
  weekday: number;
  time: string;
  time_zone: string;
  is_paused: Generated<boolean>;
  since: Time;
  set_by: string;
  ended_at: OptionalTime;
}

interface DigestTable {
  id: Generated<number>;
  channel_id: number;
  period: string;
  due_at: Time;
  composed_at: Time;
  content: JSONColumnType<object>;
  state: ColumnType<DigestState, DigestState | undefined, DigestState>;
  attempt: Generated<number>;
}

type DigestState = 'sending' | 'posted' | 'doubtful' | 'refused' | 'given_up';
