import { actionId } from '../../chat/action-id.ts';
import { notice } from '../../chat/notice.ts';
import type { Action, Block, Reply } from '../../chat/reply.ts';
import { dueEntries } from '../../records/kpi/due.ts';
import { readStandings, type Standing } from '../../records/kpi/standing.ts';
import { type Asker, type Outcome, say } from '../feature.ts';
import type { KpiParts } from './kpi.ts';
import { isLead, mayEnter, maySee, seesAll } from './rights.ts';
import { changeOf, enterButton, figureInWords, isMissed, targetInWords, whyButton } from './words.ts';

/** KPIs below their target, and due values, that get a button. */
const MAX_BUTTONS = 4;

export const NOT_FOR_YOU = notice(
  'KPIs are for the compliance lead and the AI governance committee, and each for whoever is named as its owner. Ask me about them ' +
    'in a direct message, or in a channel that the compliance lead opened to the committee.',
  { id: actionId('command', 'run', 'ask Which KPIs do we need for ISO 42001?'), label: 'Which KPIs are there?' },
);

/** All KPIs that everybody who reads the reply may see. */
export async function standingsFor({ db, clock }: KpiParts, asker: Asker): Promise<Standing[]> {
  const standings = await readStandings(db, { now: clock.now(), today: clock.today() });
  return standings.filter((standing) => maySee(asker, standing));
}

export async function overview(parts: KpiParts, asker: Asker): Promise<Outcome> {
  const standings = await standingsFor(parts, asker);
  return say(standings.length === 0 ? NOT_FOR_YOU : overviewOf(standings, asker));
}

function overviewOf(standings: readonly Standing[], asker: Asker): Reply {
  const used = standings.filter(({ settings }) => settings.frequency !== 'never');
  const measured = used.filter(({ current }) => current.value !== undefined);
  const missed = measured.filter(isMissed);
  return {
    kind: 'notice',
    blocks: [
      { kind: 'heading', text: seesAll(asker) ? 'KPIs' : 'Your KPIs' },
      {
        kind: 'text',
        text:
          missed.length === 0
            ? `${measured.length} of ${used.length} are measured; none of them misses its target.`
            : `${measured.length} of ${used.length} are measured; ${missed.length} of them ${missed.length === 1 ? 'misses its' : 'miss their'} target.`,
      },
      ...(measured.length > 0 ? [table(measured)] : []),
      ...named(
        'Not measured yet',
        used.filter(({ current }) => current.value === undefined),
      ),
      ...named(
        'Done without',
        standings.filter(({ settings }) => settings.frequency === 'never'),
      ),
      ...(used.some(({ settings, kpi }) => settings.areProposed && kpi.target !== undefined)
        ? [
            {
              kind: 'text' as const,
              text: '\\* A target of mine, not of the standard: it sets none. The compliance lead decides.',
            },
          ]
        : []),
    ],
    actions: [
      ...missed.slice(0, MAX_BUTTONS).map(whyButton),
      { id: actionId('kpi', 'choose'), label: 'Show one ...', opensForm: true },
      ...(used.some((standing) => mayEnter(asker, standing))
        ? [{ id: actionId('kpi', 'choose-entry'), label: 'Enter a value ...', opensForm: true as const }]
        : []),
      ...(seesAll(asker) ? [{ id: actionId('kpi', 'reviews'), label: 'Reviews' }] : []),
    ],
  };
}

/** Four columns, for phones. */
function table(standings: readonly Standing[]): Block {
  return {
    kind: 'table',
    columns: ['KPI', 'Now', 'Target', 'Change'],
    rows: standings.map((standing) => {
      const { kpi, current, settings } = standing;
      const target = targetInWords(kpi, settings.target);
      return [
        kpi.name,
        `${figureInWords(kpi, current)}${isMissed(standing) ? ' (missed)' : ''}`,
        settings.areProposed && target ? `${target} \\*` : target,
        changeOf(standing),
      ];
    }),
  };
}

function named(label: string, standings: readonly Standing[]): Block[] {
  if (standings.length === 0) return [];
  return [{ kind: 'text', text: `**${label}:** ${standings.map(({ kpi }) => kpi.name.toLowerCase()).join(', ')}.` }];
}

/** `/aims kpi due`: what is to be entered, by whoever asks. */
export async function dueList({ db, clock }: KpiParts, asker: Asker): Promise<Outcome> {
  const due = (await dueEntries(db, clock.today())).filter((entry) => mayEnter(asker, entry));
  if (due.length === 0) return say(notice('Nothing is to be entered by you.', ...(seesAll(asker) ? [SHOW_ALL] : [])));
  return say({
    kind: 'notice',
    blocks: [
      { kind: 'heading', text: 'KPIs to be entered' },
      { kind: 'text', text: due.map(({ kpi }) => `- **${kpi.name}**: ${kpi.formula.words}.`).join('\n') },
    ],
    actions: [
      ...due.map(({ kpi }) => enterButton(kpi)),
      ...(isLead(asker.person) ? [{ id: actionId('command', 'run', 'kpi'), label: 'All KPIs' }] : []),
    ],
  });
}

const SHOW_ALL: Action = { id: actionId('command', 'run', 'kpi'), label: 'All KPIs' };
