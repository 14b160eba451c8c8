import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { onTestFinished } from 'vitest';
import { Arrivals } from './stand-in.ts';

/** A request as the model's server got it. */
export interface ChatRequest {
  readonly system: string;
  readonly human: string;
  /** The whole body, as it came over the wire. */
  readonly body: string;
  readonly path: string;
  readonly headers: IncomingMessage['headers'];
}

/** What the model's server does with a request. */
export type Reaction =
  /** Streams a text in pieces, a promise holds up the next one; `ends` is how it goes on after the last. */
  | {
      readonly say: string | readonly (string | Promise<unknown>)[];
      readonly ends?: 'stop' | 'length' | 'cut' | 'hang';
    }
  | { readonly refuse: string }
  | { readonly status: number }
  | { readonly raw: string }
  | 'hang';

/** The chat completions of OpenAI's interface, on the wire. */
export class ChatModelStandIn {
  readonly requests = new Arrivals<ChatRequest>();
  /** How an answer is written. */
  answer: (request: ChatRequest) => Reaction = () => ({ say: 'NOT FOUND' });
  /** How a question is made into one that search can work with. */
  standalone: (request: ChatRequest) => Reaction = ({ human }) => ({ say: lastFenced(human) });
  /** What is said at the head of a digest. */
  headline: (request: ChatRequest) => Reaction = () => ({ say: 'Nothing waits.' });
  url = '';

  async start(): Promise<this> {
    const server = createServer((request, response) => void this.#handle(request, response));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    this.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    onTestFinished(() => {
      server.closeAllConnections();
      server.close();
    });
    return this;
  }

  /** Settings that lead Steward here. */
  get settings(): Record<string, string> {
    return {
      OPENAI_API_KEY: 'key-of-the-test',
      OPENAI_BASE_URL: `${this.url}/v1`,
      OPENAI_CHAT_MODEL: 'model-of-the-test',
    };
  }

  async #handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const body = Buffer.concat(chunks).toString();
    const { messages } = JSON.parse(body) as { messages: { role: string; content: string }[] };
    const contentOf = (role: string) => messages.find((message) => message.role === role)?.content ?? '';
    const asked = {
      system: contentOf('system'),
      human: contentOf('user'),
      body,
      path: request.url ?? '',
      headers: request.headers,
    };
    this.requests.push(asked);
    await react(this.#reactionTo(asked), response);
  }

  #reactionTo(asked: ChatRequest): Reaction {
    if (asked.system.includes('prepare questions')) return this.standalone(asked);
    return asked.system.includes('head of a weekly digest') ? this.headline(asked) : this.answer(asked);
  }
}

/** The text between the last two fences: the question. */
export function lastFenced(human: string): string {
  return /^(===.*===)\n((?:(?!===).)*)\n\1$/ms.exec(human.slice(human.lastIndexOf(':\n\n===')))?.[2] ?? '';
}

async function react(reaction: Reaction, response: ServerResponse): Promise<void> {
  if (reaction === 'hang') return;
  if ('status' in reaction) {
    response.writeHead(reaction.status, { 'content-type': 'application/json' });
    response.end(JSON.stringify({ error: { message: 'refused by the test', type: 'test', code: null } }));
    return;
  }
  response.writeHead(200, { 'content-type': 'text/event-stream' });
  if ('raw' in reaction) {
    response.end(reaction.raw);
    return;
  }
  if ('refuse' in reaction) {
    response.write(event({ delta: { refusal: reaction.refuse } }));
    return finish(response, 'stop');
  }
  for (const piece of typeof reaction.say === 'string' ? piecesOf(reaction.say) : reaction.say) {
    if (typeof piece === 'string') await sent(response, event({ delta: { content: piece } }));
    else await piece;
  }
  const { ends = 'stop' } = reaction;
  if (ends === 'cut') response.destroy();
  else if (ends !== 'hang') finish(response, ends);
}

function finish(response: ServerResponse, reason: string): void {
  response.write(event({ delta: {}, finish_reason: reason }));
  response.write(`data: ${JSON.stringify({ choices: [], usage: { prompt_tokens: 1200, completion_tokens: 34 } })}\n\n`);
  response.end('data: [DONE]\n\n');
}

/** Resolves when the text has left, so that a stream that is cut then is cut behind it. */
function sent(response: ServerResponse, text: string): Promise<void> {
  return new Promise((resolve) => response.write(text, () => resolve()));
}

/** Of a few characters each, so that no border of a piece means anything. */
function piecesOf(text: string): string[] {
  return text.match(/.{1,7}/gs) ?? [];
}

function event(choice: object): string {
  return `data: ${JSON.stringify({ id: 'chatcmpl-test', object: 'chat.completion.chunk', choices: [{ index: 0, ...choice }] })}\n\n`;
}
