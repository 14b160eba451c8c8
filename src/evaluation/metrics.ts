/** Measures of a ranking against the documents judged relevant, as BEIR and trec_eval define them. */
export interface RankingQuality {
  readonly 'recall@10': number;
  readonly 'map@10': number;
  readonly 'ndcg@10': number;
  readonly 'mrr@10': number;
}

const CUTOFF = 10;

/** @param relevance by document id; 0 is not relevant */
export function rankingQuality(ranked: readonly string[], relevance: ReadonlyMap<string, number>): RankingQuality {
  const top = ranked.slice(0, CUTOFF);
  const relevant = [...relevance.values()].filter((grade) => grade > 0).length;
  const gains = top.map((id) => Math.max(0, relevance.get(id) ?? 0));
  let hits = 0;
  const precisions = gains.map((gain, index) => (gain > 0 ? ++hits / (index + 1) : 0));
  const first = gains.findIndex((gain) => gain > 0);
  const ideal = [...relevance.values()].sort((a, b) => b - a).slice(0, CUTOFF);
  return {
    'recall@10': relevant === 0 ? 0 : hits / relevant,
    'map@10': relevant === 0 ? 0 : sum(precisions) / relevant,
    'ndcg@10': discounted(gains) / (discounted(ideal) || 1),
    'mrr@10': first < 0 ? 0 : 1 / (first + 1),
  };
}

function discounted(gains: readonly number[]): number {
  return sum(gains.map((gain, index) => gain / Math.log2(index + 2)));
}

export function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}

export function mean(numbers: readonly number[]): number {
  return numbers.length === 0 ? 0 : sum(numbers) / numbers.length;
}

/** Median and 95th percentile, in milliseconds. */
export function latency(milliseconds: readonly number[]): { readonly p50: number; readonly p95: number } {
  const sorted = milliseconds.toSorted((a, b) => a - b);
  const at = (share: number) =>
    Number((sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0).toFixed(2));
  return { p50: at(0.5), p95: at(0.95) };
}
