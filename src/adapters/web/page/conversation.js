import { PAUSE, read } from './server.js';

/**
 * Follows a conversation: what was said first, then whatever happens in it. A lost connection comes back by itself and goes on
 * behind the last message.
 *
 * @param told `{ history(messages), message(message), draft(html), working(), connection(isThere) }`
 * @returns a function that ends it
 */
export function followConversation(id, told) {
  const ended = new AbortController();
  let events;
  let last = 0;
  let connected;

  const connection = (isThere) => {
    if (isThere !== connected) told.connection(isThere);
    connected = isThere;
  };

  const listen = () => {
    if (ended.signal.aborted) return;
    events = new EventSource(`api/conversations/${id}/events?after=${last}`);
    events.addEventListener('open', () => connection(true));
    events.addEventListener('error', () => {
      connection(false);
      // A browser gives up for good when something else than an event stream answers.
      if (events.readyState === EventSource.CLOSED) setTimeout(listen, PAUSE);
    });
    events.addEventListener('working', () => told.working());
    events.addEventListener('draft', ({ data }) => told.draft(JSON.parse(data).html));
    events.addEventListener('message', ({ data }) => {
      const message = JSON.parse(data);
      last = message.id;
      told.message(message);
    });
  };

  const start = async () => {
    const messages = await read(`api/conversations/${id}/messages`, () => connection(false), ended.signal);
    if (ended.signal.aborted) return;
    connection(true);
    last = messages.at(-1)?.id ?? 0;
    told.history(messages);
    listen();
  };

  start().catch((error) => {
    if (!ended.signal.aborted) throw error;
  });
  return () => {
    ended.abort();
    events?.close();
  };
}
