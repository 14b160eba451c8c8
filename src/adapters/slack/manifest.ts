import type { AppsManifestValidateArguments } from '@slack/web-api';
import { SUGGESTED_QUESTIONS } from '../../chat/suggested-questions.ts';
import { ASK_ABOUT_MESSAGE, KEEP_THREAD, NOTE_TO_DO } from './action-names.ts';
import { EVENTS, SCOPES } from './permissions.ts';

type Manifest = AppsManifestValidateArguments['manifest'];

/** Where Bolt takes everything that Slack sends. */
const SLACK_PATH = '/slack/events';

/**
 * The manifest from which Slack makes the app.
 *
 * @param publicUrl where Slack reaches Steward; undefined in Socket Mode, in which Steward calls Slack
 */
export function slackManifest(publicUrl: string | undefined): Manifest {
  const url = publicUrl && `${publicUrl}${SLACK_PATH}`;
  return {
    display_information: {
      name: 'Steward',
      description: 'Gets your organisation ready for ISO/IEC 42001, and keeps it certified',
      background_color: '#1f5f5b',
    },
    features: {
      app_home: { home_tab_enabled: true, messages_tab_enabled: true, messages_tab_read_only_enabled: false },
      agent_view: {
        agent_description:
          'Answers questions about managing AI by ISO/IEC 42001, with its sources. Says what it does not know.',
        suggested_prompts: SUGGESTED_QUESTIONS.map((question) => ({ title: question, message: question })),
      },
      bot_user: { display_name: 'Steward', always_online: true },
      slash_commands: [
        {
          command: '/aims',
          ...(url ? { url } : {}),
          description: 'Ask about ISO/IEC 42001',
          usage_hint: 'help',
          should_escape: false,
        },
      ],
      shortcuts: [
        {
          type: 'message',
          name: 'Ask Steward about this',
          callback_id: ASK_ABOUT_MESSAGE,
          description: 'Asks about a message; the answer is for you alone',
        },
        {
          type: 'message',
          name: 'Keep thread as evidence',
          callback_id: KEEP_THREAD,
          description: 'Proposes the thread as evidence, to you alone',
        },
        {
          type: 'message',
          name: 'Make an action item',
          callback_id: NOTE_TO_DO,
          description: 'Notes what follows from a message: who does what, by when',
        },
      ],
    },
    oauth_config: { scopes: { bot: Object.keys(SCOPES) as BotScopes } },
    settings: {
      event_subscriptions: { ...(url ? { request_url: url } : {}), bot_events: Object.keys(EVENTS) as BotEvents },
      interactivity: { is_enabled: true, ...(url ? { request_url: url } : {}) },
      org_deploy_enabled: false,
      socket_mode_enabled: url === undefined,
      token_rotation_enabled: false,
    },
  };
}

/** The library's list of scopes is older than `assistant:write`. */
type BotScopes = NonNullable<NonNullable<NonNullable<Manifest['oauth_config']>['scopes']>['bot']>;
type BotEvents = NonNullable<NonNullable<NonNullable<Manifest['settings']>['event_subscriptions']>['bot_events']>;
