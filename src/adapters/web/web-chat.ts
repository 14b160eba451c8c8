import { randomUUID } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import express, { type Express, type Request, type RequestHandler, type Response } from 'express';
import type { Logger } from 'pino';
import { z } from 'zod';
import type { Channel, Receiver } from '../../chat/channel.ts';
import { SUGGESTED_QUESTIONS } from '../../chat/suggested-questions.ts';
import type { Content, Turn } from '../../chat/turn.ts';
import type { Clock } from '../../clock.ts';
import type { Db } from '../../database/database.ts';
import type { Downloads } from '../../downloads/downloads.ts';
import type { Command } from '../../features/feature.ts';
import { mountDownloads } from '../downloads.ts';
import { refuseBadRequest } from '../server.ts';
import { EXAMPLE_PEOPLE, EXAMPLE_WORKSPACE, exampleSender, roleName } from './example-people.ts';
import { readConversations, readHistory } from './history.ts';
import { readPage } from './page.ts';
import { exampleAudience } from './reader.ts';
import { storeUpload } from './uploads.ts';
import { WebChannel } from './web-channel.ts';

/**
 * The local web chat, for trying Steward: one page, and the HTTP interface it uses. It listens on the loopback address alone,
 * knows example people only and trusts whoever reaches it.
 *
 *   GET  /api/start                                the example people, questions to begin with, the commands, and
 *                                                  whether the organisation is an example
 *   GET  /api/people/ID/conversations              an example person's conversations, the newest first
 *   POST /api/files                                takes a file, as its bytes. 201 with `{ id }`, by which a message names it
 *   POST /api/turns                                says, presses or submits something: see `TurnBody`. 202 when taken in; 422
 *                                                  with `errors` for a form that is filled in wrongly
 *   GET  /api/conversations/ID/messages?after=N    what was said, as JSON
 *   GET  /api/conversations/ID/events              the same as it happens, as server-sent events: `message`, `working`,
 *                                                  and `draft`, an answer so far as `{ html }`, which its message replaces
 *   GET  /api/pages/ID?person=PERSON                a cited page, where the example person may see it
 *   GET  /files/TOKEN                              the file behind a link in a message
 *
 * A conversation's id is `PERSON.NAME`: the example person, a full stop, and any name of letters, digits and hyphens.
 */
export interface WebChat {
  readonly server: Express;
  readonly channel: Channel;
  /** Ends the open event streams, so that the server can close. */
  disconnect(): void;
}

const PAGE_FOLDER = fileURLToPath(new URL('./page', import.meta.url));

const ConversationId = z.string().regex(/^[a-z]{1,20}\.[a-zA-Z0-9-]{1,64}$/);

/** A file that was uploaded before. */
const AttachedFile = z.object({ id: z.uuid(), name: z.string().min(1).max(300) });

const TurnBody = z.object({
  conversation: ConversationId,
  /** Names the delivery: sending the same id again does nothing. */
  id: z
    .string()
    .min(1)
    .max(64)
    .refine((id) => !id.includes('\0'), 'must not contain a NUL character')
    .optional(),
  content: z.discriminatedUnion('kind', [
    z.object({ kind: z.literal('message'), text: z.string(), files: z.array(AttachedFile).max(20).optional() }),
    z.object({ kind: z.literal('action'), action: z.string().max(2_000) }),
    z.object({
      kind: z.literal('form'),
      form: z.string().max(100),
      values: z.record(z.string().max(100), z.string().max(10_000)),
    }),
  ]),
});

export interface WebChatParts {
  readonly db: Db;
  readonly clock: Clock;
  readonly receiver: Receiver;
  readonly commands: readonly Command[];
  readonly downloads: Downloads;
  /** The database holds the example organisation, which the page says. */
  readonly isExample: boolean;
  readonly log: Logger;
  /** Of a file, in bytes. */
  readonly fileLimit: number;
}

export function webChat({
  db,
  clock,
  receiver,
  commands,
  downloads,
  isExample,
  log,
  fileLimit,
}: WebChatParts): WebChat {
  const channel = new WebChannel(db);
  const streams = new Set<Response>();
  const server = express();
  server.disable('x-powered-by');
  server.use(refuseForeignPages, secureHeaders, refuseZeroCharacters);
  server.use(express.static(PAGE_FOLDER));
  server.get('/api/start', (_request, response) => {
    const people = EXAMPLE_PEOPLE.map((person) => ({ id: person.id, name: person.name, role: roleName(person) }));
    const usages = commands.map(({ name, usage, summary }) => ({ name, usage, summary }));
    response.json({ people, questions: SUGGESTED_QUESTIONS, commands: usages, isExample });
  });
  server.get('/api/people/:id/conversations', async (request, response) => {
    response.json(await readConversations(db, String(request.params['id'])));
  });
  server.post('/api/files', express.raw({ type: () => true, limit: fileLimit }), async (request, response) => {
    // Without a body there is no buffer.
    const bytes = Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0);
    response.status(201).json({ id: await storeUpload(db, bytes) });
  });
  server.post('/api/turns', express.json({ limit: '2mb' }), async (request, response) => {
    const body = TurnBody.safeParse(request.body);
    if (!body.success) {
      response.status(400).json({ error: z.prettifyError(body.error) });
      return;
    }
    const { content } = body.data;
    const errors = content.kind === 'form' ? receiver.checkForm(content.form, content.values) : {};
    if (Object.keys(errors).length > 0) {
      response.status(422).json({ errors });
      return;
    }
    const turn = asTurn(body.data);
    if (!turn) {
      response.status(404).json({ error: 'There is no such example person. GET /api/start lists them.' });
      return;
    }
    response.status(202).json({ id: turn.deliveryId, status: await receiver.receive(turn) });
  });
  server.get('/api/conversations/:id/messages', async (request, response) => {
    const after = z.coerce.number().int().min(0).catch(0).parse(request.query['after']);
    response.json(await readHistory(db, conversationOf(request), after));
  });
  server.get('/api/conversations/:id/events', (request, response) => {
    streams.add(response);
    const { sender, address } = placeOf(conversationOf(request)) ?? {};
    if (sender && address) void receiver.arrive(sender, address);
    response.on('close', () => streams.delete(response));
    streamEvents(db, channel, request, response);
  });
  server.get('/api/pages/:id', async (request, response) => {
    const audience = await exampleAudience(db, String(request.query['person']), clock.today());
    const page = await readPage(db, String(request.params['id']), audience);
    if (page) response.json(page);
    else response.status(404).json({ error: 'There is no such page.' });
  });
  mountDownloads(server, downloads, log);
  server.use(refuseBadRequest(log));
  return { server, channel, disconnect: () => streams.forEach((stream) => void stream.end()) };
}

function asTurn({ conversation, id, content }: z.infer<typeof TurnBody>): Turn | undefined {
  const place = placeOf(conversation);
  return (
    place && {
      deliveryId: id ?? randomUUID(),
      conversation: { id: conversation, kind: 'direct', sharedOutside: false },
      content: content.kind === 'message' ? message(content) : content,
      ...place,
    }
  );
}

function message({
  text,
  files = [],
}: {
  readonly text: string;
  readonly files?: z.infer<typeof AttachedFile>[] | undefined;
}): Content {
  const shared = files.map(({ id, name }) => ({ name, mediaType: undefined, size: undefined, source: { upload: id } }));
  return { kind: 'message', text, ...(shared.length > 0 ? { files: shared } : {}) };
}

/** Who speaks in a conversation, and where it is; undefined where it is no example person's. */
function placeOf(conversation: string): Pick<Turn, 'sender' | 'address'> | undefined {
  const person = conversation.slice(0, Math.max(0, conversation.indexOf('.')));
  if (!EXAMPLE_PEOPLE.some((example) => example.id === person)) return undefined;
  return {
    sender: exampleSender(person),
    address: { platform: 'web', workspace: EXAMPLE_WORKSPACE, conversation, thread: conversation, route: {} },
  };
}

function conversationOf(request: Request): string {
  return ConversationId.catch('').parse(request.params['id']);
}

/** Sends what was said since the last message the page has, then whatever is said. */
function streamEvents(db: Db, channel: WebChannel, request: Request, response: Response): void {
  const conversation = conversationOf(request);
  let last = z.coerce
    .number()
    .int()
    .min(0)
    .catch(0)
    .parse(request.get('last-event-id') ?? request.query['after']);
  let reading = Promise.resolve();
  response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store' });
  response.write('retry: 1000\n\n');
  const readOn = async () => {
    for (const message of await readHistory(db, conversation, last)) {
      last = message.id;
      response.write(`id: ${message.id}\nevent: message\ndata: ${JSON.stringify(message)}\n\n`);
    }
  };
  const unsubscribe = channel.subscribe(conversation, (event) => {
    if (event === 'working') response.write('event: working\ndata: {}\n\n');
    else if (event !== 'said') response.write(`event: draft\ndata: ${JSON.stringify({ html: event.draft })}\n\n`);
    // One after the other, so that no message is sent twice. A failed read ends the stream; the page comes back for the rest.
    else reading = reading.then(readOn).catch(() => void response.end());
  });
  reading = reading.then(readOn).catch(() => void response.end());
  response.on('close', unsubscribe);
}

/** A page of another origin, or a name that an attacker points at the loopback address, gets nothing. */
const refuseForeignPages: RequestHandler = (request, response, next) => {
  const host = request.get('host') ?? '';
  const isLocal = /^(localhost|127\.0\.0\.1|\[::1\])(:\d+)?$/.test(host);
  const origin = request.get('origin');
  if (isLocal && (origin === undefined || origin === `http://${host}`)) return next();
  response.status(403).json({ error: 'The web chat answers its own page only.' });
};

/** PostgreSQL's texts cannot hold them. */
const refuseZeroCharacters: RequestHandler = (request, response, next) => {
  if (!request.url.includes('%00')) return next();
  response.status(400).json({ error: 'This request cannot be read.' });
};

const secureHeaders: RequestHandler = (_request, response, next) => {
  response.set({
    'content-security-policy':
      "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; " +
      "base-uri 'none'; form-action 'self'; frame-ancestors 'none'",
    'x-content-type-options': 'nosniff',
    'referrer-policy': 'no-referrer',
  });
  next();
};
