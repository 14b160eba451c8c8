import type { ConfigInspection } from '../../config.ts';
import type { Check } from './finding.ts';

export function checkSettings({ config, faults }: ConfigInspection): Check {
  const about = 'Settings';
  return {
    about,
    async run(tell) {
      for (const message of faults)
        tell({ about, status: 'fault', message, remedy: '.env.example explains each setting.' });
      for (const message of config.unused)
        tell({ about, status: 'attention', message, remedy: '.env.example explains each setting.' });
      if (faults.length > 0 || config.unused.length > 0) return;
      const message = 'Every setting can be used.';
      if (config.administrators.size > 0 || config.webChatPort !== undefined) tell({ about, status: 'ok', message });
      else {
        tell({
          about,
          status: 'attention',
          message: `${message} They name no administrator, so at the beginning nobody can give roles.`,
          remedy: 'Set STEWARD_ADMINISTRATORS to your e-mail address.',
        });
      }
    },
  };
}
