import { expect, test } from 'vitest';
import type { Db } from '../../src/database/database.ts';
import type { Actor } from '../../src/event-log/entry.ts';
import { readEntries } from '../../src/event-log/event-log.ts';
import { type Change, governedChange } from '../../src/event-log/governed-change.ts';
import { systemKey } from '../../src/records/ai-system/ai-system.ts';
import {
  approve,
  changeContent,
  impactAssessed,
  override,
  reassignReview,
  retire,
} from '../../src/records/ai-system/change-systems.ts';
import { likelyDuplicates } from '../../src/records/ai-system/duplicates.ts';
import type { Facts } from '../../src/records/ai-system/facts.ts';
import {
  discardIntake,
  factsOfIntake,
  intakeOf,
  moveIntake,
  openIntakesOf,
  readIntake,
  saveAnswer,
  sendBack,
  startIntake,
  submitIntake,
  waitingIntakes,
} from '../../src/records/ai-system/intakes.ts';
import {
  askSomebodyElse,
  closeOpenPoint,
  openPointsFor,
  openPointsOf,
  raiseOpenPoint,
  readOpenPoint,
} from '../../src/records/ai-system/open-points.ts';
import { historyOf, listSystems, readSystem } from '../../src/records/ai-system/read-systems.ts';
import type { TopicId } from '../../src/records/ai-system/topics.ts';
import { openTestDatabase } from '../support/database.ts';

const CHATBOT: Readonly<Partial<Record<TopicId, Facts>>> = {
  I1: { listedUse: ['none'], bannedPractice: ['none'], product: 'none' },
  I2: { origin: ['commissioned'], vendor: 'Bright Agency' },
  I3: { stage: 'operation_monitoring' },
  I4: { users: ['consumers'], offered: 'own_name' },
  I6: { personalData: ['contact', 'behaviour'] },
  I7: { output: ['text'], decides: 'automatic', talks: 'outside', synthetic: ['other_text'], profiling: 'no' },
  I8: { euReach: 'in_eu' },
};

async function house() {
  const { db } = await openTestDatabase();
  const names = ['Jon', 'Dana', 'Ana'] as const;
  const rows = await db
    .insertInto('person')
    .values(names.map((display_name) => ({ display_name, email: null })))
    .returning('id')
    .execute();
  const [jon = '', dana = '', ana = ''] = rows.map(({ id }) => id);
  const as = <T>(person: string, work: (change: Change) => Promise<T>) =>
    governedChange(db, { kind: 'person', person, via: 'web', authenticated: true } satisfies Actor, work);
  return { db, jon, dana, ana, as };
}

type House = Awaited<ReturnType<typeof house>>;

async function interviewed({ db, jon, as }: House, name: string, said: typeof CHATBOT = CHATBOT) {
  const intake = await as(jon, (change) => startIntake(change, { name, startedBy: jon }));
  for (const [topic, facts] of Object.entries(said)) {
    const answer = { topic: topic as TopicId, text: `About ${topic}`, facts, mark: 'answered', basedOn: 0 } as const;
    await as(jon, (change) => saveAnswer(change, intake.id, answer, jon));
  }
  const current = await readIntake(db, intake.id);
  if (!current) throw new Error('gone');
  return current;
}

async function submitted(home: House, name: string, said: typeof CHATBOT = CHATBOT) {
  const intake = await interviewed(home, name, said);
  expect(await home.as(home.jon, (change) => submitIntake(change, intake, home.jon))).toBe('done');
  return read(home.db, intake.system);
}

async function read(db: Db, id: number) {
  const system = await readSystem(db, id);
  if (!system) throw new Error('gone');
  return system;
}

async function actionsOn(db: Db, system: number): Promise<string[]> {
  const entries = [];
  for await (const entry of readEntries(db)) if (entry.subject === systemKey(system)) entries.push(entry.action);
  return entries;
}

test('a draft keeps each answer, and two people do not overwrite each other', async () => {
  const { db, jon, ana, as } = await house();
  const intake = await as(jon, (change) => startIntake(change, { name: 'Mia', startedBy: jon }));
  expect(intake).toMatchObject({ state: 'open', step: 'I1', version: 1, startedBy: { id: jon, name: 'Jon' } });
  const answer = (text: string, basedOn: number, topic: TopicId = 'I4') =>
    ({ topic, text, facts: { users: ['staff'] } satisfies Facts, mark: 'answered', basedOn }) as const;

  expect(await as(jon, (change) => saveAnswer(change, intake.id, answer('agents', 0), jon))).toBe(1);
  // Ana has the question open since before Jon answered it: hers is not kept in the place of his.
  expect(await as(ana, (change) => saveAnswer(change, intake.id, answer('planners', 0), ana))).toBeUndefined();
  expect(await as(ana, (change) => saveAnswer(change, intake.id, answer('planners', 1), ana))).toBe(2);
  // Another topic at the same time is no conflict.
  expect(await as(jon, (change) => saveAnswer(change, intake.id, answer('nobody', 0, 'I5'), jon))).toBe(1);

  const kept = await readIntake(db, intake.id);
  expect(kept?.answers.I4).toMatchObject({ text: 'planners', version: 2, by: { name: 'Ana' } });
  // A fact is kept with its own topic alone.
  expect(kept?.answers.I5?.facts).toEqual({});
  expect(kept && factsOfIntake(kept)).toEqual({ users: ['staff'] });
});

test('a click twice does nothing twice, and what is paused goes on', async () => {
  const { db, jon, as } = await house();
  const intake = await as(jon, (change) => startIntake(change, { name: 'Mia', startedBy: jon }));
  const pause = () => as(jon, (change) => moveIntake(change, intake, { state: 'paused', step: 'I3' }));
  expect(await Promise.all([pause(), pause()])).toEqual(expect.arrayContaining([true, false]));
  expect(await openIntakesOf(db, jon)).toMatchObject([{ state: 'paused', step: 'I3', version: 2 }]);
  expect(await waitingIntakes(db, new Date(Date.now() + 60_000))).toHaveLength(1);
  expect(await waitingIntakes(db, new Date(Date.now() - 60_000))).toHaveLength(0);

  const seen = await readIntake(db, intake.id);
  if (!seen) throw new Error('gone');
  const submit = () => as(jon, (change) => submitIntake(change, seen, jon));
  expect((await Promise.all([submit(), submit()])).sort()).toEqual(['changed_meanwhile', 'done']);
  expect(await openIntakesOf(db, jon)).toEqual([]);
});

test('a submission becomes a version with its triage, and everything is logged', async () => {
  const home = await house();
  const system = await submitted(home, 'Mia');
  expect(system).toMatchObject({
    state: 'submitted',
    version: 2,
    stage: 'operation_monitoring',
    tier: 'limited',
    roles: ['provider', 'customer'],
    impactDepth: 'moderate',
    isAssessmentDue: true,
    submittedBy: { name: 'Jon' },
  });
  expect(system.completeness).toBeGreaterThan(0.3);
  expect(system.completeness).toBeLessThan(1);
  const [last, first] = await historyOf(home.db, system.id);
  expect(first).toMatchObject({ version: 1, act: 'created', by: { name: 'Jon' } });
  expect(last?.changes).toContainEqual({ field: 'facts.origin', new: ['commissioned'] });
  expect(await actionsOn(home.db, system.id)).toEqual([
    'ai-system.created',
    ...Array(7).fill('intake.answered'),
    'ai-system.submitted',
  ]);
});

test('nobody approves their own, and what is sent back is asked again', async () => {
  const home = await house();
  const { db, jon, dana, as } = home;
  const system = await submitted(home, 'Mia');
  const decision = { reviewOn: '2027-11-24', reason: undefined };
  expect(await as(jon, (change) => approve(change, system, decision))).toBe('own');
  expect(await as(jon, (change) => sendBack(change, system, { reason: 'x', topics: [] }))).toBe('own');

  const comments = { reason: 'Who tests it?', topics: ['I10', 'I14'] as const };
  expect(await as(dana, (change) => sendBack(change, system, comments))).toBe('done');
  expect(await as(dana, (change) => approve(change, system, decision))).toBe('changed_meanwhile');
  const intake = await intakeOf(db, system.id);
  expect(intake).toMatchObject({ state: 'open', step: 'I10' });
  const back = await read(db, system.id);
  expect(back.state).toBe('sent_back');
  expect(await as(dana, (change) => approve(change, back, decision))).toBe('wrong_state');

  if (!intake) throw new Error('gone');
  const tested = {
    topic: 'I10',
    text: '200 chats',
    facts: { tested: 'recorded' },
    mark: 'answered',
    basedOn: 0,
  } as const;
  await as(jon, (change) => saveAnswer(change, intake.id, tested, jon));
  await as(jon, (change) => submitIntake(change, intake, jon));
  const again = await read(db, system.id);
  expect(await as(dana, (change) => approve(change, again, decision))).toBe('done');
  expect(await read(db, system.id)).toMatchObject({ state: 'approved', reviewOn: '2027-11-24', version: 5 });
  expect((await historyOf(db, system.id)).map(({ act }) => act)).toEqual([
    'approved',
    'submitted',
    'sent_back',
    'submitted',
    'created',
  ]);
});

test('a review is given to somebody else, but not to whoever submitted', async () => {
  const home = await house();
  const system = await submitted(home, 'Mia');
  const give = (reviewer: string) =>
    home.as(home.dana, (change) => reassignReview(change, system, { reviewer, reason: 'on holiday' }));
  expect(await give(home.jon)).toBe('own');
  expect(await give(home.ana)).toBe('done');
  const given = await read(home.db, system.id);
  expect(given.reviewer).toEqual({ id: home.ana, name: 'Ana' });
  expect(
    await home.as(home.dana, (change) => reassignReview(change, given, { reviewer: home.ana, reason: undefined })),
  ).toBe('same');
});

test('a significant change opens the triage of an approved system again, another one does not', async () => {
  const home = await house();
  const { db, jon, dana, as } = home;
  const first = await submitted(home, 'Mia');
  await as(dana, (change) => override(change, first, { tier: 'minimal' }, 'Legal opinion of 3 November'));
  const judged = await read(db, first.id);
  expect(judged).toMatchObject({ tier: 'minimal', triage: { euAiAct: { tier: 'limited' } } });
  expect(judged.content.overrides.tier).toMatchObject({ value: 'minimal', by: dana });
  await as(dana, (change) => approve(change, judged, { reviewOn: '2027-11-24', reason: undefined }));
  await as(dana, (change) => impactAssessed(change, first.id, 'Report 7'));

  const approved = await read(db, first.id);
  expect(approved.isAssessmentDue).toBe(false);
  expect(
    await as(jon, (change) => changeContent(change, approved, { facts: { logs: 'known' } }, 'Logs are kept now')),
  ).toBe('done');
  const small = await read(db, first.id);
  expect(small).toMatchObject({ state: 'approved', tier: 'minimal', isAssessmentDue: false });
  expect(await as(jon, (change) => changeContent(change, small, { facts: { logs: 'known' } }, 'Again'))).toBe('same');

  const wider = { facts: { personalData: ['contact', 'behaviour', 'sensitive'] } } as const;
  expect(await as(jon, (change) => changeContent(change, small, wider, 'Health questions'))).toBe('done');
  const reopened = await read(db, first.id);
  expect(reopened).toMatchObject({
    state: 'submitted',
    tier: 'limited',
    isAssessmentDue: true,
    submittedBy: { name: 'Jon' },
  });
  const [last] = await historyOf(db, first.id);
  expect(last?.reason).toBe('Health questions');
  expect(last?.changes).toContainEqual({
    field: 'facts.personalData',
    old: ['contact', 'behaviour'],
    new: ['contact', 'behaviour', 'sensitive'],
  });
  expect(await actionsOn(db, first.id)).toContain('ai-system.overridden');
});

test('what is sent back is asked again from what the register says by now', async () => {
  const home = await house();
  const { db, jon, dana, as } = home;
  const system = await submitted(home, 'Mia');
  await as(dana, (change) =>
    changeContent(change, system, { facts: { users: ['staff'], tested: 'none' } }, 'Corrected'),
  );
  const corrected = await read(db, system.id);
  await as(dana, (change) => sendBack(change, corrected, { reason: 'Who tests it?', topics: ['I10'] }));
  const intake = await intakeOf(db, system.id);
  expect(intake?.answers.I4).toMatchObject({
    text: 'About I4',
    version: 2,
    facts: { users: ['staff'], offered: 'own_name' },
  });
  expect(intake?.answers.I10).toMatchObject({ text: '', version: 1, facts: { tested: 'none' } });
  expect(intake?.answers.I7?.version).toBe(1);
  if (!intake) throw new Error('gone');
  await as(jon, (change) => submitIntake(change, intake, jon));
  expect((await read(db, system.id)).content.facts).toMatchObject({ users: ['staff'], tested: 'none' });
});

test('a system is retired with its reason and keeps its record; a draft is discarded', async () => {
  const home = await house();
  const { db, jon, dana, as } = home;
  const system = await submitted(home, 'Mia');
  expect(await as(dana, (change) => retire(change, system, 'Replaced'))).toBe('done');
  const retired = await read(db, system.id);
  expect(retired).toMatchObject({ state: 'retired', stage: 'retirement' });
  expect(await as(dana, (change) => changeContent(change, retired, { name: 'Max' }, 'x'))).toBe('wrong_state');

  const draft = await interviewed(home, 'Max');
  expect(await as(jon, (change) => discardIntake(change, draft, undefined))).toBe('done');
  const late = { topic: 'I5', text: 'late', facts: {}, mark: 'answered', basedOn: 0 } as const;
  expect(await as(jon, (change) => saveAnswer(change, draft.id, late, jon))).toBeUndefined();
  expect((await listSystems(db, {}, 10)).systems.map(({ content }) => content.name)).toEqual(['Mia']);
});

test('the register is filtered by what people ask for', async () => {
  const home = await house();
  const mia = await submitted(home, 'Mia');
  const max = await submitted(home, 'Max', {
    ...CHATBOT,
    I1: { listedUse: ['hiring'], bannedPractice: ['none'], product: 'none' },
    I14: { owner: home.ana },
  });
  await home.as(home.dana, (change) => approve(change, mia, { reviewOn: '2026-12-01', reason: undefined }));
  const names = async (filter: Parameters<typeof listSystems>[1]) =>
    (await listSystems(home.db, filter, 10)).systems.map(({ content }) => content.name);
  expect(await names({})).toEqual(['Mia', 'Max']);
  expect(await names({ tier: 'high' })).toEqual(['Max']);
  expect(await names({ owner: home.ana })).toEqual(['Max']);
  expect(await names({ role: 'provider', stage: 'operation_monitoring' })).toEqual(['Mia', 'Max']);
  expect(await names({ personalData: ['contact'] })).toEqual(['Mia', 'Max']);
  expect(await names({ personalData: ['biometric'] })).toEqual([]);
  expect(await names({ states: ['submitted'] })).toEqual(['Max']);
  expect(await names({ reviewDueOn: '2026-11-30' })).toEqual([]);
  expect(await names({ reviewDueOn: '2026-12-01' })).toEqual(['Mia']);
  expect(await listSystems(home.db, {}, 1)).toMatchObject({ total: 2 });
  expect(max.owner).toEqual({ id: home.ana, name: 'Ana' });
});

test('likely duplicates are found by name, vendor and purpose', async () => {
  const home = await house();
  const mia = await submitted(home, 'Mia, the shop chatbot');
  const described = (name: string, vendor?: string, purpose?: string) => ({ name, vendor, purpose });
  const alike = async (...args: Parameters<typeof described>) =>
    (await likelyDuplicates(home.db, described(...args))).map((one) => one.alike);
  expect(await alike('MIA the shop chatbot')).toEqual(['same name']);
  expect(await alike('Mia the shop chatbots')).toEqual(['similar name']);
  expect(await alike('Forecast of yoghurts', 'Acme', 'How many yoghurts each store needs')).toEqual([]);
  await home.as(home.dana, (change) =>
    changeContent(change, mia, { texts: { I1: 'Answers questions of customers about orders and returns' } }, 'x'),
  );
  expect(await alike('Helper', undefined, 'answers the questions of customers on returns and orders')).toEqual([
    'similar purpose',
  ]);
  expect(await alike('Helper', 'bright agency', 'Answers customers on the phone')).toEqual([
    'same vendor and similar purpose',
  ]);
  expect(await likelyDuplicates(home.db, described('Mia the shop chatbot'), mia.id)).toEqual([]);
});

test('an open point waits for the person to ask, once', async () => {
  const home = await house();
  const { db, jon, dana, ana, as } = home;
  const { system } = await interviewed(home, 'Mia');
  const point = await as(jon, (change) =>
    raiseOpenPoint(change, {
      system,
      topic: 'I10',
      question: 'Is there a test report?',
      why: 'The agency tests',
      person: dana,
    }),
  );
  expect(await openPointsFor(db, dana)).toMatchObject([{ id: point, person: { name: 'Dana' }, state: 'open' }]);
  expect(await as(dana, (change) => askSomebodyElse(change, point, ana))).toBe(true);
  const answer = () => as(ana, (change) => closeOpenPoint(change, point, 'Yes, of May'));
  expect((await Promise.all([answer(), answer()])).sort()).toEqual([false, true]);
  expect(await openPointsFor(db, ana)).toEqual([]);
  expect(await readOpenPoint(db, point)).toMatchObject({ topic: 'I10', why: 'The agency tests' });
  expect(await openPointsOf(db, system)).toMatchObject([
    { state: 'answered', answer: 'Yes, of May', answeredBy: { name: 'Ana' } },
  ]);
  expect((await actionsOn(db, system)).slice(-3)).toEqual([
    'open-point.raised',
    'open-point.passed-on',
    'open-point.answered',
  ]);
});
