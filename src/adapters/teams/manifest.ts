import type { TeamsManifestV1D30 } from '@microsoft/app-manifest';
import type { Command } from '../../features/feature.ts';

type Manifest = TeamsManifestV1D30.TeamsManifestV1D30;

/** What somebody wants to be in the app's manifest cannot be there; the message says why. */
export class InvalidManifest extends Error {
  override name = 'InvalidManifest';
}

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
        scopes: ['personal', 'team', 'groupChat'],
        commandLists: [
          {
            scopes: ['personal', 'team', 'groupChat'],
            commands: commands.map(({ name, summary }) => ({ title: `/aims ${name}`, description: summary })),
          },
        ],
      },
    ],
  };
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
