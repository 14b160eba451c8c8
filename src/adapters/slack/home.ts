import type { HomeView } from '@slack/types';
import type { NoticeReply } from '../../chat/reply.ts';
import type { Address } from '../../chat/turn.ts';
import { markOf } from './action-names.ts';
import { renderBlocks, slackParts, withoutCharts } from './render.ts';
import { metadata } from './view.ts';

const MAX_BLOCKS = 100;

/** The Home tab. @param place the direct conversation, in which its buttons are answered */
export function homeView(sections: readonly NoticeReply[], place: Address): HomeView {
  const blocks = sections.flatMap((section, index) => {
    const [first = section] = slackParts(section);
    const divider = index > 0 ? [{ type: 'divider' as const }] : [];
    return [
      ...divider,
      ...renderBlocks(withoutCharts(first), place).map((block) => ({ ...block, ...uniqueId(block.block_id, index) })),
    ];
  });
  return { type: 'home', private_metadata: metadata(place), blocks: blocks.slice(0, MAX_BLOCKS) };
}

function uniqueId(blockId: string | undefined, index: number): { block_id?: string } {
  return blockId === undefined ? {} : { block_id: markOf(blockId, String(index)) };
}
