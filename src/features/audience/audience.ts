import { actionId } from '../../chat/action-id.ts';
import { notice } from '../../chat/notice.ts';
import type { Action, Reply } from '../../chat/reply.ts';
import { literally } from '../../chat/text.ts';
import type { Db } from '../../database/database.ts';
import type { ChannelAudience } from '../../people/audience.ts';
import {
  allRegistrations,
  endRegistration,
  type Registration,
  readRegistration,
  registerAudience,
} from '../../people/channel-audience.ts';
import type { ChannelCheck } from '../../people/channel-check.ts';
import { type Asker, type Command, type Feature, type Outcome, say } from '../feature.ts';

export interface AudienceParts {
  readonly db: Db;
  readonly channelCheck: ChannelCheck;
}

export const AUDIENCE_COMMANDS: readonly Command[] = [
  {
    name: 'audience',
    usage: '[committee | auditors | everyone]',
    summary: 'shows what a channel may see, and lets the compliance lead change it',
    isRare: true,
  },
];

const NAMES: Readonly<Record<ChannelAudience, string>> = {
  committee: 'what is for the committee and for auditors',
  auditors: 'what is for auditors',
};

/** What a channel may see: registered by the compliance lead, and checked again and again. */
export function audienceFeature(parts: AudienceParts): Feature {
  return {
    name: 'audience',
    commands: AUDIENCE_COMMANDS,
    async respond(request, asker) {
      if (asker.person.standing !== 'member' || asker.conversation.sharedOutside) {
        return say(notice('What channels may see is for members of the organisation, in its own channels.'));
      }
      if (request.kind === 'action' && request.verb === 'withdraw') return withdraw(parts, request.argument, asker);
      const wish = request.kind === 'action' ? request.argument : request.kind === 'form' ? '' : request.text;
      return choose(parts, wish.trim().toLowerCase(), asker);
    },
  };
}

async function choose(parts: AudienceParts, wish: string, asker: Asker): Promise<Outcome> {
  if (asker.conversation.kind === 'direct') return say(await list(parts, asker));
  const registration = await readRegistration(parts.db, asker.address);
  if (wish === '') return say(show(registration, asker));
  if (wish !== 'committee' && wish !== 'auditors' && wish !== 'everyone') {
    return say(notice('A channel is for `committee`, `auditors` or `everyone`: `/aims audience committee`.'));
  }
  if (!isLead(asker)) return say(NOT_ALLOWED);
  if (wish === 'everyone') return end(registration);
  return register(parts, wish, asker);
}

const NOT_ALLOWED = notice(
  'What a channel may see is decided by the compliance lead and the deputy. Nothing was changed.',
);

function isLead({ person }: Asker): boolean {
  return person.roles.has('compliance_lead');
}

function show(registration: Registration | undefined, asker: Asker): Reply {
  const sees = registration
    ? `This channel sees what everyone in the organisation may see, and ${NAMES[registration.audience]}, as long as it is ` +
      'private and unshared and every member holds the role. ' +
      `${literally(registration.registeredBy)} decided that on ${registration.registeredAt.toISOString().slice(0, 10)}.`
    : 'This channel sees what everyone in the organisation may see.';
  const others = (['committee', 'auditors', 'everyone'] as const).filter(
    (audience) => audience !== (registration?.audience ?? 'everyone'),
  );
  return notice(sees, ...(isLead(asker) ? others.map(wishButton) : []));
}

function wishButton(audience: ChannelAudience | 'everyone'): Action {
  const labels = { committee: 'For the committee', auditors: 'For auditors', everyone: 'For everyone' };
  return { id: actionId('audience', 'set', audience), label: labels[audience] };
}

async function register({ channelCheck }: AudienceParts, audience: ChannelAudience, asker: Asker): Promise<Outcome> {
  const verdict = await asker.whileWaiting(() => channelCheck.check(asker.address, audience));
  if (!verdict.holds) {
    return say(notice(`This channel cannot see ${NAMES[audience]}: ${verdict.reason} Nothing was changed.`));
  }
  const { address, name } = verdict;
  return async (change) => {
    await registerAudience(change, { address, name, audience }, asker.person.id);
    return [
      notice(
        `Recorded: this channel sees ${NAMES[audience]}. It is private and unshared, and every member holds the role. I look ` +
          'again when somebody joins or a role ends, and go back to what everyone may see when that is no longer so. Whoever ' +
          'joins later can read what was said before.',
        wishButton('everyone'),
      ),
    ];
  };
}

function end(registration: Registration | undefined): Outcome {
  if (!registration) return say(notice('This channel sees what everyone in the organisation may see, as before.'));
  return async (change) => {
    await endRegistration(change, registration, 'withdrawn');
    return [notice('Recorded: this channel sees what everyone in the organisation may see.')];
  };
}

/** In a direct conversation: all channels that see more than everyone may. */
async function list({ db }: AudienceParts, asker: Asker): Promise<Reply> {
  if (!isLead(asker)) return notice('Write `/aims audience` in a channel to see what it may see.');
  const registrations = await allRegistrations(db);
  if (registrations.length === 0) {
    return notice(
      'No channel sees more than everyone in the organisation may see. Write `/aims audience committee` in a private channel ' +
        'whose members all belong to the committee.',
    );
  }
  return {
    kind: 'notice',
    blocks: [
      { kind: 'heading', text: 'Channels that see more than everyone may' },
      {
        kind: 'table',
        columns: ['Channel', 'Sees also', 'Since', 'Decided by'],
        rows: registrations.map(({ address, name, audience, registeredAt, registeredBy }) => [
          literally(name ?? address.conversation),
          NAMES[audience],
          registeredAt.toISOString().slice(0, 10),
          literally(registeredBy),
        ]),
      },
    ],
    actions: registrations.slice(0, 5).map(({ id, name, address }) => ({
      id: actionId('audience', 'withdraw', String(id)),
      label: `Withdraw ${name ?? address.conversation}`.slice(0, 70),
    })),
  };
}

async function withdraw({ db }: AudienceParts, id: string, asker: Asker): Promise<Outcome> {
  if (!isLead(asker)) return say(NOT_ALLOWED);
  const registration = (await allRegistrations(db)).find((candidate) => String(candidate.id) === id);
  if (!registration) return say(notice('That channel sees what everyone may see already. Nothing was changed.'));
  return async (change) => {
    await endRegistration(change, registration, 'withdrawn');
    const { name, address } = registration;
    return [
      notice(`Recorded: ${literally(name ?? address.conversation)} sees what everyone in the organisation may see.`),
    ];
  };
}
