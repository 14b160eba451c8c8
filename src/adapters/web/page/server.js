/** Milliseconds until an unreachable server is tried again. */
export const PAUSE = 1_000;

/** Milliseconds after which a server that does not answer counts as unreachable. */
const PATIENCE = 20_000;

/** Milliseconds that uploading a file may take. */
const UPLOAD_PATIENCE = 120_000;

/**
 * Reads JSON, and tries again until the server can be reached.
 *
 * @param unreachable told at each failure
 * @throws when `signal` is aborted
 */
export async function read(path, unreachable, signal) {
  for (;;) {
    try {
      const response = await fetch(path, { signal });
      if (response.ok) return await response.json();
    } catch {
      signal?.throwIfAborted();
    }
    unreachable();
    await new Promise((resolve) => setTimeout(resolve, PAUSE));
  }
}

/**
 * Has a turn taken in. Sending it again under the same id is harmless: Steward knows what it has.
 *
 * @returns nothing in it where it was taken; `errors` by input for a form with faults; `fault`, a sentence, where it was not taken
 */
export async function post(conversation, id, content) {
  try {
    const response = await fetch('api/turns', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ conversation, id, content }),
      signal: AbortSignal.timeout(PATIENCE),
    });
    if (response.ok) return {};
    if (response.status === 422) return { errors: (await response.json()).errors };
    if (response.status === 413) return { fault: 'That is too long to send. Shorten it to a few sentences.' };
    return { fault: 'Steward could not take that in.' };
  } catch {
    return { fault: 'Steward cannot be reached.' };
  }
}

/** Gives Steward a file. @returns its `id`, or a sentence in `fault` */
export async function upload(file) {
  try {
    const response = await fetch('api/files', {
      method: 'POST',
      headers: { 'content-type': 'application/octet-stream' },
      body: file,
      signal: AbortSignal.timeout(UPLOAD_PATIENCE),
    });
    if (response.ok) return await response.json();
    if (response.status === 413) return { fault: 'It is larger than what Steward keeps of one file.' };
    return { fault: 'Steward could not take it in.' };
  } catch {
    return { fault: 'It could not be uploaded. Attach it again.' };
  }
}
