import { notice } from '../chat/notice.ts';
import type { NoticeReply } from '../chat/reply.ts';
import type { Feature } from '../features/feature.ts';
import { audienceOf } from '../people/audience.ts';
import type { Person } from '../people/people.ts';

/** What every feature has for somebody's start page, in the features' order. */
export async function home(features: readonly Feature[], person: Person): Promise<NoticeReply[]> {
  if (person.standing === 'deactivated') return [notice('Your account is deactivated on this platform.')];
  const audience = audienceOf({ kind: 'direct', sharedOutside: false }, person);
  const sections = await Promise.all(features.map((feature) => feature.home?.({ person, audience })));
  return sections.filter((section) => section !== undefined);
}
