import { expect, test } from 'vitest';
import { sparkline } from '../../src/chat/sparkline.ts';

test.each([
  [[1, 2, 3, 4, 5, 6, 7, 8], '▁▂▃▄▅▆▇█'],
  [[8, 1], '█▁'],
  // What does not change, or hardly, is no drama.
  [[5, 5, 5], '▅▅▅'],
  [[100, 101], '▄▅'],
  [[0, 0], '▁▁'],
  [[null, 1, null, 3], '.▁.█'],
  [[], ''],
])('%j is drawn as %s', (values, line) => {
  expect(sparkline(values)).toBe(line);
});
