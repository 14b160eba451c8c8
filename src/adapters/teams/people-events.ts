import type { Activity } from 'botbuilder';
import type { Address } from '../../chat/turn.ts';
import type { TeamsConfig } from '../../config.ts';
import { placeOf } from './turns.ts';

/** Where somebody joined; undefined for another activity. Steward's own arrival changes nobody's place. */
export function joinedConversation(activity: Activity, config: TeamsConfig): Address | undefined {
  const { type, membersAdded = [], recipient } = activity;
  if (type !== 'conversationUpdate' || !membersAdded.some(({ id }) => id !== recipient.id)) return undefined;
  return placeOf(activity, config);
}
