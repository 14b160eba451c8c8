import { readFile } from 'node:fs/promises';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  FACT_NAMES,
  FACTS,
  type FactDefinition,
  type FactName,
  type Facts,
  parseFacts,
  UNKNOWN,
} from '../../src/records/ai-system/facts.ts';
import { APPLIES } from '../../src/records/ai-system/triage/dates.ts';
import { euAiAct } from '../../src/records/ai-system/triage/eu-ai-act.ts';
import type { Tier } from '../../src/records/ai-system/triage/proposal.ts';
import { anyFacts } from './any-facts.ts';

/** A stock forecast: everything that the law asks about is known, and harmless. */
const HARMLESS: Facts = {
  listedUse: ['none'],
  bannedPractice: ['none'],
  product: 'none',
  origin: ['built'],
  providesModel: 'no',
  users: ['staff'],
  offered: 'no',
  output: ['forecast'],
  profiling: 'no',
  talks: 'no',
  euReach: 'in_eu',
};

const hiring: Facts = { ...HARMLESS, listedUse: ['hiring'], narrowTask: 'none', profiling: 'yes' };
const scanner: Facts = { ...HARMLESS, product: 'medical', productPart: 'safety', thirdPartyCheck: 'yes' };

/** What is changed of a system, its tier, the provision that decides, and the day from which it applies. */
const CASES: readonly (readonly [string, Facts, Tier, string?, string?])[] = [
  ['nothing that the law lists', HARMLESS, 'minimal', 'Art. 4', '2025-02-02'],
  ['nothing known', {}, 'undetermined'],

  ['manipulation', { ...HARMLESS, bannedPractice: ['manipulation'] }, 'prohibited', 'Art. 5(1)(a)', '2025-02-02'],
  ['exploiting', { ...HARMLESS, bannedPractice: ['exploiting'] }, 'prohibited', 'Art. 5(1)(b)'],
  ['social scoring', { ...HARMLESS, bannedPractice: ['social_scoring'] }, 'prohibited', 'Art. 5(1)(c)'],
  ['crime prediction', { ...HARMLESS, bannedPractice: ['crime_prediction'] }, 'prohibited', 'Art. 5(1)(d)'],
  ['face scraping', { ...HARMLESS, bannedPractice: ['face_scraping'] }, 'prohibited', 'Art. 5(1)(e)'],
  ['emotions at work', { ...HARMLESS, bannedPractice: ['emotions_work_school'] }, 'prohibited', 'Art. 5(1)(f)'],
  ['sensitive sorting', { ...HARMLESS, bannedPractice: ['sensitive_sorting'] }, 'prohibited', 'Art. 5(1)(g)'],
  ['live identification', { ...HARMLESS, bannedPractice: ['live_identification'] }, 'prohibited', 'Art. 5(1)(h)'],
  [
    'a ban that is new',
    { ...HARMLESS, bannedPractice: ['intimate_images'] },
    'undetermined',
    'Art. 5 as amended',
    '2026-12-02',
  ],
  ['a ban outweighs a listed use', { ...hiring, bannedPractice: ['exploiting'] }, 'prohibited', 'Art. 5(1)(b)'],
  ['bans not asked about', { ...HARMLESS, bannedPractice: UNKNOWN }, 'undetermined'],
  [
    'emotions of staff, said to be none of the bans',
    { ...HARMLESS, bannedPractice: ['none'], listedUse: ['emotions'], affected: ['staff'] },
    'undetermined',
  ],

  ['hiring', hiring, 'high', 'Annex III, point 4(a)', '2027-12-02'],
  ['workforce', { ...HARMLESS, listedUse: ['workforce'] }, 'high', 'Annex III, point 4(b)'],
  ['admission', { ...HARMLESS, listedUse: ['education_access'] }, 'high', 'Annex III, point 3(a)'],
  ['grading', { ...HARMLESS, listedUse: ['grading'] }, 'high', 'Annex III, point 3(b)'],
  ['exams', { ...HARMLESS, listedUse: ['exam_watching'] }, 'high', 'Annex III, point 3(d)'],
  ['credit', { ...HARMLESS, listedUse: ['credit'] }, 'high', 'Annex III, point 5(b)'],
  ['insurance', { ...HARMLESS, listedUse: ['insurance'] }, 'high', 'Annex III, point 5(c)'],
  ['benefits', { ...HARMLESS, listedUse: ['benefits'] }, 'high', 'Annex III, point 5(a)'],
  ['emergency', { ...HARMLESS, listedUse: ['emergency'] }, 'high', 'Annex III, point 5(d)'],
  ['infrastructure', { ...HARMLESS, listedUse: ['infrastructure'] }, 'high', 'Annex III, point 2'],
  ['identification', { ...HARMLESS, listedUse: ['identification'] }, 'high', 'Annex III, point 1(a)'],
  ['biometric sorting', { ...HARMLESS, listedUse: ['biometric_sorting'] }, 'high', 'Annex III, point 1(b)'],
  [
    'emotions of customers',
    { ...HARMLESS, listedUse: ['emotions'], affected: ['customers'] },
    'high',
    'Annex III, point 1(c)',
  ],
  ['policing', { ...HARMLESS, listedUse: ['policing'] }, 'high', 'Annex III, point 6'],
  ['borders', { ...HARMLESS, listedUse: ['borders'] }, 'high', 'Annex III, point 7'],
  ['justice', { ...HARMLESS, listedUse: ['justice'] }, 'high', 'Annex III, point 8(a)'],
  ['elections', { ...HARMLESS, listedUse: ['elections'] }, 'high', 'Annex III, point 8(b)'],
  ['a listed use, bans not asked about', { ...hiring, bannedPractice: UNKNOWN }, 'high', 'Annex III, point 4(a)'],
  [
    'a use next to a ban, bans not asked about',
    { ...HARMLESS, listedUse: ['emotions'], bannedPractice: UNKNOWN },
    'undetermined',
  ],
  ['uses not asked about', { ...HARMLESS, listedUse: UNKNOWN }, 'undetermined'],
  [
    'a listed use in a clerical step',
    { ...hiring, narrowTask: 'narrow', profiling: 'no' },
    'undetermined',
    'Annex III, point 4(a); Art. 6(3)',
  ],
  ['a listed use that only prepares', { ...hiring, narrowTask: 'prepares', profiling: 'no' }, 'undetermined'],
  [
    'the same with profiling',
    { ...hiring, narrowTask: 'prepares', profiling: 'yes' },
    'high',
    'Annex III, point 4(a); Art. 6(3)',
  ],
  ['the same, profiling not known', { ...hiring, narrowTask: 'patterns', profiling: UNKNOWN }, 'undetermined'],

  ['a checked product', scanner, 'high', 'Art. 6(1), Annex I', '2028-08-02'],
  ['a product without outside check', { ...scanner, thirdPartyCheck: 'no' }, 'minimal'],
  ['a product, check not known', { ...scanner, thirdPartyCheck: UNKNOWN }, 'undetermined'],
  ['a product, part not known', { ...scanner, productPart: UNKNOWN }, 'undetermined'],
  ['a part without bearing on safety', { ...scanner, productPart: 'none' }, 'minimal'],
  ['product not known', { ...HARMLESS, product: UNKNOWN }, 'undetermined'],
  ['a checked product, other uses not known', { ...scanner, listedUse: UNKNOWN, bannedPractice: UNKNOWN }, 'high'],

  ['talks to people outside', { ...HARMLESS, talks: 'outside' }, 'limited', 'Art. 50(1)', '2026-08-02'],
  ['talks to staff', { ...HARMLESS, talks: 'staff' }, 'minimal'],
  ['whom it talks to not known', { ...HARMLESS, talks: UNKNOWN }, 'undetermined'],
  ['pictures', { ...HARMLESS, output: ['images'], synthetic: ['media'] }, 'limited', 'Art. 50(2)'],
  [
    'pictures by an older system',
    { ...HARMLESS, output: ['images'], synthetic: ['media'], inUseSince: '2025-03-01' },
    'limited',
    'Art. 50(2)',
    '2026-12-02',
  ],
  [
    'pictures by a newer system',
    { ...HARMLESS, output: ['images'], synthetic: ['media'], inUseSince: '2026-08-02' },
    'limited',
    'Art. 50(2)',
    '2026-08-02',
  ],
  ['deepfakes', { ...HARMLESS, output: ['images'], synthetic: ['deepfake'] }, 'limited', 'Art. 50(4)'],
  ['news', { ...HARMLESS, output: ['text'], synthetic: ['public_text'] }, 'limited', 'Art. 50(4)'],
  [
    'text that we offer',
    { ...HARMLESS, output: ['text'], synthetic: ['other_text'], offered: 'own_name' },
    'limited',
    'Art. 50(2)',
  ],
  ['text for ourselves', { ...HARMLESS, output: ['text'], synthetic: ['other_text'] }, 'minimal'],
  [
    'text, offer not known',
    { ...HARMLESS, output: ['text'], synthetic: ['other_text'], offered: UNKNOWN },
    'undetermined',
  ],
  ['what it makes not known', { ...HARMLESS, output: ['text'], synthetic: UNKNOWN }, 'undetermined'],
  ['talks to people, and may be listed', { ...HARMLESS, talks: 'outside', listedUse: UNKNOWN }, 'undetermined'],
  ['a general-purpose model of ours', { ...HARMLESS, providesModel: 'yes' }, 'minimal', 'Art. 53', '2025-08-02'],
];

describe('the tier of the EU AI Act', () => {
  for (const [name, facts, tier, article, appliesFrom] of CASES) {
    test(name, () => {
      const proposal = euAiAct(facts);
      expect(proposal.tier).toBe(tier);
      if (article) expect(proposal.provisions[0]?.article).toBe(article);
      if (appliesFrom) expect(proposal.provisions[0]?.appliesFrom).toBe(appliesFrom);
      // Whoever reads "undetermined" is told what to find out.
      if (tier === 'undetermined') expect(proposal.open.length + proposal.provisions.length).toBeGreaterThan(1);
      expect(proposal.confidence === 'low').toBe(tier === 'undetermined');
    });
  }

  test('the dates are those of the guidance', async () => {
    const page = (await readFile('knowledge/eu-ai-act/eu-ai-act-timeline.md', 'utf8')).replace(/\s+/g, ' ');
    const written = new Intl.DateTimeFormat('en-GB', {
      day: 'numeric',
      month: 'long',
      year: 'numeric',
      timeZone: 'UTC',
    });
    for (const { appliesFrom, source } of Object.values(APPLIES)) {
      expect(page).toContain(written.format(new Date(appliesFrom)));
      expect(page).toContain(source.slice(-'Regulation (EU) 2026/1744'.length));
    }
  });

  test('every option of the form leads somewhere', () => {
    const covered = new Set(
      CASES.flatMap(([, facts]) => [...(facts.listedUse ?? []), ...(facts.bannedPractice ?? [])]),
    );
    for (const option of [...Object.keys(FACTS.listedUse.options), ...Object.keys(FACTS.bannedPractice.options)]) {
      expect(covered).toContain(option);
    }
  });

  test('transparency comes on top of high risk, and emotions have to be told as well', () => {
    const articles = (facts: Facts) => euAiAct(facts).provisions.map(({ article }) => article);
    expect(articles({ ...hiring, talks: 'outside' })).toEqual(['Annex III, point 4(a)', 'Art. 50(1)', 'Art. 4']);
    expect(articles({ ...HARMLESS, listedUse: ['emotions'] })).toEqual([
      'Annex III, point 1(c)',
      'Art. 50(3)',
      'Art. 4',
    ]);
    expect(articles({ ...HARMLESS, providesModel: 'yes' })).toContain('Art. 53');
  });

  test('outside of the EU the tier is what it would be, and somebody is to confirm that', () => {
    for (const euReach of ['none', UNKNOWN] as const) {
      const proposal = euAiAct({ ...hiring, euReach });
      expect(proposal.tier).toBe('high');
      expect(proposal.open.map(({ fact }) => fact)).toContain('euReach');
    }
    expect(euAiAct({ ...HARMLESS, euReach: 'none' }).confidence).toBe('medium');
  });

  test('our parts in the sense of the Act', () => {
    const of = (facts: Facts) => euAiAct({ ...HARMLESS, ...facts }).roles.map(({ role }) => role);
    expect(of({})).toEqual(['provider', 'deployer']);
    expect(of({ origin: ['bought'] })).toEqual(['deployer']);
    expect(of({ origin: ['bought'], offered: 'own_name' })).toEqual(['provider', 'deployer']);
    expect(of({ origin: ['bought', 'changed'] })).toEqual(['provider', 'deployer']);
    expect(of({ users: ['businesses'] })).toEqual(['provider']);
    expect(of({ providesModel: 'yes' })).toContain('gpai_provider');
  });

  test('not to know something never makes a system minimal', () => {
    fc.assert(
      fc.property(anyFacts, fc.constantFrom(...FACT_NAMES), (facts, name) => {
        const before = euAiAct(facts).tier;
        const after = euAiAct({ ...facts, [name]: UNKNOWN } as Facts).tier;
        if (before !== 'minimal') expect(after, `${before} without ${name}`).not.toBe('minimal');
      }),
      { numRuns: 3_000 },
    );
  });

  test('what is not known can only raise: a known tier is never above any answer that could come', () => {
    const raising = ['listedUse', 'bannedPractice', 'product', 'talks', 'synthetic'] as const;
    const order: readonly Tier[] = ['minimal', 'limited'];
    fc.assert(
      fc.property(anyFacts, fc.constantFrom(...raising), fc.nat(), (facts, name, choice) => {
        const unknown = euAiAct({ ...facts, [name]: UNKNOWN } as Facts).tier;
        if (!order.includes(unknown)) return;
        const options = Object.keys((FACTS[name] as Extract<FactDefinition, { options: unknown }>).options);
        const option = options[choice % options.length];
        const value = FACTS[name].kind === 'choices' ? [option] : option;
        const known = euAiAct(parseFacts({ ...facts, [name]: value })).tier;
        expect(['high', 'prohibited']).not.toContain(known);
      }),
      { numRuns: 3_000 },
    );
  });

  test('the order of what is said does not matter', () => {
    fc.assert(
      fc.property(anyFacts, (facts) => {
        const reversed = Object.fromEntries(
          Object.entries(facts)
            .reverse()
            .map(([name, value]) => [name, Array.isArray(value) ? value.toReversed() : value]),
        ) as Facts;
        expect(euAiAct(parseFacts(reversed))).toEqual(euAiAct(parseFacts(facts)));
      }),
    );
  });

  test('each reason follows from facts that were given, or says which is missing', () => {
    fc.assert(
      fc.property(anyFacts, (facts) => {
        const proposal = euAiAct(facts);
        for (const { from, because } of proposal.provisions) {
          expect(because).not.toBe('');
          for (const name of from) expect(FACT_NAMES).toContain(name satisfies FactName);
        }
        for (const { fact, why } of proposal.open) {
          expect(FACT_NAMES).toContain(fact);
          expect(why).toMatch(/\.$/);
        }
      }),
    );
  });
});
