import { randomUUID } from 'node:crypto';
import type { WebMessage } from '../../src/adapters/web/history.ts';
import type { App } from '../../src/app.ts';
import type { Chatter, GivenFile, SeenReply } from './chatter.ts';

type StewardMessage = Extract<WebMessage, { from: 'steward' }>;

/** An example person at the web chat's HTTP interface. */
export class WebChatter implements Chatter {
  readonly platform = 'web';
  /** What was shown of answers while they were being written, as HTML. */
  readonly drafts: string[] = [];
  /** Called with each of them. */
  onDraft: () => void = () => {};
  readonly #url: string;
  readonly #conversation: string;
  #last = 0;
  #form: string | undefined;

  constructor(app: App, person = 'jon') {
    this.#url = app.webChatUrl ?? '';
    this.#conversation = `${person}.${randomUUID()}`;
  }

  say(text: string): Promise<SeenReply> {
    return this.#turn({ kind: 'message', text });
  }

  command(text: string): Promise<SeenReply> {
    return this.say(`/aims ${text}`);
  }

  async give({ name, bytes }: GivenFile, text = ''): Promise<SeenReply> {
    const response = await fetch(`${this.#url}/api/files`, {
      method: 'POST',
      headers: { 'content-type': 'application/octet-stream' },
      body: new Uint8Array(bytes),
    });
    if (response.status !== 201) throw new Error(`The file was refused with ${response.status}.`);
    const { id } = (await response.json()) as { id: string };
    return this.#turn({ kind: 'message', text, files: [{ id, name }] });
  }

  press(action: string): Promise<SeenReply> {
    return this.#turn({ kind: 'action', action });
  }

  submit(values: Record<string, string>): Promise<SeenReply> {
    return this.#turn({ kind: 'form', form: this.#form, values });
  }

  async hear(): Promise<SeenReply> {
    return this.#seen(await this.#nextReply());
  }

  /** @returns the user id by which forms name an example person */
  userId(person: string): string {
    return person;
  }

  /** Sends a turn as the page does, and gives the status. */
  post(content: unknown, id: string = randomUUID()): Promise<Response> {
    return fetch(`${this.#url}/api/turns`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ conversation: this.#conversation, id, content }),
    });
  }

  async history(): Promise<WebMessage[]> {
    const response = await fetch(`${this.#url}/api/conversations/${this.#conversation}/messages`);
    return (await response.json()) as WebMessage[];
  }

  async #turn(content: unknown): Promise<SeenReply> {
    const response = await this.post(content);
    if (response.status === 422) {
      const { errors } = (await response.json()) as { errors: Record<string, string> };
      return { text: '', citations: [], actions: [], inputs: [], errors };
    }
    if (response.status !== 202) throw new Error(`The turn was refused with ${response.status}.`);
    return this.#seen(await this.#nextReply());
  }

  #seen(message: StewardMessage): SeenReply {
    this.#form = message.form?.id ?? this.#form;
    return {
      text: message.text,
      citations: message.citations.map(({ id }) => id),
      actions: message.actions.map(({ id, label, link }) => ({ id, label, ...(link === undefined ? {} : { link }) })),
      inputs: message.form?.inputs.map(({ name }) => name) ?? [],
      errors: {},
    };
  }

  /** Follows the event stream until Steward has said something new. */
  async #nextReply(): Promise<StewardMessage> {
    const ended = new AbortController();
    const url = `${this.#url}/api/conversations/${this.#conversation}/events?after=${this.#last}`;
    const response = await fetch(url, { signal: ended.signal });
    const decoder = new TextDecoder();
    let buffer = '';
    try {
      for await (const chunk of response.body ?? []) {
        buffer += decoder.decode(chunk, { stream: true });
        const events = buffer.split('\n\n');
        buffer = events.pop() ?? '';
        for (const event of events) {
          const draft = /^event: draft\ndata: (.*)$/m.exec(event)?.[1];
          if (draft) {
            this.drafts.push((JSON.parse(draft) as { html: string }).html);
            this.onDraft();
          }
          const data = /^event: message\ndata: (.*)$/m.exec(event)?.[1];
          const message = data && (JSON.parse(data) as WebMessage);
          if (!message) continue;
          this.#last = message.id;
          if (message.from === 'steward') return message;
        }
      }
    } finally {
      ended.abort();
    }
    throw new Error('The event stream ended before Steward replied.');
  }
}
