import type { Logger } from 'pino';
import { inspectSlack, inspectSocket } from '../../adapters/slack/inspect.ts';
import { SCOPES } from '../../adapters/slack/permissions.ts';
import { SendFailure } from '../../chat/channel.ts';
import type { ConfigInspection, SlackConfig } from '../../config.ts';
import { clockFinding } from './clock.ts';
import type { Check, Tell } from './finding.ts';
import { off, unclear } from './switched-off.ts';

const about = 'Slack';

const NEW_TOKEN =
  'Compare SLACK_BOT_TOKEN with the "Bot User OAuth Token" of the app, under "OAuth & Permissions"; install the app there if ' +
  'there is none.';

const NEW_APP_TOKEN =
  'Compare SLACK_APP_TOKEN with the app-level token of the app, under "Basic Information"; it needs the permission ' +
  'connections:write, and Socket Mode must be on.';

export function checkSlack({ config: { slack }, faulty }: ConfigInspection, log: Logger): Check {
  return {
    about,
    async run(tell) {
      if (faulty.has('slack')) return tell(unclear(about));
      if (!slack) {
        return tell(
          off(about, 'SLACK_BOT_TOKEN and SLACK_SIGNING_SECRET switch it on, or SLACK_APP_TOKEN for Socket Mode.'),
        );
      }
      const { entrance } = slack;
      await withRemedy(about, NEW_TOKEN, tell, async () => report(await inspectSlack(slack, log), slack, tell));
      if (entrance.kind === 'http') return;
      await withRemedy('Slack Socket Mode', NEW_APP_TOKEN, tell, async () => {
        await inspectSocket(slack, entrance.appToken, log);
        tell({ about: 'Slack Socket Mode', status: 'ok', message: 'Slack gives Steward a connection.' });
      });
    },
  };
}

/** @param remedy where Slack refuses a token */
async function withRemedy(name: string, remedy: string, tell: Tell, look: () => Promise<void>): Promise<void> {
  try {
    await look();
  } catch (error) {
    if (!(error instanceof SendFailure)) throw error;
    const isUnreachable = error.trouble === undefined && error.next !== 'give-up';
    const reach = 'Let this machine reach Slack over HTTPS, then try again.';
    tell({ about: name, status: 'fault', message: error.message, remedy: isUnreachable ? reach : remedy });
  }
}

function report(
  { workspace, missing, unused, ahead }: Awaited<ReturnType<typeof inspectSlack>>,
  { entrance }: SlackConfig,
  tell: Tell,
): void {
  const message = `The token is good, for the workspace ${workspace}.`;
  if (missing.length > 0) {
    const lacking = missing.map((scope) => `${scope} (${SCOPES[scope]})`).join(', ');
    tell({
      about,
      status: 'fault',
      message: `${message} It lacks permissions: ${lacking}.`,
      remedy:
        'Run npm run manifests, put the new manifest into the app at https://api.slack.com/apps, and reinstall the app.',
    });
  } else {
    const more = unused.length > 0 ? ` Steward does not use ${unused.join(', ')}; you can take that away.` : '';
    const unseen =
      entrance.kind === 'http' ? ' Whether SLACK_SIGNING_SECRET is right shows when Slack sends something.' : '';
    tell({ about, status: 'ok', message: `${message} It has every permission needed.${more}${unseen}` });
  }
  if (ahead !== undefined) tell({ about: 'Slack clock', ...clockFinding(ahead, "Slack's") });
}
