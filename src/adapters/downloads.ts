import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Express } from 'express';
import type { Logger } from 'pino';
import type { Downloads } from '../downloads/downloads.ts';

/** Serves the files behind links: `GET /files/TOKEN`. */
export function mountDownloads(server: Express, downloads: Downloads, log: Logger): void {
  server.all('/files/:token', async (request, response) => {
    response.set({
      'cache-control': 'no-store',
      'referrer-policy': 'no-referrer',
      'x-content-type-options': 'nosniff',
      'x-robots-tag': 'noindex',
      // Whatever a browser makes of a file, it runs nothing.
      'content-security-policy': "default-src 'none'; sandbox",
    });
    // What looks at links beforehand, such as a mail scanner, fetches nothing.
    if (request.method !== 'GET') {
      response.status(405).set('allow', 'GET').end();
      return;
    }
    const file = await downloads.open(request.params.token);
    if (!file) {
      response
        .status(404)
        .type('text/plain')
        .send('This link leads nowhere any more. Ask Steward for the file again.\n');
      return;
    }
    const { name, mediaType, content } = file;
    response.attachment(name).type(mediaType);
    if (content instanceof Readable) {
      // Whoever breaks it off has a file that is not whole, and sees that.
      await pipeline(content, response).catch((error: unknown) =>
        log.warn({ err: error }, 'A file was not fetched whole.'),
      );
    } else {
      response.send(Buffer.from(content));
    }
  });
}
