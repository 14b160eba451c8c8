import type { App } from '../../src/app.ts';
import type { DatabaseLocation } from '../../src/database/database.ts';
import { startTestApp } from './app.ts';
import type { Chatter, SeenReply } from './chatter.ts';
import { SlackChatter, SlackStandIn } from './slack.ts';
import { TeamsChatter, TeamsStandIn } from './teams.ts';
import { WebChatter } from './web.ts';

/** Who takes part: two members of staff, a compliance lead to be, and an administrator. */
export interface Cast {
  readonly app: App;
  readonly jon: Chatter;
  readonly arun: Chatter;
  readonly dana: Chatter;
  readonly lee: Chatter;
}

/** @param settings further environment variables */
type Stage = (settings?: Record<string, string>, database?: DatabaseLocation) => Promise<Cast>;

/** The whole program on each platform, with people to talk to it. */
export const STAGES: Record<string, Stage> = {
  async web(settings, database) {
    const app = await startTestApp(settings, database);
    return cast(app, (name) => new WebChatter(app, name));
  },
  async Slack(settings, database) {
    const slack = await new SlackStandIn().start();
    const app = await startTestApp({ ...slack.settings, ...settings }, database);
    return cast(app, (name) => new SlackChatter(app, slack, name));
  },
  async Teams(settings, database) {
    const teams = await new TeamsStandIn().start();
    const app = await startTestApp({ ...teams.settings, ...settings }, database);
    return cast(app, (name) => new TeamsChatter(app, teams, name));
  },
};

function cast(app: App, chatter: (name: string) => Chatter): Cast {
  return { app, jon: chatter('jon'), arun: chatter('arun'), dana: chatter('dana'), lee: chatter('lee') };
}

/** Lee, the administrator, gives roles with a form. */
export async function giveRoles(lee: Chatter, given: readonly (readonly [Chatter, string, string])[]): Promise<void> {
  for (const [person, name, role] of given) {
    await person.say('/aims help');
    await lee.command('roles give');
    await lee.submit({ person: lee.userId(name), role });
  }
}

/** The id of a button. */
export function button(reply: SeenReply, label: string): string {
  const found = reply.actions.find((action) => action.label === label);
  if (!found) throw new Error(`No "${label}" among: ${reply.actions.map((action) => action.label).join(', ')}.`);
  return found.id;
}
