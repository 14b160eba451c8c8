import { actionId, numberIn } from '../../chat/action-id.ts';
import { notice } from '../../chat/notice.ts';
import type { Reply } from '../../chat/reply.ts';
import {
  addDigest,
  DIGEST_STATE_NAMES,
  type Digest,
  digestOfPeriod,
  digestsOf,
  noteArrived,
  readDigest,
  tryDigestAgain,
} from '../../records/digest/digest.ts';
import {
  type DigestChannel,
  digestChannelAt,
  digestChannels,
  endDigestChannel,
  pauseDigestChannel,
  readDigestChannel,
} from '../../records/digest/digest-channel.ts';
import { periodAt, weekNumber } from '../../records/digest/schedule.ts';
import { type Asker, type Command, type Feature, type Outcome, say } from '../feature.ts';
import { composeAll, composeDigest } from './compose.ts';
import { makeDigest, sendDigest } from './make.ts';
import { myPart } from './my-part.ts';
import { history, overview, pauseButton, previewButton } from './overview.ts';
import type { DigestParts } from './parts.ts';
import { checkSetForm, setForm, submitSetForm } from './set-form.ts';
import { placeName } from './tell-lead.ts';

export const DIGEST_COMMANDS: readonly Command[] = [
  {
    name: 'digest',
    usage: '[set | preview | now | pause | resume | history | stop]',
    summary: 'has the compliance lead set where and when the weekly digest comes',
    formArguments: ['set'],
  },
];

/** Digests that a history shows. */
const HISTORY = 12;

/** The weekly digest: where and when it comes, and what is behind its buttons. */
export function digestFeature(parts: DigestParts): Feature {
  return {
    name: 'digest',
    commands: DIGEST_COMMANDS,
    checkForm: (verb, values) => (verb === 'set' ? checkSetForm(values) : {}),
    async respond(request, asker) {
      const verb = request.kind === 'action' || request.kind === 'form' ? request.verb : wishIn(request.text);
      const argument = request.kind === 'action' ? request.argument : '';
      // What everybody who sees a digest may press.
      if (verb === 'all') return showAll(parts, argument, asker);
      if (verb === 'mine') return myPart(parts, argument, asker);
      if (!asker.person.roles.has('compliance_lead')) return say(NOT_ALLOWED);
      if (request.kind === 'form') return submitSetForm(parts, request.values, asker);
      return steer(parts, verb, argument, asker);
    },
  };
}

function wishIn(text: string): string {
  return text.trim().toLowerCase();
}

const NOT_ALLOWED = notice(
  'Where and when the weekly digest comes is set by the compliance lead and the deputy. Nothing was changed.',
  {
    id: actionId('command', 'run', 'help'),
    label: 'What can you do?',
  },
);

const NOT_HERE = notice('The digest does not come to this conversation.', {
  id: actionId('digest', 'set'),
  label: 'Post it here ...',
  opensForm: true,
});

async function steer(parts: DigestParts, verb: string, argument: string, asker: Asker): Promise<Outcome> {
  const { db, clock } = parts;
  const here = await channelHere(parts, asker);
  switch (verb) {
    case '':
      return say(overview(here, await digestChannels(db), clock.now()));
    case 'set':
      return say(setForm(parts.timeZone, here));
    case 'preview':
      return preview(parts, here, asker);
    case 'stop':
      return stop(parts, argument || String(here?.id ?? ''));
    case 'again':
      return postAgain(parts, argument, asker);
    case 'arrived':
      return arrived(parts, argument);
  }
  if (!here) return say(NOT_HERE);
  switch (verb) {
    case 'now':
      return postNow(parts, here, asker);
    case 'pause':
    case 'resume':
      return pause(here, verb === 'pause');
    case 'history':
      return say(history(here, await digestsOf(db, here.id, HISTORY)));
    default:
      return say(
        notice(
          'After `/aims digest` comes `set`, `preview`, `now`, `pause`, `resume`, `history` or `stop`.',
          previewButton,
        ),
      );
  }
}

async function channelHere({ db, channels }: DigestParts, { address }: Asker): Promise<DigestChannel | undefined> {
  return digestChannelAt(db, channels.get(address.platform)?.lasting(address) ?? address);
}

/** What everybody who reads it here would see now. */
async function preview(parts: DigestParts, here: DigestChannel | undefined, asker: Asker): Promise<Outcome> {
  const { address, conversation, person } = asker;
  const place = here ?? {
    address: parts.channels.get(address.platform)?.lasting(address) ?? address,
    person: conversation.kind === 'direct' ? person.id : undefined,
  };
  const made = await asker.whileWaiting(() => makeDigest(parts, place, undefined));
  if (typeof made === 'string') return say(notMade(made));
  const period = periodAt(here?.schedule ?? parts, parts.clock.now());
  // Nobody is told of a preview.
  return say(composeDigest({ id: undefined, period, content: made.content, accounts: new Map() }));
}

function notMade(why: 'unknown-readers' | 'outsiders'): Reply {
  return why === 'outsiders'
    ? notice('People who do not belong to the organisation can read this channel, so it gets no digest.')
    : notice(
        'I cannot see who is in this channel at the moment, so I show nothing here. Invite me, or try again later.',
      );
}

/** This week's, before its time; then it does not come again when it is due. */
async function postNow(parts: DigestParts, here: DigestChannel, asker: Asker): Promise<Outcome> {
  const { db, clock, sendIn } = parts;
  const period = periodAt(here.schedule, clock.now());
  const existing = await digestOfPeriod(db, here.id, period);
  if (existing) return say(alreadyMade(existing));
  const made = await asker.whileWaiting(() => makeDigest(parts, here, undefined));
  if (typeof made === 'string') return say(notMade(made));
  await sendIn(1);
  return async (change) => {
    await parts.readers.refuseChanged(change.db, made.readers);
    const digest = await addDigest(change, here, { at: change.at, period }, made.content);
    if (!digest) return [notice('Somebody else had it posted at this moment.', previewButton)];
    await sendDigest(parts, change, here, digest, made);
    return [notice(`The digest of week ${weekNumber(period)} comes here now. It does not come again this week.`)];
  };
}

function alreadyMade({ id, period, attempt, state }: Digest): Reply {
  const text = `The digest of week ${weekNumber(period)} was made already: ${DIGEST_STATE_NAMES[state]}. There is one a week.`;
  const again = { id: actionId('digest', 'again', `${id}.${attempt}`), label: 'Post it again' };
  return notice(text, previewButton, ...(state === 'posted' || state === 'sending' ? [] : [again]));
}

function pause(here: DigestChannel, isPaused: boolean): Outcome {
  return async (change) => {
    const changed = await pauseDigestChannel(change, here, isPaused);
    if (!changed) return [notice(isPaused ? 'It is paused already.' : 'It is not paused.', previewButton)];
    return isPaused
      ? [
          notice('Recorded: the digest is paused here. What comes due meanwhile is not made up for.', {
            id: actionId('digest', 'resume'),
            label: 'Resume',
          }),
        ]
      : [notice('Recorded: the digest comes here again.', previewButton, pauseButton)];
  };
}

async function stop({ db }: DigestParts, argument: string): Promise<Outcome> {
  const channel = await readDigestChannel(db, numberIn(argument));
  if (!channel) return say(notice('The digest does not go there any more. Nothing was changed.'));
  return async (change) => {
    const ended = await endDigestChannel(change, channel);
    return [
      notice(
        ended
          ? `Recorded: the digest does not go to ${placeName(channel)} any more. \`/aims digest\` there, or elsewhere, sets it anew.`
          : 'The digest does not go there any more. Nothing was changed.',
      ),
    ];
  };
}

/** A digest and the attempt that somebody was asked about, as a button carries them. */
async function asked({ db }: DigestParts, argument: string) {
  const [, id = '0', attempt = '0'] = /^(\d{1,15})\.(\d{1,6})$/.exec(argument) ?? [];
  const digest = await readDigest(db, Number(id));
  const channel = digest && (await readDigestChannel(db, digest.channel));
  const isCurrent = digest?.attempt === Number(attempt) && digest.state !== 'posted' && digest.state !== 'sending';
  return digest && channel && isCurrent ? { digest, channel } : undefined;
}

const SETTLED = notice('That was settled already, or the digest does not go there any more. Nothing was done.');

async function postAgain(parts: DigestParts, argument: string, asker: Asker): Promise<Outcome> {
  const found = await asked(parts, argument);
  if (!found) return say(SETTLED);
  const { digest, channel } = found;
  const made = await asker.whileWaiting(() => makeDigest(parts, channel, digest.content?.late));
  if (typeof made === 'string') return say(notMade(made));
  await parts.sendIn(1);
  return async (change) => {
    await parts.readers.refuseChanged(change.db, made.readers);
    const again = await tryDigestAgain(change, digest, made.content);
    if (!again) return [SETTLED];
    await sendDigest(parts, change, channel, again, made);
    return [notice(`I post the digest of week ${weekNumber(digest.period)} to ${placeName(channel)} again.`)];
  };
}

async function arrived(parts: DigestParts, argument: string): Promise<Outcome> {
  const found = await asked(parts, argument);
  if (!found) return say(SETTLED);
  return async (change) => {
    if (!(await noteArrived(change, found.digest))) return [SETTLED];
    return [notice(`Noted: the digest of week ${weekNumber(found.digest.period)} is there.`)];
  };
}

/** Everything in a digest, for those who read it where it stands. */
async function showAll({ db, channels }: DigestParts, argument: string, asker: Asker): Promise<Outcome> {
  const digest = await readDigest(db, numberIn(argument));
  const channel = digest && (await readDigestChannel(db, digest.channel));
  const here = channels.get(asker.address.platform)?.lasting(asker.address) ?? asker.address;
  const isHere =
    channel &&
    (channel.person === asker.person.id ||
      (channel.address.platform === here.platform && channel.address.conversation === here.conversation));
  if (!digest?.content || !isHere)
    return say(notice('I do not have that digest any more. `/aims digest` shows what there is.'));
  const isAllowed = digest.content.situation.isForEveryone
    ? asker.audience.visibilities.includes('everyone')
    : asker.audience.visibilities.includes('committee');
  if (!isAllowed)
    return say(notice('It was made for the committee, and not everybody who reads here belongs to it any more.'));
  const { id, period, content } = digest;
  return say(...composeAll({ id, period, content, accounts: new Map() }));
}
