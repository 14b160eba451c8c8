import { isDeepStrictEqual } from 'node:util';
import type { Facts, OptionOf } from '../facts.ts';
import { has, mentions, words } from './mentions.ts';
import type { Said } from './said.ts';

/** What a system of a known kind is like, where people describe it as such and say nothing that points elsewhere. */
interface Kind {
  readonly says: RegExp;
  readonly facts: Facts;
}

const NO_SPEECH: Facts = { talks: 'no', synthetic: ['none'] };

/** Ordinary purposes, far from the lists of the EU AI Act. Those that talk to people come first. */
const TALKING = 0;

const KINDS: readonly Kind[] = [
  {
    says: words(
      'chatbot*, chat bot*, chat (bubble|window|assistant|widget), voicebot*, voice bot*, phone bot*, virtual (assistant|agent)',
      'live chat, conversational, chat on (our|the), talks to _ (customers|people|visitors|guests), bot, hotline, avatar, talks back',
      'answers _ (customers|questions|calls|callers|phone), answer _ questions, ask* (it|the app|the assistant|the bot), talk to it',
      'phone assistant, digital assistant, voice assistant, replies to customers, faq, faqs, help desk, helpdesk, service desk, q&a',
    ),
    facts: { output: ['text'] },
  },
  {
    says: words(
      '(makes|make|creat*|generat*|design*) _ (images|pictures|photos|visuals|videos|illustrations|music|logos|artwork)',
      '(image|picture|video|music|photo) generat*, product (photos|images), voice over*, voiceover*, synthetic voice*, text to speech',
      'midjourney, dall e, stable diffusion, ad visuals, visuals, illustrations, artwork, image ai, ai images, virtual models',
      'models wearing, deepfake*, voice clon*, clon* _ voice, dubbing',
    ),
    facts: { output: ['images'], synthetic: ['media'], talks: 'no' },
  },
  {
    says: words(
      '(code|coding|programming) (assistant|copilot), copilot _ ide, (complet*|writes|generat*|reviews) code, code (complet*|review*|generat*)',
      'in the ide, writes unit tests, pull request*',
    ),
    facts: { output: ['code'], synthetic: ['none'], talks: 'staff', profiling: 'no' },
  },
  {
    says: words(
      'forecast*, predict* _ (demand|sales|prices|consumption|yield|weather|delays), how (many|much) _ (needs|need|to order|to bake|to buy|sell)',
      '(stock|inventory|replenish*) *, order quantit*, (delivery|arrival) time*, eta, energy (consumption|price*), harvest, crop yield*',
      'cash flow, occupancy, demand planning',
    ),
    facts: { output: ['forecast'], profiling: 'no', ...NO_SPEECH },
  },
  {
    says: words(
      'predictive maintenance, bearing*, vibration*, machine failure*, sensor data, breakdown*, wear of, anomal*, leak detection',
    ),
    facts: { output: ['warning'], profiling: 'no', ...NO_SPEECH },
  },
  {
    says: words(
      'defect*, scratches, (quality|visual|surface) (inspection|control), (inspects|checks) _ (parts|labels|welds|bottles|boards|surfaces)',
      'over the (belt|line), sort* _ (fruit|waste|parts|parcels|potatoes), counts _ (parts|pallets|visitors|cars), people counting',
      'queue length, parking spaces, fill level*, ripeness, corrosion, weeds, cracks',
    ),
    facts: { output: ['sorting'], profiling: 'no', ...NO_SPEECH },
  },
  {
    says: words(
      '(recommend*|suggest*) _ (products|films|movies|articles|recipes|songs|books|stuff|items), (product|film) recommendation*',
      'recommender, recommendation engine, you may also like, playlist*, upsell*, cross sell*, next best offer, personali?ed offers',
      'personali?es, churn, (customers|subscribers|members) _ (leave|cancel|buy), win back, lead scor*, customer segment*, target group*',
      'newsletter segment*, dynamic pricing, price optimi*, sets prices, coupon*, customer lifetime, search ranking',
    ),
    facts: { output: ['recommendation'], profiling: 'yes', ...NO_SPEECH },
  },
  {
    says: words(
      'suspicious _ (claims|payments|transactions|orders), (claims|card|payment|insurance) fraud, fraud detection, fraudulent, fraud',
    ),
    facts: { output: ['warning'], profiling: 'yes', ...NO_SPEECH },
  },
  {
    says: words('spam, phishing, malware, intrusion detection, network anomal*, virus scan*, server logs, log files'),
    facts: { output: ['sorting'], profiling: 'no', ...NO_SPEECH },
  },
  {
    says: words(
      'invoice*, ocr, receipts, (reads|extract*|scans) _ (documents|forms|invoices|delivery notes|orders|fields), document extraction',
      'data entry, purchase orders, bookkeeping, account codes, expense report*, delivery notes, paperwork, fills the fields',
    ),
    facts: { output: ['sorting'], profiling: 'no', ...NO_SPEECH },
  },
  {
    says: words(
      '(routes|sorts|classif*|tags|forwards|distributes|prioriti*) _ (tickets|e mails|emails|mails|mail|letters|requests), (ticket|mail) routing',
      'tagging, support tickets, inbox, mailbox, duplicate detection, deduplicat*, product categor*, customer (reviews|feedback)',
      'survey answers, (rates|scor*) suppliers, supplier risk, sentiment of reviews, press clippings, data quality, competitor prices',
    ),
    facts: { output: ['sorting'], profiling: 'no', ...NO_SPEECH },
  },
  {
    says: words(
      'translat*, transcri*, (writes|takes|makes) _ (minutes|notes), note taker, notetaker, meeting (notes|minutes|summar*), summari*',
      'subtitles, spell check*, spelling, grammar, proofread*, dictation, rewrites, polishes',
    ),
    facts: { output: ['text'], synthetic: ['other_text'], talks: 'staff', profiling: 'no' },
  },
  {
    says: words(
      '(search*|finds|find|shows) _ (documents|contracts|manuals|passages|wiki|by meaning|drawings|patents), (internal|enterprise|wiki|document|contract|patent) search',
      '(compares|reviews|checks) contracts, contract review, legal research, knowledge base, answers from our manuals, internal assistant',
      'policy questions, intranet, search engine, search tool, rag',
    ),
    facts: { output: ['text', 'sorting'], synthetic: ['other_text'], talks: 'staff', profiling: 'no' },
  },
  {
    says: words(
      '(writes|write|drafts|draft|generat*|formulat*) _ (e mails|emails|offers|quotes|texts|text|letters|replies|descriptions|reports|posts|articles|copy|newsletters|speeches|adverts|proposals|documents)',
      'marketing (text*|copy), ad copy, slogans, (text|writing|office) assistant, chatgpt, copilot, social media post*, blog post*, drafting',
    ),
    facts: { output: ['text'], synthetic: ['other_text'], talks: 'staff', profiling: 'no' },
  },
  {
    says: words(
      '(plans|optimi*) _ (routes|tours|loads|trucks|production), (route|tour|production) planning, route optimi*, warehouse slotting, loading plan*',
      'packing, energy sav*, heating of our building, air conditioning, irrigation, machine scheduling',
    ),
    facts: { output: ['recommendation'], profiling: 'no', ...NO_SPEECH },
  },
];

const NEWS = words(
  'news*, press release*, stock market reports, sports reports, articles for our readers, public information, newspaper*, journalis*, editorial*',
);
const REAL_LIKENESS = words(
  'deepfake*, deep fake*, voice clon*, clon* _ voice, lookalike*, avatar of, real people, actor*, celebrit*',
);
/** Corrects what follows from the kind by what is said of the content that it makes. */
function contentOf(purpose: string, result: string, facts: Facts): Facts {
  const makes = Array.isArray(facts.synthetic) && !facts.synthetic.includes('none');
  if (mentions(purpose, REAL_LIKENESS) && makes) return { ...facts, synthetic: ['media', 'deepfake'] };
  if (mentions(purpose, NEWS) && makes) return { ...facts, synthetic: ['public_text', 'other_text'] };
  if (makes || !has(result, CONTENT)) return facts;
  const { synthetic: _, ...rest } = facts;
  return rest;
}

const CONTENT = words(
  'article*, image*, picture*, video*, audio, posts, letters, go online, goes online, publish*, post*',
);

/** What follows from the ordinary kinds that a purpose sounds like. */
export function ordinaryKind({ purpose, result }: Said): {
  readonly isKnown: boolean;
  /** It answers whoever asks, and is about nobody in particular. */
  readonly isTalk: boolean;
  readonly facts: Facts;
} {
  const kinds = KINDS.filter(({ says }) => mentions(purpose, says));
  const isTalk = kinds.some((kind) => kind === KINDS[TALKING]);
  return { isKnown: kinds.length > 0, isTalk, facts: contentOf(purpose, result, agreed(kinds)) };
}

/** What follows from all kinds that a purpose sounds like: of content the most that any makes; otherwise only what all agree on. */
function agreed(kinds: readonly Kind[]): Facts {
  const [first, ...others] = kinds.map(({ facts }) => facts);
  const same = Object.entries(first ?? {}).filter(([name, value]) =>
    others.every((other) => isDeepStrictEqual(other[name as keyof Facts], value)),
  );
  const all = <Name extends 'output' | 'synthetic'>(name: Name) =>
    [...new Set(kinds.flatMap(({ facts }) => [facts[name] ?? []].flat()))] as OptionOf<Name>[];
  const output = all('output');
  const made = all('synthetic').filter((content) => content !== 'none');
  return {
    ...Object.fromEntries(same),
    ...(output.length > 0 ? { output } : {}),
    ...(made.length > 0 ? { synthetic: made } : {}),
  };
}
