import type { Config } from '../../config.ts';
import type { Check } from './finding.ts';
import { isSteward } from './steward.ts';

/** Whether the public address leads to Steward, as far as this can be seen from inside. */
export function checkAddress({ publicUrl, slack, teams }: Config): Check {
  const about = 'Public address';
  return {
    about,
    async run(tell) {
      if (!publicUrl) {
        const message = 'STEWARD_URL is not set.';
        if (slack || teams)
          tell({ about, status: 'ok', message: `${message} It is only wanted for npm run manifests.` });
        else tell({ about, status: 'ok', message: `${message} Nothing outside needs to reach Steward.` });
      } else if (await isSteward(publicUrl)) {
        tell({ about, status: 'ok', message: `${publicUrl} leads to Steward.` });
      } else {
        tell({
          about,
          status: 'attention',
          message: `From here, ${publicUrl} does not lead to a running Steward.`,
          remedy:
            'Start Steward, let the address lead to PORT, and look again. Some networks cannot be looked at from inside.',
        });
      }
    },
  };
}
