import { startApp } from '../app.ts';
import { configFromEnvironment, exampleConfigFromEnvironment } from '../config.ts';
import { createLog } from '../log.ts';

/** Starts Steward, with the example organisation if that is wished, and keeps it running until it is told to stop. */
export async function serve({ example = false }: { readonly example?: boolean }): Promise<void> {
  const started = performance.now();
  const config = example ? exampleConfigFromEnvironment() : configFromEnvironment();
  const log = createLog(config.logLevel);
  const app = await startApp(config, log, (step) => console.log(`${step} ...`), { example });
  const seconds = ((performance.now() - started) / 1000).toFixed(1);
  console.log(`Steward is ready after ${seconds} s.`);
  if (app.webChatUrl) {
    console.log(`\n  Chat at ${app.webChatUrl}\n\nFor trying, with example people. Ctrl+C stops it.`);
  } else {
    console.log(
      `Listening on port ${app.port} for ${[config.slack && 'Slack', config.teams && 'Teams'].filter(Boolean).join(' and ')}.`,
    );
  }
  stopOnSignal(async () => {
    console.log('Stopping: finishing what was begun ...');
    await app.stop();
    console.log('Stopped.');
  });
}

/** A second signal does not wait. */
function stopOnSignal(stop: () => Promise<void>): void {
  let stopping = false;
  const onSignal = async () => {
    if (stopping) process.exit(1);
    stopping = true;
    try {
      await stop();
    } catch (error) {
      console.error(error);
      process.exitCode = 1;
    }
  };
  process.on('SIGINT', () => void onSignal());
  process.on('SIGTERM', () => void onSignal());
}
