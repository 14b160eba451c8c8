import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { openTestDatabase } from '../support/database.ts';

test('queries with parameters on many connections at once get their own results', async () => {
  const { db } = await openTestDatabase();
  const one = async (number: number) => {
    const { rows } = await sql<{
      number: number;
    }>`select ${number}::int as number, ${'x'.repeat(number)}::text`.execute(db);
    return rows[0]?.number;
  };
  const transaction = (number: number) =>
    db.transaction().execute(async (open) => {
      const { rows } = await sql<{ number: number }>`select ${number}::int + 1000 as number`.execute(open);
      return rows[0]?.number;
    });
  const numbers = Array.from({ length: 300 }, (_, index) => index);
  const found = await Promise.all(numbers.map((number) => (number % 3 === 0 ? transaction(number) : one(number))));
  expect(found).toEqual(numbers.map((number) => (number % 3 === 0 ? number + 1000 : number)));
});

test('a query that fails leaves the others alone', async () => {
  const { db } = await openTestDatabase();
  const failing = () => sql`select ${1}::int / ${0}::int`.execute(db).catch(() => 'failed');
  const working = (number: number) => sql<{ number: number }>`select ${number}::int as number`.execute(db);
  const results = await Promise.all(Array.from({ length: 60 }, (_, index) => (index % 2 ? working(index) : failing())));
  results.forEach((result, index) => {
    if (index % 2 === 0) expect(result).toBe('failed');
    else expect(result).toMatchObject({ rows: [{ number: index }] });
  });
});

test('who asks the pool inside a transaction hears of it at once, and of no other transaction', async () => {
  const { db } = await openTestDatabase();
  const one = () => sql`select 1`.execute(db);
  await expect(db.transaction().execute(one)).rejects.toThrow('inside a transaction');
  await one();
  const { promise: held, resolve: goOn } = Promise.withResolvers<void>();
  let after: Promise<unknown> | undefined;
  const open = db.transaction().execute(async () => {
    after = held.then(one);
  });
  await Promise.all([open, one()]);
  goOn();
  await after;
});
