/**
 * What Steward may do in Slack, and why: the one list that the app's manifest asks for and that the token is checked against.
 * Whoever adds a call to the Web API looks up its scope here.
 */
export const SCOPES = {
  'app_mentions:read': 'to be asked in channels',
  'im:history': 'to be asked in direct messages',
  commands: 'to be asked with /aims, and about a message',
  'chat:write': 'to answer',
  'assistant:write': 'to suggest questions, and to show that an answer is on its way',
  'channels:history':
    'to hear a follow-up without a new mention in a thread of a public channel, and to look up whether an answer whose sending was interrupted has arrived, and to read a thread that somebody wants to be kept',
  'groups:history': 'the same in a private channel',
  'im:write':
    'to find the direct message with somebody to whom Steward speaks first, for looking up whether what it said there has arrived',
  'files:read': 'to read a file that somebody gives to Steward',
  'channels:read': 'to see whether a channel is public, and whether it is shared with others',
  'groups:read': 'to see who is in a private channel that the compliance lead registered with /aims audience',
  'users:read': 'to know who belongs to the organisation, and who no longer does',
  'users:read.email': "to join a person's Slack and Teams accounts, and to recognise administrators",
} as const;

export type Scope = keyof typeof SCOPES;

export function isScope(name: string): name is Scope {
  return name in SCOPES;
}

/** What Slack delivers to Steward, and why. */
export const EVENTS = {
  app_mention: 'somebody asks in a channel',
  'message.im': 'somebody asks in a direct message',
  'message.channels': 'somebody goes on in a thread of a public channel; all other messages are dropped unread',
  'message.groups': 'the same in a private channel',
  app_home_opened: 'somebody opens the Home tab, or a direct message and sees suggested questions',
  member_joined_channel: 'who can read a channel is checked again',
  user_change: 'somebody no longer belongs to the organisation',
  tokens_revoked: 'administrators are told',
  app_uninstalled: 'administrators are told',
} as const;
