import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import packageFile from '../../package.json' with { type: 'json' };
import { slackManifest } from '../adapters/slack/manifest.ts';
import { teamsPackage } from '../adapters/teams/package.ts';
import { COMMANDS } from '../app.ts';
import { type Config, configFromEnvironment, InvalidConfig } from '../config.ts';

/** Makes what Slack and Teams want to know of the app, ready to hand in. */
export async function writeManifests(folder: string): Promise<void> {
  const files = await manifests(configFromEnvironment());
  await mkdir(folder, { recursive: true });
  for (const { name, content, next } of files) {
    const path = join(folder, name);
    await writeFile(path, content);
    console.log(`${path}\n    ${next}`);
  }
  if (files.length === 1)
    console.log('No package for Teams: set TEAMS_APP_ID and the other settings of Teams for one.');
}

/** @returns the files, each with what to do with it @throws InvalidConfig, InvalidManifest */
export async function manifests({ publicUrl, slack, teams }: Pick<Config, 'publicUrl' | 'slack' | 'teams'>) {
  // Without an address that Slack reaches there is no other way.
  const isSocket = slack ? slack.entrance.kind === 'socket' : !publicUrl;
  if (!publicUrl && (teams || !isSocket)) {
    throw new InvalidConfig(
      'Set STEWARD_URL to the public https address that leads to Steward, such as https://steward.example.org.',
    );
  }
  const mode = isSocket ? ' In Socket Mode: set STEWARD_URL for one that Slack calls.' : '';
  const app = {
    name: 'slack-app.json',
    content: `${JSON.stringify(slackManifest(isSocket ? undefined : publicUrl), null, 2)}\n`,
    next: `Slack: https://api.slack.com/apps, "Create New App", "From a manifest", choose the workspace, paste it under JSON.${mode}`,
  };
  if (!teams || !publicUrl) return [app];
  const parts = { appId: teams.appId, publicUrl, version: packageFile.version, commands: COMMANDS };
  const next =
    'Teams: https://admin.teams.microsoft.com/policies/manage-apps, "Upload new app", choose the file, then allow it.';
  return [app, { name: 'steward-teams.zip', content: await teamsPackage(parts), next }];
}
