import { sql } from 'kysely';
import type { Logger } from 'pino';
import type { Adapter } from './adapters/adapter.ts';
import { mountDownloads } from './adapters/downloads.ts';
import { listen, platformServer, refuseBadRequest, refuseTakenPort } from './adapters/server.ts';
import { type SlackParts, slackAdapter } from './adapters/slack/slack.ts';
import { teamsAdapter } from './adapters/teams/teams.ts';
import { seedExamplePeople } from './adapters/web/example-people.ts';
import { webChat } from './adapters/web/web-chat.ts';
import { Assistant } from './assistant/assistant.ts';
import { ChannelWatch } from './assistant/channel-watch.ts';
import { Switchboard } from './assistant/switchboard.ts';
import { defineJobs } from './background-jobs.ts';
import type { Channel } from './chat/channel.ts';
import type { Trouble } from './chat/trouble.ts';
import type { Platform } from './chat/turn.ts';
import { systemClock } from './clock.ts';
import type { Config } from './config.ts';
import type { Database } from './database/database.ts';
import { UnusableDatabase } from './database/migrate.ts';
import { DocumentReader } from './documents/document-reader.ts';
import { Downloads } from './downloads/downloads.ts';
import { readHead } from './event-log/event-log.ts';
import { governedChange } from './event-log/governed-change.ts';
import { loadSigningKey } from './event-log/head.ts';
import { fillExample, holdsExample } from './example/fill.ts';
import { ACTIONS_COMMANDS, actionsFeature } from './features/actions/actions.ts';
import { ACTION_ITEMS_FILE, DECISIONS_FILE, decisionsFile, itemsFile } from './features/actions/export.ts';
import { ASK_COMMANDS, askFeature } from './features/ask/ask.ts';
import { EVIDENCE_FILE, evidenceFile } from './features/ask/evidence-file.ts';
import { AUDIENCE_COMMANDS, audienceFeature } from './features/audience/audience.ts';
import { DIGEST_COMMANDS, digestFeature } from './features/digest/digest.ts';
import type { DigestParts } from './features/digest/parts.ts';
import { refreshDigests } from './features/digest/refresh.ts';
import { ERASE_COMMANDS, eraseFeature } from './features/erase/erase.ts';
import { EVIDENCE_COMMANDS, evidenceFeature } from './features/evidence/evidence.ts';
import { FileDesk } from './features/evidence/file-desk.ts';
import { EXPORT_COMMANDS, exportFeature } from './features/export/export.ts';
import { PACKAGE_FILE, packageFile } from './features/export/package-file.ts';
import type { Command, Feature } from './features/feature.ts';
import { HELP_COMMANDS, helpFeature } from './features/help/help.ts';
import { INTAKE_COMMANDS, intakeFeature } from './features/intake/intake.ts';
import { KPI_COMMANDS, kpiFeature } from './features/kpi/kpi.ts';
import { KPI_REVIEWS_FILE, kpiReviewsFile } from './features/kpi/review-files.ts';
import { MINE_COMMANDS, mineFeature } from './features/mine/mine.ts';
import { QUESTIONS_COMMANDS, questionsFeature } from './features/questions/questions.ts';
import { REGISTER_FILE, registerFile } from './features/register/export.ts';
import { REGISTER_COMMANDS, registerFeature } from './features/register/register.ts';
import { ROLES_COMMANDS, rolesFeature } from './features/roles/roles.ts';
import { releaseAllTurns } from './inbox/inbox.ts';
import { Jobs } from './jobs/jobs.ts';
import { Metrics } from './metrics.ts';
import { usedThisMonth } from './models/model-use.ts';
import { openLanguage, openVectors, openWithGuidance } from './open.ts';
import { Administrators } from './outbox/administrators.ts';
import { Departures } from './outbox/departures.ts';
import { DirectMessages } from './outbox/direct-messages.ts';
import { Outbox, releaseAllMessages } from './outbox/outbox.ts';
import { ChannelCheck } from './people/channel-check.ts';
import { type Ownership, roleOwnership } from './people/ownership.ts';
import { People } from './people/people.ts';
import { openActionItems } from './records/action-item/item-ownership.ts';
import { openPointsToAnswer, ownedSystems } from './records/ai-system/system-ownership.ts';
import { ownedEvidence } from './records/evidence/evidence-ownership.ts';
import { ownedKpis } from './records/kpi/kpi-ownership.ts';
import { askedQuestions, reviewedAnswers } from './records/question-ownership.ts';

/** What can be said after `/aims`, in the order in which it is listed. */
export const COMMANDS: readonly Command[] = [
  ...ASK_COMMANDS,
  ...MINE_COMMANDS,
  ...INTAKE_COMMANDS,
  ...REGISTER_COMMANDS,
  ...EVIDENCE_COMMANDS,
  ...KPI_COMMANDS,
  ...ACTIONS_COMMANDS,
  ...ROLES_COMMANDS,
  ...AUDIENCE_COMMANDS,
  ...QUESTIONS_COMMANDS,
  ...DIGEST_COMMANDS,
  ...EXPORT_COMMANDS,
  ...ERASE_COMMANDS,
  ...HELP_COMMANDS,
];

/** What people are responsible for, and leave to others when they go. */
const OWNERSHIP: readonly Ownership[] = [
  roleOwnership,
  ownedSystems,
  openPointsToAnswer,
  ownedEvidence,
  ownedKpis,
  reviewedAnswers,
  askedQuestions,
  openActionItems,
];

/** Where nobody else reaches this machine. */
const LOOPBACK = '127.0.0.1';

/** A running Steward. */
export interface App {
  readonly database: Database;
  /** The port of the platforms' endpoints. */
  readonly port: number;
  /** Where to chat in a browser; undefined where the web chat is off. */
  readonly webChatUrl: string | undefined;
  /** Finishes what was begun, then stops. Asking twice stops once. */
  stop(): Promise<void>;
}

/**
 * Builds everything from the configuration and starts it. Where that fails, what was started is stopped again.
 *
 * @param progress told in a few words what is being done, for whoever waits
 * @param example fills an empty database with the example organisation
 */
export async function startApp(
  config: Config,
  log: Logger,
  progress: (step: string) => void,
  { example = false }: { readonly example?: boolean } = {},
): Promise<App> {
  const metrics = new Metrics();
  for (const sentence of config.unused) log.warn(sentence);
  await refuseTakenPort(config.port, platformsHost(config));
  if (config.webChatPort !== undefined) await refuseTakenPort(config.webChatPort, LOOPBACK);
  await using started = new AsyncDisposableStack();
  const database = await openWithGuidance(config, log, progress, metrics);
  started.defer(() => database.close());
  const { db } = database;
  if (database.kind === 'embedded') {
    await releaseAllTurns(db);
    await releaseAllMessages(db);
  }
  await recordInstallation(database);

  const clock = systemClock(config.timeZone);
  if (example) await fillExample(db, clock, progress);
  const isExample = await holdsExample(db);
  if (isExample && (config.slack || config.teams)) throw new UnusableDatabase(NO_REAL_PEOPLE);
  const channels = new Map<Platform, Channel>();
  const jobs = new Jobs(database, config.timeZone, log);
  const sendIn = (seconds: number) => jobs.soon('send-outbox', seconds);
  const tell = (trouble: Trouble) => administrators.tell(trouble);
  const outbox = new Outbox({ db, channels, log, tryAgainIn: sendIn, tell });
  const directMessages = new DirectMessages(outbox, channels);
  const administrators = new Administrators({ db, clock, log, directMessages, sendSoon: () => sendIn(0) });
  const people = new People(db, clock, config.administrators, (sender, place) => {
    const channel = channels.get(sender.platform);
    if (!channel) throw new Error(`${sender.platform} is not switched on.`);
    return channel.profile(sender, place);
  });
  const vectors = openVectors(config, db, log, tell);
  const language = await openLanguage(config, db, log, { observe: (use) => metrics.observeModelCall(use), tell });
  const signingKey = () => loadSigningKey(config.eventLogKeyFile);
  const makers = new Map([
    [REGISTER_FILE, registerFile({ db, clock })],
    [ACTION_ITEMS_FILE, itemsFile({ db, clock })],
    [DECISIONS_FILE, decisionsFile({ db, clock })],
    [EVIDENCE_FILE, evidenceFile({ db, clock })],
    [PACKAGE_FILE, packageFile({ db, clock, log, timeZone: config.timeZone, signingKey })],
    [KPI_REVIEWS_FILE, kpiReviewsFile({ db })],
  ]);
  const downloads = new Downloads({ db, clock, publicUrl: config.publicUrl, makers });
  const ask = askFeature({ db, clock, vectors, downloads, writers: language?.writers });
  const channelCheck = new ChannelCheck({ people, channels });
  const reader = new DocumentReader({ size: config.evidenceBytes });
  started.defer(() => reader.close());
  const desk = new FileDesk({ channels, reader, limit: config.evidenceBytes });
  const evidence = evidenceFeature({ db, clock, people, desk });
  const checkSoon = () => jobs.soon('check-channels', 0);
  const channelWatch = new ChannelWatch({ db, clock, log, channelCheck, outbox, directMessages, checkSoon });
  const digests: DigestParts = {
    ...{ db, clock, log, timeZone: config.timeZone, channels, outbox, directMessages, readers: channelWatch },
    signingKey,
    writer: language?.headline,
    sendIn,
  };
  const working: readonly Feature[] = [
    ask,
    intakeFeature({ db, clock, people, reader: language?.reader }),
    registerFeature({ db, clock, people, downloads, channels, reviewMonths: config.reviewMonths }),
    evidence,
    kpiFeature({ db, clock, people, downloads }),
    actionsFeature({ db, clock, people, downloads }),
    rolesFeature({ db, clock, people, ownership: OWNERSHIP }),
    audienceFeature({ db, channelCheck }),
    questionsFeature({ db, clock }),
    digestFeature(digests),
    exportFeature({ db, clock, downloads, timeZone: config.timeZone }),
    eraseFeature({ db, clock }),
    helpFeature(COMMANDS),
  ];
  // What waits for somebody stands first on their start page.
  const features = [mineFeature({ clock, features: working }), ...working];
  const departures = new Departures({ db, clock, ownership: OWNERSHIP, directMessages, sendSoon: () => sendIn(0) });
  const switchboard = new Switchboard(features, { questions: ask, files: evidence });
  const assistant = new Assistant({
    db,
    log,
    people,
    switchboard,
    features,
    outbox,
    directMessages,
    channelWatch,
    departures,
    channels,
    observe: (outcome, seconds) => metrics.observeTurn(outcome, seconds),
    afterPress: () => refreshDigests(digests),
  });

  const server = platformServer({
    ready: () => probe(database),
    async metrics() {
      if (config.models.chat) metrics.showModelMonth(await usedThisMonth(db, config.models.chat.prices));
      return metrics.text();
    },
  });
  const opensForm = (command: string) => switchboard.opensForm(command);
  const adapters = platformAdapters(config, { receiver: assistant, opensForm, log, tell });
  for (const adapter of adapters) {
    channels.set(adapter.channel.platform, adapter.channel);
    adapter.mount(server);
  }
  mountDownloads(server, downloads, log);
  server.use(refuseBadRequest(log));
  const chat =
    config.webChatPort === undefined
      ? undefined
      : webChat({
          db,
          clock,
          receiver: assistant,
          commands: COMMANDS,
          downloads,
          isExample,
          log,
          fileLimit: config.evidenceBytes,
        });
  if (chat) {
    channels.set('web', chat.channel);
    await seedExamplePeople(db, people, clock.today());
  }

  progress('Starting background jobs');
  started.defer(() => jobs.stop());
  await jobs.start();
  await defineJobs({ ...digests, jobs, people, departures, channelWatch, vectors, retention: config.retention });
  started.defer(() => assistant.stop());
  assistant.start();
  const platforms = await listen(server, config.port, platformsHost(config));
  started.defer(() => platforms.close());
  for (const adapter of adapters) {
    started.defer(() => adapter.stop?.());
    await adapter.start?.();
  }
  const local = chat && (await listen(chat.server, config.webChatPort ?? 0, LOOPBACK));
  started.defer(async () => {
    chat?.disconnect();
    await local?.close();
  });
  const running = started.move();
  let stopping: Promise<void> | undefined;
  return {
    database,
    port: platforms.port,
    webChatUrl: local && `http://localhost:${local.port}`,
    // A stack that is disposed of already does nothing, but does not wait either.
    stop() {
      stopping ??= running.disposeAsync();
      return stopping;
    },
  };
}

function platformAdapters({ slack, teams }: Config, parts: Omit<SlackParts, 'config'>): Adapter[] {
  return [
    ...(slack ? [slackAdapter({ ...parts, config: slack })] : []),
    ...(teams ? [teamsAdapter({ ...parts, config: teams })] : []),
  ];
}

const NO_REAL_PEOPLE =
  'This database holds the example organisation, which is invented. Give Slack and Teams another database: set DATABASE_URL or ' +
  'STEWARD_DATA.';

/** With no platform switched on there is nobody outside to listen to. @returns undefined for every interface */
function platformsHost({ slack, teams }: Config): string | undefined {
  return slack || teams ? undefined : LOOPBACK;
}

/** The first entry of every event log. */
async function recordInstallation({ db, kind }: Database): Promise<void> {
  if ((await readHead(db)).sequence > 0) return;
  await governedChange(db, { kind: 'system' }, async (change) => {
    change.record({ action: 'installation.started', subject: 'installation', detail: { database: kind } });
  });
}

async function probe({ db }: Database): Promise<void> {
  await sql`select 1`.execute(db);
}
