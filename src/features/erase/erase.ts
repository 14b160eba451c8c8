import { actionId } from '../../chat/action-id.ts';
import { notice } from '../../chat/notice.ts';
import type { Reply } from '../../chat/reply.ts';
import { literally } from '../../chat/text.ts';
import type { FormValues, Sender } from '../../chat/turn.ts';
import type { Clock } from '../../clock.ts';
import type { Db } from '../../database/database.ts';
import { ERASED_NAME, erasePerson } from '../../privacy/erase-person.ts';
import { findPeople, type KnownPerson } from '../../privacy/find-person.ts';
import type { Mention } from '../../privacy/traces.ts';
import { type Asker, type Command, type Feature, type Outcome, say } from '../feature.ts';

export interface EraseParts {
  readonly db: Db;
  readonly clock: Clock;
}

export const ERASE_COMMANDS: readonly Command[] = [
  {
    name: 'erase',
    usage: '[person]',
    summary: 'lets administrators erase the personal data of somebody',
    formArguments: [''],
    isRare: true,
  },
];

/** People of one name who are shown. */
const MAX_SHOWN = 5;

/** Erasing somebody's personal data, by an administrator, in two steps. */
export function eraseFeature(parts: EraseParts): Feature {
  return {
    name: 'erase',
    commands: ERASE_COMMANDS,
    checkForm: (_verb, { person = '', who = '' }) =>
      person || who ? {} : { who: 'Choose the person, or give a name, an e-mail address or an id.' },
    async respond(request, asker) {
      if (!asker.person.roles.has('administrator')) {
        return say(notice('Personal data is erased by administrators. `/aims roles` shows who they are.'));
      }
      // Names are nothing for a channel.
      if (asker.conversation.kind !== 'direct') return say(notice('Write `/aims erase` to me in a direct message.'));
      switch (request.kind) {
        case 'action':
          return request.verb === 'confirm'
            ? erase(parts, request.argument, asker)
            : look(parts, request.argument, asker);
        case 'form':
          return look(parts, soughtIn(request.values, asker.sender), asker);
        default:
          return request.text.trim() === '' ? say(ERASE_FORM) : look(parts, request.text, asker);
      }
    },
  };
}

const ERASE_FORM: Reply = {
  kind: 'form',
  form: {
    id: actionId('erase', 'look'),
    title: 'Erase personal data',
    intro: 'You see whom it is about before anything is erased.',
    submitLabel: 'Next',
    inputs: [
      { kind: 'person', name: 'person', label: 'Person', optional: true },
      {
        kind: 'text',
        name: 'who',
        label: 'Or somebody who left',
        hint: 'Name, e-mail address, or platform:workspace:user.',
        optional: true,
        multiline: false,
        maxLength: 200,
      },
    ],
  },
};

function soughtIn({ person, who = '' }: FormValues, { platform, workspace }: Sender): string {
  return person ? `${platform}:${workspace}:${person}` : who;
}

async function look({ db }: EraseParts, sought: string, asker: Asker): Promise<Outcome> {
  const found = await findPeople(db, sought);
  if (found.length === 0) {
    return say(notice('I know nobody of that name, address or id. Nothing was changed.'));
  }
  const [one] = found;
  if (one && found.length === 1) return say(one.id === asker.person.id ? NOT_YOURSELF : question(one));
  return say({
    kind: 'notice',
    blocks: [{ kind: 'text', text: `I know ${found.length} people of that name. Which one is it?` }],
    actions: found.slice(0, MAX_SHOWN).map(({ id, email, identities }) => ({
      id: actionId('erase', 'look', id),
      label: (email ?? identities[0] ?? id).slice(0, 70),
    })),
  });
}

const NOT_YOURSELF = notice('Nobody erases themselves here: ask another administrator. Nothing was changed.');

function question({ id, displayName, email, identities }: KnownPerson): Reply {
  return {
    kind: 'notice',
    blocks: [
      { kind: 'heading', text: `Erase ${literally(displayName)}?` },
      {
        kind: 'facts',
        facts: [
          { label: 'E-mail', value: literally(email ?? 'not known') },
          { label: 'Accounts', value: literally(identities.join(', ') || 'none') },
        ],
      },
      {
        kind: 'text',
        text:
          'Erased are name, address and accounts, roles, everything they said to me and I to them, their questions and comments, ' +
          'files they have not confirmed, their name in texts on AI systems and in titles of evidence, and the details of their entries in ' +
          'the event log, which still verifies. The files of evidence stay as they are. What they did in a role stays, under ' +
          `"${ERASED_NAME}". Messages in Slack and Teams themselves stay there. This cannot be undone.`,
      },
    ],
    actions: [{ id: actionId('erase', 'confirm', id), label: 'Erase for good', style: 'danger' }],
  };
}

async function erase({ clock }: EraseParts, person: string, asker: Asker): Promise<Outcome> {
  if (person === asker.person.id) return say(NOT_YOURSELF);
  return async (change) => {
    const erasure = await erasePerson(change, person, clock.today());
    if (erasure.outcome === 'unknown')
      return [notice('That person is not known, or was erased before. Nothing was changed.')];
    if (erasure.outcome === 'last-administrator') {
      return [
        notice(
          'They are the last administrator without an end date. Give that role to somebody else first. Nothing was changed.',
        ),
      ];
    }
    const entries = `The details of ${erasure.entries} entries of the event log are erased; it still verifies.`;
    return [notice(`Recorded: the person is erased. ${entries}${mentioned(erasure.mentions)}`)];
  };
}

function mentioned(mentions: readonly Mention[]): string {
  if (mentions.length === 0) return '';
  const places = mentions.map(({ table, rows }) => `\`${table}\` (${rows})`).join(', ');
  return ` What others wrote still names them, in these tables: ${places}. Look whether it should.`;
}
