/**
 * Sends requests as fast as they are answered, in a process of its own, and prints what autocannon measured as JSON.
 *
 *   node test/bench/load.ts '{"url": …, "platform": "slack" | "teams", "seconds": …, "connections": …, …}'
 */
import { createHmac, randomUUID } from 'node:crypto';
import autocannon from 'autocannon';
import type { LoadOptions } from './measure.ts';

process.env['NODE_TLS_REJECT_UNAUTHORIZED'] = '0';
const options = JSON.parse(process.argv[2] ?? '{}') as LoadOptions;

const result = await autocannon({
  url: options.url,
  connections: options.connections,
  duration: options.seconds,
  requests: [
    {
      method: 'POST',
      setupRequest: (request: object) => ({ ...request, ...(options.platform === 'slack' ? slack() : teams()) }),
    },
  ],
});
const { requests, latency, non2xx } = result;
console.log(JSON.stringify({ perSecond: requests.average, p50: latency.p50, p99: latency.p99, refused: non2xx }));

/** A signed direct message that was never sent before. */
function slack() {
  const body = options.body.replace('DELIVERY', randomUUID());
  const timestamp = Math.floor(Date.now() / 1000);
  const signature = createHmac('sha256', options.secret).update(`v0:${timestamp}:${body}`).digest('hex');
  const headers = {
    'content-type': options.contentType ?? 'application/json',
    'x-slack-request-timestamp': String(timestamp),
    'x-slack-signature': `v0=${signature}`,
  };
  return { body, headers };
}

function teams() {
  const body = options.body.replace('DELIVERY', randomUUID());
  return { body, headers: { 'content-type': 'application/json', authorization: `Bearer ${options.secret}` } };
}
