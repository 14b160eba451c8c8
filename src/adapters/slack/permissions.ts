/**
 * What Steward may do in Slack, and why: the one list that the app's manifest asks for and that the token is checked against.
 * Whoever adds a call to the Web API looks up its scope here.
 */
export const SCOPES = {
  'app_mentions:read': 'to be asked in channels',
  'im:history': 'to be asked in direct messages',
  commands: 'to be asked with /aims',
  'chat:write': 'to answer',
  'assistant:write': 'to show that an answer is on its way',
  'channels:history': 'to look up whether an answer whose sending was interrupted has arrived in a public channel',
  'groups:history': 'the same in a private channel',
  'channels:read': 'to see whether a channel is public, and whether it is shared with others',
  'groups:read': 'to see who is in a private channel that the compliance lead registered with /aims audience',
  'users:read': 'to know who belongs to the organisation, and who no longer does',
  'users:read.email': "to join a person's Slack and Teams accounts, and to recognise administrators",
} as const;

export type Scope = keyof typeof SCOPES;

/** What Slack delivers to Steward. */
export const EVENTS = ['app_mention', 'message.im', 'member_joined_channel', 'user_change'] as const;
