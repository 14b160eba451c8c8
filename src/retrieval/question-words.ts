/**
 * Words that phrase a question and say nothing of its subject. In a corpus of statements they are rare, so their inverse
 * document frequency would make them weigh most.
 */
const PHRASING = words(`
  please could would should shall may might can cannot tell explain describe show give clarify elaborate outline summarize
  specify mention say says said mean means meaning example examples context regarding concerning respect details detail
  type types kind sort specific specifically exactly actually really just still also even ever already always maybe
  question answer ask asking asked know think understand wonder wondering guess tell told someone somebody anyone anybody
  something anything thing things stuff hi hello hey thanks thank need want wanna gonna gotta like got get gets getting
  happen happens happened look looks way ways lot lots bit ok okay yes sure help quick quickly short shortly simple simply
  word words term terms terminology iso iec 42001 standard norm`);

/** Words of duties: they stand nearly everywhere, so they tell little. */
const DUTY = words(`
  provide provides provided ensure ensures process processes criteria criterion guidance comply compliance compliant measure
  measures necessary require requires required requirement requirements make made making use used using uses company firm
  organisation organization our ai system systems management`);

function words(list: string): ReadonlySet<string> {
  return new Set(list.trim().split(/\s+/));
}

/** How much a word of a question tells about its subject: 0 nothing, 1 as much as its rarity says. */
export function subjectWeight(word: string): number {
  const lower = word.toLowerCase();
  if (PHRASING.has(lower)) return 0;
  return DUTY.has(lower) ? 0.5 : 1;
}
