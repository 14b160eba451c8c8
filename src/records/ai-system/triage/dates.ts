/**
 * From when the EU AI Act's provisions apply, as knowledge/eu-ai-act/eu-ai-act-timeline.md has it with its sources. They have moved
 * once: change both together.
 */
const ACT = 'Regulation (EU) 2024/1689';
const AMENDED = 'Regulation (EU) 2024/1689 as amended by Regulation (EU) 2026/1744';

export const APPLIES = {
  literacy: { appliesFrom: '2025-02-02', source: ACT },
  prohibitions: { appliesFrom: '2025-02-02', source: ACT },
  newProhibitions: { appliesFrom: '2026-12-02', source: AMENDED },
  generalPurposeModels: { appliesFrom: '2025-08-02', source: ACT },
  transparency: { appliesFrom: '2026-08-02', source: ACT },
  /** The duty to mark what they make, for systems that were on the market before the day on which Article 50 began to apply. */
  markingByOlderSystems: { appliesFrom: '2026-12-02', source: AMENDED },
  annexIII: { appliesFrom: '2027-12-02', source: AMENDED },
  annexI: { appliesFrom: '2028-08-02', source: AMENDED },
} as const;
