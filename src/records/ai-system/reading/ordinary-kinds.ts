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
      '(write|writes|text|texts|type|types|speak|speaks|chat|chats|talk|talks|call|calls) (to|with) (it|the app|the bot|the assistant|the system|the computer|the machine)',
      '(customers|guests|visitors|people|users|members|callers|patients|clients|students|staff|employees|everybody|tenants|citizens) (ask|write to|type to|chat with|talk to) (it|a computer|a machine)',
      '(computer|robot|artificial|automatic|ai|synthetic) voice (asks|answers|talks|speaks|reads|that asks|that answers), (picks up|answers|takes) (the phone|calls), on whatsapp, via whatsapp, replies to (guests|visitors|callers|tenants|members)',
      'chat with, chats with, chatting with, virtual (friend|companion|coach|character|receptionist|guide|host), companion app, (talk|talks|speak|speaks|chat|chats) (to|with) (a|the|our|an) (computer|machine|copy|character|avatar|bot|voice|screen|ai)',
      '(ask|asks) a (screen|machine|kiosk|terminal|speaker|robot), talks back, phone assistant, digital assistant, voice assistant, replies to customers, faq, faqs, help desk, helpdesk, service desk, q&a',
    ),
    facts: { output: ['text'] },
  },
  {
    says: words(
      '(tells|reads|sings|invents) _ (story|stories|tales|poems|songs|jokes), bedtime stor*',
      '(makes|make|creat*|generat*|design*) _ (images|pictures|photos|visuals|videos|illustrations|music|logos|artwork)',
      '(image|picture|video|music|photo) generat*, product (photos|images), voice over*, voiceover*, synthetic voice*, text to speech',
      'midjourney, dall e, stable diffusion, ad visuals, visuals, illustrations, artwork, image ai, ai images, virtual models',
      'models wearing, deepfake*, voice clon*, clon* _ voice, dubbing, (makes|make|creat*|generat*|produc*|edits|design*|draws|films) _ (spots|clips|banners|posters|animations|songs|jingles|podcast*|reels|voices|avatars|adverts|radio)',
      "in the voice of, face swap*, lip sync*, (video|videos|avatar) of our (ceo|founder|boss|director|experts), 3d (models|renderings), renders _ (rooms|houses|kitchens), (people|faces|models) who (do not|don't|never) exist*",
    ),
    facts: { output: ['images'], synthetic: ['media'], talks: 'no' },
  },
  {
    says: words(
      '(code|coding|programming) (assistant|copilot), copilot _ ide, (complet*|writes|generat*|reviews) code, code (complet*|review*|generat*)',
      'in the ide, (unit|software|regression) tests, (database|sql) quer*, sql, source code, pull request*',
    ),
    facts: { output: ['code'], synthetic: ['none'], talks: 'staff', profiling: 'no' },
  },
  {
    says: words(
      'forecast*, predict* _ (demand|sales|prices|consumption|yield|weather|delays), how (many|much) _ (needs|need|to order|to bake|to buy|sell)',
      '(stock|inventory|replenish*) *, order quantit*, (delivery|arrival) time*, eta, energy (consumption|price*), harvest, crop yield*',
      'cash flow, occupancy, demand planning, staffing needs, (predict*|estimat*|calculat*|tells|says) _ (volume*|quantit*|footfall|load|capacity|turnover|revenue|solar|wind|water level*|snow|price of)',
      'how much _ (is needed|is used|to produce|to cook|to stock|comes in), what will sell, sales next week',
    ),
    facts: { output: ['forecast'], profiling: 'no', ...NO_SPEECH },
  },
  {
    says: words(
      'predictive maintenance, bearing*, vibration*, machine failure*, sensor data, breakdown*, wear of, anomal*, leak detection',
      '(tells|says|predict*|warns) _ (breaks|break|fails|fail|dies|wears|worn|maintenance|service|oil|repair), condition monitoring, leak, leaks, leaking',
    ),
    facts: { output: ['warning'], profiling: 'no', ...NO_SPEECH },
  },
  {
    says: words(
      'defect*, scratches, (quality|visual|surface) (inspection|control), (inspects|checks) _ (parts|labels|welds|bottles|boards|surfaces)',
      'over the (belt|line), sort* _ (fruit|waste|parts|parcels|potatoes), counts _ (parts|pallets|visitors|cars), people counting',
      'queue length, parking spaces, fill level*, ripeness, corrosion, weeds, cracks, sorts out _ (bad|broken|damaged|wrong) *, (bad|broken|faulty|damaged) (parts|pieces|ones|products|goods)',
      '(looks at|examines|checks|inspects) (every|each|all|the) (cap|caps|bottle*|part|parts|piece*|weld*|board*|package*|tyre*|panel*|bolt*|label*), machine vision, kicks out',
      '(camera|cameras|picture|pictures|photo|photos|image|scanner|x ray) _ (weld*|seam*|board*|bottle*|part|parts|belt|product|products|package*|pallet*|shelf|shelves|plant*|field*|roof*|pipe*|rail*|road*|bridge*|food|label*|tyre*|glass)',
      'cows, cow, cattle, herd, hens, vines, vineyard*, orchard*, greenhouse*, beehive*, milking, feed mix*, milling, drilling, welding, tool wear, spindle*',
      'counts _ (cows|birds|fish|trees|boxes|bottles|stock), stock count*, livestock, cows, pigs, chickens, (size|weight|grade|colour) of _ (fruit|apples|eggs|timber|wood|stones)',
    ),
    facts: { output: ['sorting'], profiling: 'no', ...NO_SPEECH },
  },
  {
    says: words(
      '(recommend*|suggest*) _ (products|films|movies|articles|recipes|songs|books|stuff|items), (product|film) recommendation*',
      'recommender, recommendation engine, you may also like, playlist*, upsell*, cross sell*, next best offer, personali?ed offers',
      'personali?es, churn, (customers|subscribers|members) _ (leave|cancel|buy), win back, lead scor*, customer segment*, target group*',
      '(cancel|quit|leave) _ (subscription|contract|membership|gym|us), (likely|probably|going to|will) (quit|cancel|leave|buy|churn), which (customers|members|subscribers|donors|guests) _ (call|mail|offer|buy|give|leave|come back)',
      'what (a customer|customers|people|visitors) (might|may|could|would) (like|buy|want), ad targeting, retargeting, donation*, donors, (sorts|ranks|personali?es) _ (feed|shop|products|offers|results|search results)',
      '(groups|segments|clusters|splits) _ (customers|members|guests|users|visitors|subscribers|donors), for campaigns, marketing campaign*, mailing list*, loyalty (program*|card|segments)',
      'newsletter segment*, dynamic pricing, price optimi*, sets prices, coupon*, customer lifetime, search ranking',
    ),
    facts: { output: ['recommendation'], profiling: 'yes', ...NO_SPEECH },
  },
  {
    says: words(
      'suspicious _ (claims|payments|transactions|orders), (claims|card|payment|insurance) fraud, fraud detection, fraudulent, fraud',
      'money laundering, (stolen|fake) (cards|orders|accounts|reviews|tickets), chargeback*, fake reviews, bots on our site',
    ),
    facts: { output: ['warning'], profiling: 'yes', ...NO_SPEECH },
  },
  {
    says: words(
      '(estimat*|assess*|calculat*|reads|values) _ (damage*|repair cost*|dent*|scratch*|hail), car damage, storm damage, (motor|car|travel|home|household|pet) (insurance|claims|policy|policies)',
      '(values|valuation of|estimat*|price of) _ (houses|flats|cars|property|properties|used cars|real estate|paintings), property valuation*, trade in value',
    ),
    facts: { output: ['forecast'], profiling: 'no', ...NO_SPEECH },
  },
  {
    says: words('spam, phishing, malware, intrusion detection, network anomal*, virus scan*, server logs, log files'),
    facts: { output: ['sorting'], profiling: 'no', ...NO_SPEECH },
  },
  {
    says: words(
      'invoice*, ocr, receipts, (reads|extract*|scans) _ (documents|forms|invoices|delivery notes|orders|fields), document extraction',
      '(reads|pulls|takes|gets|extract*|scans|recogni*) _ (amount*|iban|date|dates|line items|fields|numbers|text|data|handwriting|licence plates|barcodes|meters|serial numbers)',
      '(archives|files|digiti*) _ (documents|letters|papers|records), matches _ (payments|invoices|orders|deliveries), customs (codes|declarations|forms), tariff codes',
      'data entry, purchase orders, bookkeeping, account codes, expense report*, delivery notes, paperwork, fills the fields',
    ),
    facts: { output: ['sorting'], profiling: 'no', ...NO_SPEECH },
  },
  {
    says: words(
      '(routes|sorts|classif*|tags|forwards|distributes|prioriti*) _ (tickets|e mails|emails|mails|mail|letters|requests), (ticket|mail) routing',
      'tagging, support tickets, inbox, mailbox, duplicate detection, deduplicat*, product categor*, customer (reviews|feedback)',
      'survey answers, (rates|scor*) suppliers, supplier risk, sentiment of reviews, press clippings, data quality, competitor prices',
      '(puts|sorts|moves|sends|drops) _ (queue*|folder*|inbox*|category|categories|right department|right team|right desk)',
      '(sorts|groups|clusters|reads|tags) _ (feedback|reviews|comments|complaints|articles|products|files|folders|photos), media monitoring, (sends|passes) _ (mails|letters|tickets|requests) _ (to|on to)',
    ),
    facts: { output: ['sorting'], profiling: 'no', ...NO_SPEECH },
  },
  {
    says: words(
      'translat*, transcri*, (writes|takes|makes) _ (minutes|notes), note taker, notetaker, meeting (notes|minutes|summar*), summari*',
      'summary, summaries, types what is said, writes down what is said, (minutes|protocol*|transcript*|action items|notes) _ (meeting*|call|calls|talk*), (joins|listens to|records) _ (meetings|video calls|our calls), shortens, condenses, captions, plain language, easy language',
      'subtitles, spell check*, spelling, grammar, proofread*, dictation, rewrites, polishes',
    ),
    facts: { output: ['text'], synthetic: ['other_text'], talks: 'staff', profiling: 'no' },
  },
  {
    says: words(
      '(search*|finds|find|shows) _ (documents|contracts|manuals|passages|wiki|by meaning|drawings|patents), (internal|enterprise|wiki|document|contract|patent) search',
      '(compares|reviews|checks) contracts, contract review, legal research, knowledge base, answers from our manuals, internal assistant',
      'policy questions, intranet, search engine, search tool, rag, (lawyers|engineers|colleagues|we|staff) (search|find|look up|ask) *, similar cases, (finds|find|searches|looks up) _ (rulings|judgments|laws|papers|articles|books|studies|similar), past projects, standards search, precedents',
    ),
    facts: { output: ['text', 'sorting'], synthetic: ['other_text'], talks: 'staff', profiling: 'no' },
  },
  {
    says: words(
      '(writes|write|drafts|draft|generat*|formulat*) _ (e mails|emails|offers|quotes|texts|text|letters|replies|descriptions|reports|posts|articles|copy|newsletters|speeches|adverts|proposals|documents)',
      '(writes|write|drafts|draft|prepares|makes) _ (newsletter|mailing*|press text*|tender*|bids|presentations|slides|captions|product texts|answers|minutes|specifications|job ads|job adverts|checklists|recipes|menus)',
      'marketing (text*|copy), ad copy, slogans, (text|writing|office) assistant, chatgpt, copilot, social media post*, blog post*, drafting',
    ),
    facts: { output: ['text'], synthetic: ['other_text'], talks: 'staff', profiling: 'no' },
  },
  {
    says: words(
      '(plans|optimi*) _ (routes|tours|loads|trucks|production), (route|tour|production) planning, route optimi*, warehouse slotting, loading plan*',
      '(order|sequence) of (the|our) (stops|jobs|orders|deliveries), (plans|plan|optimi*|proposes|schedules|works out) _ (stops|vans|deliveries|pallets|machines|docks|rooms|beds of flowers|crops|cutting|tables|slots|trips|fleet|timetable*)',
      '(saves|save|saving|lower|reduce*) _ (energy|fuel|power|water|heat|material|waste), (heating|cooling|ventilation|lighting) (of|in) (the|our|buildings|offices|greenhouse*|halls|stores)',
      'packing, energy sav*, heating of our building, air conditioning, irrigation, machine scheduling',
    ),
    facts: { output: ['recommendation'], profiling: 'no', ...NO_SPEECH },
  },
];

const NEWS = words(
  'news*, press release*, stock market reports, sports reports, articles for our readers, public information, newspaper*, journalis*, editorial*',
);
const REAL_LIKENESS = words(
  'deepfake*, deep fake*, voice clon*, clon* _ voice, lookalike*, avatar of, (video|videos|avatar|voice|image|images) of our (ceo|founder|boss|director|president|chairman|employees|staff|experts), real people, actor*, celebrit*, in the voice of',
  'voice of (our|the|a|his|her), (sound|sounds|look|looks) like (him|her|them|real|our|a real|the real), digital (twin|double) of, face swap*',
);
/** Corrects what follows from the kind by what is said of the content that it makes. */
function contentOf(purpose: string, result: string, facts: Facts): Facts {
  const makes = Array.isArray(facts.synthetic) && !facts.synthetic.includes('none');
  if (mentions(`${purpose}\n${result}`, REAL_LIKENESS) && makes) return { ...facts, synthetic: ['media', 'deepfake'] };
  if (mentions(purpose, NEWS) && makes) return { ...facts, synthetic: ['public_text', 'other_text'] };
  if (has(result, MEDIA) && !isMedia(facts)) {
    if (mentions(purpose, MAKES)) return { ...facts, synthetic: ['media'] };
    if (makes) return without(facts);
  }
  if (makes || !has(result, CONTENT)) return facts;
  return without(facts);
}

const isMedia = ({ synthetic }: Facts) => Array.isArray(synthetic) && synthetic.includes('media');

function without({ synthetic: _, ...facts }: Facts): Facts {
  return facts;
}

const MEDIA = words('video*, clip*, images, audio, voice over*, film*, pictures, song*');
const MAKES = words('generat*, makes, creat*, produc*, design*, avatar*, synthe*, clone*, speaking, animat*');

const CONTENT = words(
  'article*, image*, picture*, video*, audio, posts, letters, go online, goes online, publish*, post*',
);

/** What comes out is content, and no judgement: the kinds by that, where the purpose sounds like none. */
const RESULTS: readonly Kind[] = [
  {
    says: /^\W*(?:the |an? |some |new |our |ready |finished |draft |short )*(?:images?|pictures?|photos|videos?|clips?|audio|songs?|music|posters?|banners?|illustrations?|renderings?|voice[- ]overs?)\b/iu,
    facts: { output: ['images'], synthetic: ['media'], talks: 'no' },
  },
  {
    says: /^\W*(?:the |an? |some |new |our |short |draft |suggested )*(?:texts?|drafts?|summar(?:y|ies)|translations?|letters?|notes|minutes|subtitles|transcripts?|reports?|descriptions?)\b/iu,
    facts: { output: ['text'], synthetic: ['other_text'], talks: 'staff', profiling: 'no' },
  },
  {
    says: /^\W*(?:the |an? |some |ready |suggested )*(?:code|scripts?|quer(?:y|ies)|formulas?)\b/iu,
    facts: { output: ['code'], synthetic: ['none'], talks: 'staff', profiling: 'no' },
  },
];

/** Where people speak with it, what comes out says little of what it is. */
const SPEECH = words(
  'phone*, telephone*, call, calls, caller*, voice*, picks up, answer*, chat*, talk*, asks, conversation*',
);

/** What follows from the ordinary kinds that a purpose sounds like. */
export function ordinaryKind({ purpose, result }: Said): {
  readonly isKnown: boolean;
  /** It answers whoever asks, and is about nobody in particular. */
  readonly isTalk: boolean;
  readonly facts: Facts;
} {
  const meant = KINDS.filter(({ says }) => mentions(purpose, says));
  const kinds = meant.length > 0 || has(purpose, SPEECH) ? meant : RESULTS.filter(({ says }) => says.test(result));
  const isTalk = kinds.some((kind) => kind === KINDS[TALKING]);
  return { isKnown: kinds.length > 0, isTalk, facts: contentOf(purpose, result, agreed(kinds)) };
}

/** What follows from all kinds that a purpose sounds like: of content the most that any makes; otherwise only what all agree on. */
function agreed(kinds: readonly Kind[]): Facts {
  const [first, ...others] = kinds.map(({ facts }) => facts);
  const same = Object.entries(first ?? {}).filter(([name, value]) =>
    others.every((other) => isDeepStrictEqual(other[name as keyof Facts], value)),
  );
  // Whether it talks with nobody or with our own people makes no difference to what others have to be told.
  const talks = kinds.map(({ facts }) => facts.talks);
  const isInside = talks.length > 0 && talks.every((talk) => talk === 'no' || talk === 'staff');
  const all = <Name extends 'output' | 'synthetic'>(name: Name) =>
    [...new Set(kinds.flatMap(({ facts }) => [facts[name] ?? []].flat()))] as OptionOf<Name>[];
  const output = all('output');
  const made = all('synthetic').filter((content) => content !== 'none');
  return {
    ...Object.fromEntries(same),
    ...(isInside ? { talks: talks.includes('staff') ? 'staff' : 'no' } : {}),
    ...(kinds.length > 0 && made.length === 0 && all('synthetic').length > 0 ? { synthetic: ['none'] } : {}),
    ...(output.length > 0 ? { output } : {}),
    ...(made.length > 0 ? { synthetic: made } : {}),
  };
}
