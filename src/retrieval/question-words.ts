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
  word words term terms terminology iso iec standard norm
  expect expects expected expectation expectations consider considered considers considering detailed particular particularly
  best mentioned mention upcoming scenario scenarios situation situations beyond clarification aspect aspects pertaining
  typically typical especially recognize recognized implications handle handled handling seek seeking seeks current currently
  elements light well per frame circumstances case cases certain approach approaches looking remain remains taken wish aim
  aiming intend intends understanding clear clearly set forth prefer preferred format face faced
  ve ll re aren isn wasn weren haven hasn hadn doesn didn wouldn couldn shouldn needn mustn ain`);

/** Words of duties: they stand nearly everywhere, so they tell little. */
const DUTY = words(`
  provide provides provided ensure ensures process processes criteria criterion guidance comply compliance compliant measure
  measures necessary require requires required requirement requirements make made making use used using uses company firm
  organisation organization our ai system systems management adhere adherence demonstrate demonstrating according accordance
  potential potentially place key recommended recommendations practice practices step steps evaluate evaluating evaluation
  ongoing follow following associated involve involved different difference minimum consequence consequences needs needed align
  aligned indicate indicates guideline guidelines update updated updates failing fails met satisfy available level levels method
  methods deemed mandate mandatory manner comprehensive avoid challenges influence ability decide allow allowed permitted apply
  applies applied applicable application within upon across without multiple keep keeping scope outlined outline establish
  established implement implemented implementing implementation maintain maintained maintaining address determine determining
  identify identifying effectively effective appropriate proper adequate relevant related`);

function words(list: string): ReadonlySet<string> {
  return new Set(list.trim().split(/\s+/));
}

/** How much a word of a question tells about its subject: 0 nothing, 1 as much as its rarity says. */
export function subjectWeight(word: string): number {
  const lower = word.toLowerCase();
  if (PHRASING.has(lower)) return 0;
  return DUTY.has(lower) || word === 'AIMS' ? 0.6 : 1;
}
