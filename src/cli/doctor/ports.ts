import { createServer } from 'node:net';
import type { Config } from '../../config.ts';
import type { Check, Finding } from './finding.ts';
import { isSteward, isWebChat } from './steward.ts';

/** The ports that Steward listens on, each free, or held by a Steward that runs. */
export function checkPorts({ port, webChatPort }: Config): Check {
  return {
    about: 'Ports',
    async run(tell) {
      tell(await checkPort(port, 'PORT', isSteward));
      if (webChatPort !== undefined) tell(await checkPort(webChatPort, 'WEB_CHAT_PORT', isWebChat));
    },
  };
}

async function checkPort(port: number, setting: string, isOurs: (url: string) => Promise<boolean>): Promise<Finding> {
  const about = `Port ${port}`;
  const reason = await whyNoListening(port);
  if (reason === undefined) return { about, status: 'ok', message: `Free, for ${setting}.` };
  if (reason === 'EADDRINUSE' && (await isOurs(`http://127.0.0.1:${port}`))) {
    return { about, status: 'ok', message: 'A Steward is running on it.' };
  }
  const message = reason === 'EADDRINUSE' ? 'Another program holds it.' : `This user may not listen on it (${reason}).`;
  return { about, status: 'fault', message, remedy: `Stop what listens there, or set ${setting} to another port.` };
}

/** @returns the system's code for why nobody can listen there; undefined where somebody can */
function whyNoListening(port: number): Promise<string | undefined> {
  const server = createServer();
  return new Promise((resolve) => {
    server.once('error', (error: NodeJS.ErrnoException) => resolve(error.code ?? error.message));
    server.listen(port, () => server.close(() => resolve(undefined)));
  });
}
