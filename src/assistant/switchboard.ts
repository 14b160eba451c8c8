import { distance } from 'fastest-levenshtein';
import { actionId, parseActionId } from '../chat/action-id.ts';
import { parseRest, type Rest } from '../chat/rest.ts';
import { cleanText, MAX_MESSAGE_LENGTH } from '../chat/text.ts';
import type { Address, Content } from '../chat/turn.ts';
import type { Asker, Feature, FileTaker, GivenFiles, Outcome, Request } from '../features/feature.ts';

/** Where a turn goes, or why it goes nowhere. */
export type Route =
  | { readonly kind: 'feature'; readonly feature: Feature; readonly request: Request }
  /** The rest of a reply in several messages. */
  | { readonly kind: 'rest'; readonly rest: Rest }
  | { readonly kind: 'thread'; readonly thread: Address }
  | { readonly kind: 'empty' }
  /** Files, perhaps with words. */
  | { readonly kind: 'files'; readonly given: GivenFiles }
  | { readonly kind: 'too-long'; readonly length: number }
  | { readonly kind: 'unknown-command'; readonly word: string; readonly nearest: string | undefined }
  | { readonly kind: 'unknown-action' };

/** Finds the feature that takes a turn. */
export class Switchboard {
  readonly #features: ReadonlyMap<string, Feature>;
  readonly #commands: ReadonlyMap<string, Feature>;
  readonly #questions: Feature;
  readonly #files: FileTaker;

  /** @param ends takes whatever is no command, and files */
  constructor(features: readonly Feature[], ends: { readonly questions: Feature; readonly files: FileTaker }) {
    this.#features = new Map(features.map((feature) => [feature.name, feature]));
    this.#commands = new Map(features.flatMap((feature) => feature.commands.map((command) => [command.name, feature])));
    this.#questions = ends.questions;
    this.#files = ends.files;
  }

  route(content: Content): Route {
    switch (content.kind) {
      case 'message':
        return this.#message(content);
      case 'command':
        return this.#command(cleanText(content.text));
      case 'about':
        return this.#about(cleanText(content.text));
      case 'thread':
        return content;
      case 'to-do':
        return this.#action(actionId('actions', 'note', `${content.place ?? ''}\n${cleanText(content.text)}`));
      case 'action':
        return this.#action(content.action);
      case 'form':
        return this.#form(content);
    }
  }

  /** The feature that a message is for: the first that takes it, or the one for questions. */
  async featureFor(text: string, asker: Asker): Promise<Feature> {
    for (const feature of this.#features.values()) {
      if (await feature.takesMessage?.(text, asker)) return feature;
    }
    return this.#questions;
  }

  /**
   * What is asked with the command for questions is for whichever feature answers it, as if it were said; but it is no answer to
   * what somebody was asked.
   */
  async heard(
    { feature, request }: Extract<Route, { kind: 'feature' }>,
    asker: Asker,
  ): Promise<{ readonly feature: Feature; readonly request: Request }> {
    if (request.kind === 'message') return { feature: await this.featureFor(request.text, asker), request };
    if (request.kind !== 'command' || feature !== this.#questions) return { feature, request };
    const { text } = request;
    for (const other of this.#features.values()) {
      if (await other.awaitsAnswer?.(asker)) continue;
      if (await other.takesMessage?.(text, asker)) return { feature: other, request: { kind: 'message', text } };
    }
    return { feature, request };
  }

  /** What the feature that awaits files makes of them; undefined where none does. */
  async takeAwaitedFiles(given: GivenFiles, asker: Asker): Promise<Outcome | undefined> {
    for (const feature of this.#features.values()) {
      if (await feature.awaitsFiles?.(given, asker)) return feature.takeFiles?.(given, asker);
    }
    return undefined;
  }

  takeFiles(given: GivenFiles, asker: Asker): Promise<Outcome> {
    return this.#files.takeFiles(given, asker);
  }

  takeThread(thread: Address, asker: Asker): Promise<Outcome> {
    return this.#files.takeThread(thread, asker);
  }

  /** What was said with files, where it is more than a word on them: a command, an answer, a question. */
  async besidesFiles(
    { text }: GivenFiles,
    asker: Asker,
  ): Promise<{ readonly feature: Feature; readonly request: Request } | undefined> {
    const said = text === '' ? undefined : this.#message({ kind: 'message', text });
    if (said?.kind !== 'feature') return undefined;
    const { request } = said;
    if (request.kind !== 'message') return { feature: said.feature, request };
    const isForSomebody = text.endsWith('?') || (await this.#awaitsAnswer(asker));
    return isForSomebody ? { feature: await this.featureFor(text, asker), request } : undefined;
  }

  async #awaitsAnswer(asker: Asker): Promise<boolean> {
    for (const feature of this.#features.values()) {
      if (await feature.awaitsAnswer?.(asker)) return true;
    }
    return false;
  }

  /** Whether `/aims TEXT` leads to a form, so that a platform can open an empty one at once. */
  opensForm(text: string): boolean {
    const route = this.#command(cleanText(text));
    if (route.kind !== 'feature' || route.request.kind !== 'command') return false;
    const { name, text: rest } = route.request;
    const opens = (form: string) => rest === form || (form !== '' && rest.startsWith(`${form} `));
    return route.feature.commands.some((command) => command.name === name && command.formArguments?.some(opens));
  }

  #message({ text: raw, files = [] }: Extract<Content, { kind: 'message' }>): Route {
    const text = cleanText(raw);
    if (text.length > MAX_MESSAGE_LENGTH) return { kind: 'too-long', length: text.length };
    if (files.length > 0) return { kind: 'files', given: { text, files } };
    if (text === '') return { kind: 'empty' };
    const command = /^\/(?:aims\b)?\s*(.*)$/is.exec(text);
    if (command) return this.#command(command[1] ?? '');
    if (this.#isCommand(text.toLowerCase())) return this.#command(text);
    return { kind: 'feature', feature: this.#questions, request: { kind: 'message', text } };
  }

  /** Whether a message is nothing but a command, as Teams sends one that was chosen from its menu. */
  #isCommand(text: string): boolean {
    return [...this.#commands.values()].some((feature) =>
      feature.commands.some(
        ({ name, formArguments = [] }) => text === name || formArguments.some((rest) => text === `${name} ${rest}`),
      ),
    );
  }

  #command(text: string): Route {
    if (text.length > MAX_MESSAGE_LENGTH) return { kind: 'too-long', length: text.length };
    const [, word = '', rest = ''] = /^(\S*)\s*(.*)$/s.exec(text) ?? [];
    const name = word.toLowerCase() || 'help';
    const feature = this.#commands.get(name);
    if (!feature) return { kind: 'unknown-command', word, nearest: this.#nearestCommand(name) };
    return { kind: 'feature', feature, request: { kind: 'command', name, text: rest } };
  }

  #nearestCommand(word: string): string | undefined {
    const [nearest] = [...this.#commands.keys()]
      .map((name) => ({ name, edits: distance(word, name) }))
      .sort((a, b) => a.edits - b.edits);
    return nearest && nearest.edits <= Math.max(1, Math.floor(nearest.name.length / 2.5)) ? nearest.name : undefined;
  }

  #about(text: string): Route {
    return { kind: 'feature', feature: this.#questions, request: { kind: 'action', verb: 'about', argument: text } };
  }

  #action(action: string): Route {
    const rest = parseRest(action);
    if (rest) return { kind: 'rest', rest };
    const id = parseActionId(action);
    if (id?.feature === 'command') return this.#command(id.argument);
    const feature = id && this.#features.get(id.feature);
    if (!id || !feature) return { kind: 'unknown-action' };
    return { kind: 'feature', feature, request: { kind: 'action', verb: id.verb, argument: id.argument } };
  }

  #form({ form, values }: Extract<Content, { kind: 'form' }>): Route {
    const id = parseActionId(form);
    const feature = id && this.#features.get(id.feature);
    if (!id || !feature) return { kind: 'unknown-action' };
    const clean = Object.fromEntries(Object.entries(values).map(([input, value]) => [input, cleanText(value)]));
    return { kind: 'feature', feature, request: { kind: 'form', verb: id.verb, argument: id.argument, values: clean } };
  }
}
