import { findKeys, obtainToken, TeamsRefusal } from '../../adapters/teams/inspect.ts';
import type { ConfigInspection, TeamsConfig } from '../../config.ts';
import { clockFinding } from './clock.ts';
import type { Check, Finding } from './finding.ts';
import { off, unclear } from './switched-off.ts';

const about = 'Teams';

/** What to do about the codes with which Microsoft refuses a token. */
const REMEDIES: Readonly<Record<string, string>> = {
  AADSTS7000215: 'The secret is wrong: put the value of the client secret, not its id, into TEAMS_APP_PASSWORD.',
  AADSTS7000222:
    'The secret has expired: make a new client secret in the app registration, and set TEAMS_APP_PASSWORD to it.',
  AADSTS700016: 'The tenant does not know the app: compare TEAMS_APP_ID and TEAMS_TENANT_ID with the app registration.',
  AADSTS90002: 'There is no such tenant: compare TEAMS_TENANT_ID with the app registration.',
};

const ANY =
  'Compare TEAMS_APP_ID, TEAMS_APP_PASSWORD and TEAMS_TENANT_ID with the app registration, and let this machine reach Microsoft over HTTPS.';

export function checkTeams({ config: { teams }, faulty }: ConfigInspection): Check {
  return {
    about,
    async run(tell) {
      if (faulty.has('teams')) return tell(unclear(about));
      if (!teams) return tell(off(about, 'TEAMS_APP_ID, TEAMS_APP_PASSWORD and TEAMS_TENANT_ID switch it on.'));
      tell(await checkToken(teams));
      tell(await checkKeys(teams));
    },
  };
}

async function checkToken(config: TeamsConfig): Promise<Finding> {
  try {
    await obtainToken(config);
    const login = config.cloud['ToChannelFromBotLoginUrl'];
    const cloud = login ? ` (${new URL(login).host})` : '';
    return { about, status: 'ok', message: `Microsoft${cloud} gives the app ${config.appId} a token to answer with.` };
  } catch (error) {
    if (!(error instanceof TeamsRefusal)) throw error;
    return { about, status: 'fault', message: error.message, remedy: REMEDIES[error.code ?? ''] ?? ANY };
  }
}

async function checkKeys(config: TeamsConfig): Promise<Finding> {
  try {
    const ahead = await findKeys(config);
    if (ahead !== undefined) return { about: 'Teams clock', ...clockFinding(ahead, "Microsoft's") };
    return { about: 'Teams clock', status: 'ok', message: 'Microsoft does not tell its time.' };
  } catch (error) {
    if (!(error instanceof TeamsRefusal)) throw error;
    return {
      about,
      status: 'fault',
      message: `${error.message} Without the keys that are there, every request from Teams is refused.`,
      remedy: 'Let this machine reach that address over HTTPS.',
    };
  }
}
