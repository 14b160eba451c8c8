import type { TeamsManifestV1D30 } from '@microsoft/app-manifest';
import type { Command } from '../../features/feature.ts';

type Manifest = TeamsManifestV1D30.TeamsManifestV1D30;

const SCOPES: TeamsManifestV1D30.CommandListScope[] = ['personal', 'team', 'groupChat'];

/** What somebody wants to be in the app's manifest cannot be there; the message says why. */
export class InvalidManifest extends Error {
  override name = 'InvalidManifest';
}

/** Commands of one menu. */
const MAX_COMMANDS = 12;

export interface TeamsManifestParts {
  /** Of the bot's registration; the app has the same id. */
  readonly appId: string;
  /** Where people find Steward on the web. */
  readonly publicUrl: string;
  /** Steward's version. Teams takes a new package in place of an earlier one only with a higher version. */
  readonly version: string;
  /** What can be said after `/aims`. */
  readonly commands: readonly Command[];
}

export function teamsManifest({ appId, publicUrl, version, commands }: TeamsManifestParts): Manifest {
  return {
    $schema: 'https://developer.microsoft.com/en-us/json-schemas/teams/v1.30/MicrosoftTeams.schema.json',
    manifestVersion: '1.30',
    version,
    id: appId,
    developer: { name: 'Steward', websiteUrl: publicUrl, privacyUrl: publicUrl, termsOfUseUrl: publicUrl },
    name: { short: 'Steward', full: 'Steward, the assistant for ISO/IEC 42001' },
    description: {
      short: 'Gets your organisation ready for ISO/IEC 42001, and keeps it certified',
      full:
        'Ask in your own words about managing AI by ISO/IEC 42001, and get a short answer with its clause and control numbers, ' +
        'every claim cited. What Steward does not know it says. It quotes no standard, gives no legal advice and approves nothing.',
    },
    icons: { color: 'color.png', outline: 'outline.png' },
    accentColor: '#1f5f5b',
    bots: [
      {
        botId: appId,
        scopes: SCOPES,
        supportsFiles: true,
        // What is said with a slash in a channel or group chat is seen by Steward and the person alone.
        supportsTargetedMessages: true,
        commandLists: [
          {
            scopes: SCOPES,
            triggers: ['mention', 'slash'],
            commands: menuOf(commands).map(({ name, summary }) => ({ title: name, description: summary })),
          },
        ],
      },
    ],
    // Names the app whose permissions a team's owners consent to; the address is asked for, and used for nothing.
    webApplicationInfo: { id: appId, resource: publicUrl },
    authorization: {
      permissions: {
        // To go on in a thread without being named again. The adapter drops whatever is not said to Steward.
        resourceSpecific: [{ name: 'ChannelMessage.Read.Group', type: 'Application' }],
      },
    },
  };
}

/** The commands that the menu has room for, in their order. */
function menuOf(commands: readonly Command[]): readonly Command[] {
  const byNeed = [...commands.filter(({ isRare }) => !isRare), ...commands.filter(({ isRare }) => isRare)];
  const shown = new Set(byNeed.slice(0, MAX_COMMANDS));
  return commands.filter((command) => shown.has(command));
}

/** Checks a manifest against Microsoft's own schema, which comes with the library: nothing is fetched. @throws InvalidManifest */
export async function refuseInvalid(manifest: Manifest): Promise<void> {
  // Loads the schemas of thirty versions, which nobody else needs.
  const { AppManifestUtils } = await import('@microsoft/app-manifest');
  const faults = await AppManifestUtils.validateAgainstSchema(manifest);
  if (faults.length === 0) return;
  throw new InvalidManifest(
    `Teams would refuse the manifest: ${faults.map(inWords).join('; ')}. Nothing was written. ` +
      'An id comes from TEAMS_APP_ID, an address from STEWARD_URL.',
  );
}

/** @param fault `/id must match pattern "...". Details: {...}` */
function inWords(fault: string): string {
  return fault.replace(/\. Details: .*$/s, '').trim();
}
