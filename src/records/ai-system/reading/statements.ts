import { FACTS, type FactName, type Facts } from '../facts.ts';
import type { TopicId } from '../topics.ts';
import { has, mentions, words } from './mentions.ts';
import { ELSEWHERE, EUROPE } from './places.ts';

/** What of a fact is said where a text has these words. */
interface Sign {
  readonly option: string;
  readonly says: RegExp;
  /** Also where it is denied, as in "no tests". */
  readonly isWhole?: boolean;
}

const sign = (option: string, ...lists: readonly string[]): Sign => ({ option, says: words(...lists) });
/** For words that carry their own negation. */
const plainly = (option: string, says: RegExp): Sign => ({ option, says, isWhole: true });

const NO_IDEA =
  /\b(no (idea|clue)|don['’]?t know|dunno|not sure|i (think|believe|guess)|probably|somewhere|no one knows)\b/giu;

/** By fact: of a choice, the first sign that fits holds; of several choices, all that fit. */
const SIGNS: { readonly [Name in FactName]?: readonly Sign[] } = {
  origin: [
    plainly(
      'built',
      /\b(we|i|us) (have |just |actually )?(built|made|wrote|developed|trained|coded|programmed|created|did)\b|\b(built|made|developed|trained|written|coded) (it )?(here|in[- ]?house|by us|ourselves|by our|internally)|\b(in[- ]?house|home[- ]?grown|self[- ](made|built|written)|own (thing|development|model|script))\b|\b(our|own) (own )?(\p{L}+ ){0,2}(data scientists?|scientists|team|devs?|developers?|engineers?|programmers?|it|people|guys|r&d|analysts?|lab)\b|\b(data science|data team|analytics|engineering|r&d|the lab|devs|developers|colleagues|dev team|data scientists) (team |guys )?(have |has )?(built|made|did|wrote|developed|trained|do|does)\b|\b(trained|made|built) by us\b|\bwe (make|build|train|develop)\b|\bour (own )?(product|model|algorithm)\b|^\W*(internal|inhouse|ourselves)\b|\bourselves\b|\bmy (own )?(script|model|code)\b/giu,
    ),
    sign(
      'commissioned',
      'agency, consultan*, contractor*, freelancer*, built for us, made for us, commissioned, system integrator',
      'software house',
    ),
    sign(
      'bought',
      'vendor*, licen?e*, licence, license, bought, purchased, subscri*, saas, off the shelf, enterprise plan',
      'supplier, white label, fintech, firm, company, standard product, their (cloud|model|software), integrator, installer, cloud product, university, module, delivered with, delivers it, comes with, came with, part of our, module of, product from',
      'tool from, standard software, app store, cloud service, manufacturer, machine builder, ships with',
      'provider, startup, start up, add on, addon, plugin, feature of, microsoft, google, sap, salesforce',
      'workday, oracle, zendesk, hubspot, deepl',
    ),
    sign(
      'vendor_model',
      'gpt*, openai, claude, anthropic, gemini, azure openai, bedrock, language model*, llm, llms, mistral api',
      'foundation model*, model through an api, via api, through an api',
    ),
    sign('fine_tuned', 'fine tun*, finetun*, trained further, retrained on our, trained it on our'),
    sign(
      'open_model',
      'open source, opensource, open model, open weights, hugging face, huggingface, llama, prophet, whisper',
      'yolo, pytorch, scikit*, xgboost, stable diffusion, tesseract, bert',
    ),
    plainly(
      'changed',
      /\bwe (also )?(added|extended|customi[sz]ed|modified|tweaked|changed|adapted|built on top)\b|\b(added|own) (\p{L}+ )?(thresholds?|rules|scripts?)\b|\bour (own )?(script|rules|prompts) on top\b/giu,
    ),
    plainly(
      'others_system',
      /\bwe only (label|annotate|supply|deliver|test|advise|integrate|host|train)\b|\b(data supplier|subcontractor) (for|to)\b/giu,
    ),
  ],
  unapproved: [
    sign(
      'yes',
      'free chatbot*, free chatgpt, private account*, private phone*, shadow, pretend*, unofficial*',
      'nobody approved, without asking, secretly, without permission, not allowed but, own chatgpt',
      'personal account*, on the side',
    ),
  ],
  stage: [
    sign(
      'retirement',
      'switched off, switching off, shut down, shutting down, retire*, phas* out, decommission*, being replaced',
      'sunset*, end of life, turned off for good',
    ),
    sign(
      're_evaluation',
      'paused, on hold, suspended, under review, being reviewed, stopped for now, being reworked, re evaluat*',
      'reassess*',
    ),
    sign(
      'continuous_validation',
      'keeps learning, learns continuously, learns all the time, retrains itself, continuously retrained',
      'self learning',
    ),
    plainly(
      'operation_monitoring',
      /(?<!\b(go|goes|going|not|not yet|be|before|went|until|till) )\blive\b(?! (in|by|next|from) (january|february|march|april|may|june|july|august|september|october|november|december|spring|summer|autumn|q[1-4]|20|two|three|a few|week|month|year))|\b(went live|gone live|in (full |daily |regular )?(use|production|operation)|productive|rolled out|up and running|we use it|used (daily|every day|by everyone)|(already|been) (running|using|used)|running (since|for|on|in|at)|running\b|for (\d+|two|three|four|five|some|a few|many) (years|months)|operational|always on|on air|switched on|every (week|month|day|semester|intake)|everybody uses)/giu,
    ),
    sign(
      'deployment',
      'pilot*, roll* out, rollout, beta, soft launch, trial with, introducing, being introduced, being installed, installing',
      'first (branches|stores|users|customers), try out with, (test|trial|tested) in _ (shops|stores|branches|departments|schools)',
    ),
    sign(
      'verification_validation',
      'testing, test phase, tests, tested, test, uat, validation, validating, proof of concept, poc, sandbox, dry run',
      'shadow mode, trial, simulation, simulated',
    ),
    sign(
      'design_development',
      'building, being built, developing, development, coding, prototype*, half built, in progress, programming',
    ),
    sign(
      'inception',
      'idea, ideas, plan, plans, planned, planning, concept, thinking about, slide deck, evaluating vendors, tender',
      'business case, not started, want to (buy|build), considering, next year',
    ),
    sign('deployment', 'go live, goes live, going live, launch*'),
    sign(
      'operation_monitoring',
      'since, used, online, (many|some|several) years, for years, daily, in the (store|stores), on the market, has it, have it, sold, in all (shops|stores|branches)',
    ),
  ],
  users: [
    sign(
      'staff',
      'staff, employee*, colleague*, recruiter*, hr, nurse*, doctor*, physician*, agent, agents, planner*, dev',
      'devs, developer*, engineer*, sales, team, teams, crew, lead, leads, manager*, support, operator*',
      'analyst*, clerk*, underwriter*, teacher*, marketing, lawyer*, legal, accountant*, accounting, editor*',
      'officer*, case worker*, caseworker*, service people, our people, qa, finance, procurement, buyers',
      'dispatcher*, technician*, maintenance, warehouse, shift, adviser*, advisor*, consultants, department*',
      'loan officers, radiologist*, everyone here, internal, we, designer*, writer*, newsroom, facility, reception, ward*, desk, controllers, controlling',
      'reps, cashiers, security, guards, secretar*, interns, back office, the office, professors, lecturers',
      'examiners, purchasing',
    ),
    plainly('staff', /\bIT\b/gu),
    sign(
      'businesses',
      'business customers, corporate customers, b2b, companies, dealers, client companies, our clients',
      'resellers, franchis*, other banks, suppliers, law firms, hospitals, schools',
    ),
    sign(
      'consumers',
      'customer, customers, consumer*, shoppers, guests, members, patients, tenants, passengers, policyholders',
      'subscribers, app users, borrowers, clients',
    ),
    sign(
      'public',
      'public, anybody, anyone, visitors, citizens, students, pupils, applicants, candidates, callers, parents',
      'residents, readers, everyone on the website, whoever, kids, children, job seekers, jobseekers, learners',
    ),
  ],
  affected: [
    sign('applicants', 'applicants, applicant, candidates, candidate, job seekers, jobseekers'),
    sign(
      'customers',
      'customer*, consumer*, shoppers, guests, clients, tenants, passengers, policyholders, borrowers, callers',
      'subscribers',
    ),
    sign(
      'children',
      'kid, kids, child, children, minors, teenager*, teens, under 18, youth, young people, pupils, underage',
      'babies, toddlers',
    ),
    sign(
      'vulnerable',
      'patients, patient, elderly, old people, older people, disabled, disabilit*, vulnerable, homeless, poor',
      'refugees, unemployed, sick, insulin, pregnant, in need, dementia, non native, migrants, single mothers',
      'debtors',
    ),
    sign('students', 'student, students, pupils, pupil, learners, trainees'),
    sign(
      'staff',
      'staff, employee*, workers, worker, colleagues, drivers, agents, crew, operators, planners, devs',
      'developers, our people, nurses, team, couriers, service people, recruiters, managers',
    ),
    sign('businesses', 'supplier*, companies, dealers, partners, competitors, vendors, firms, authors, photographers'),
    sign(
      'public',
      'public, citizens, neighbours, neighbors, passers by, bystanders, visitors, society, people on the street',
      'families, residents, voters, readers, environment, pedestrians, everyone, anyone, road users, claimants',
      'parents, relatives',
    ),
  ],
  personalData: [
    sign(
      'contact',
      'name, names, email, emails, e mail, e mails, address, addresses, phone*, customer data, personal data',
      'badge, account*, contact*, crm, cv, cvs, applications, customer record*, user id, employee id',
      'staff numbers, birth*, age, passport*, personnel',
    ),
    sign(
      'behaviour',
      'order history, orders, clicks, purchase*, browsing, location*, gps, usage, behaviou?r*, behaviour',
      'behavior, performance, track*, working hours, shifts, calls, call recordings, attendance, driving',
      'loyalty card*, grades, payment behaviour, keystrokes, mouse, history',
    ),
    sign(
      'financial',
      'salary, salaries, income, bank*, payment*, transaction*, debts, credit history, credit bureau, card data',
      'account balance*, payroll, schufa',
    ),
    sign(
      'sensitive',
      'health, medical, pregnan*, religio*, ethnic*, union, sexual*, diagnos*, patient*, disab*, sick*',
      'symptom*, vital signs, blood, lab values, x ray*, scans, political*, nationality, belief*, medication',
      'illness*',
    ),
    sign(
      'biometric',
      'face, faces, voice*, fingerprint*, video of, videos of, photos of people, webcam*, camera*, cctv, audio',
      'facial*, recordings, eye movement*',
    ),
    sign('criminal', 'criminal record*, convictions, offences, police record*, arrests'),
    sign('children', 'children, kids, pupils, minors, child'),
    sign(
      'free_text',
      'mail, mails, chat text, chat*, free text, messages, comments, type all sorts, people type, e mails, emails, letters',
      'tickets, prompts, anything people write, reviews, documents, transcripts, essays',
    ),
  ],
  anonymised: [sign('claimed', 'anonym*, pseudonym*, de identified, deidentified, masked, scrubbed, blacked out')],
  namesKept: [
    plainly(
      'unneeded',
      /\b(not (really )?needed|don['’]?t need|unnecessar\w*|just in case|nobody needs|could be removed)\b/giu,
    ),
    plainly(
      'needed',
      /\b(except|apart from|but|besides) (for )?(the |their )?(\p{L}+ )?(names?|e-?mails?|ids?|numbers?|addresses|badges?|dates? of birth|initials|postcodes?|zip)\b/giu,
    ),
  ],
  trainingData: [
    sign(
      'own',
      'our own data, own data, our data, historical, history of, past decisions, last years, our records',
      'old decisions, our old, years of, previous, past, our sales, sales',
    ),
    sign('web', 'from the web, from the internet, scraped, crawled, internet'),
    sign('bought', 'bought data, purchased data, data broker, public dataset*, licensed data'),
    sign(
      'vendor',
      "vendor's data, vendor trained, trained by the vendor, pre trained, pretrained, their data, vendor data",
    ),
  ],
  vendorTraining: [
    plainly(
      'said',
      /\b(vendor|they|provider|supplier|agency)\b[^.;]{0,20}\b(says?|said|claims?|promised?)\b[^.;]{0,40}\b(not|no|never|n['’]t)\b[^.;]{0,20}train/giu,
    ),
    plainly('excluded', /\bcontract[^.;]{0,60}\b(not|no|exclud|forbid)\w*[^.;]{0,30}\btrain/giu),
  ],
  decides: [
    plainly(
      'automatic',
      /\b(automatic(ally)?|automated|auto[- ]?(reject|approv|send|reply|accept|decid|block|pay|publish)\w*|by itself|on its own|without (a |any )?(human|person|review|anyone)|nobody (checks|looks|reviews|decides)|no human|no one (checks|looks|reviews)|it (just )?(answers|decides|sends|blocks|rejects|publishes|posts|acts|books|pays)|straight (to|into)|(script|system|software|bot|tool|it) (then )?(stops|blocks|rejects|decides|sends|shuts|closes|refuses|switches|steers) )/giu,
    ),
    plainly(
      'override',
      /\b(can (still )?(change|override|overrule|edit|correct|adjust|veto)|could (override|overrule|change)|mostly (doesn['’]?t|don['’]?t|accepts?|follows?|agrees?)|usually (accepts?|follows?|agrees?|goes? with)|nearly always|almost always|rubber[- ]?stamp|unless (somebody|someone|a person|they))\b/giu,
    ),
    plainly(
      'person',
      /\b(human|person|doctor|physician|nurse|recruiter|manager|developer|colleague|lead|editor|agent|clerk|officer|planner|lawyer|underwriter|teacher|engineer|hr|they|we|i|sales|boss|radiologist|operator|somebody|someone|people|staff|user|team|adviser|caseworker|case worker|accountant|analyst|dispatcher|employee|author|professor|committee|crew|technician|investigator|buyer|controller)s? (always |still |then |in the end |finally |must |has to |have to |will |makes? |takes? )*(the )?(final |last )?(decides?|decisions?|approves?|accepts?|checks?|clicks?|reviews?|signs?|picks?|chooses?|confirms?|reads?|edits?|looks?|word|say|call|sends?)\b|\b(decision|final say|last word|final call) (is |stays |lies )?(always |still )?(with|by) |\bfour eyes\b|\bhuman in the loop\b/giu,
    ),
    plainly(
      'informs',
      /\b(just|only) (a )?(informs?|shows?|displays?|hints?|suggests?|lists?|information|numbers?|a dashboard|search)\b|\b(warns|a warning|dashboard|a report)\b/giu,
    ),
  ],
  output: [
    sign('images', 'image*, picture*, video*, visuals, audio, photo*, voice over*'),
    sign('code', 'code'),
    sign(
      'score',
      'score*, ranking*, rank, ranked, percent*, rating*, grade, grades, traffic light*, red yellow green',
      'points',
    ),
    sign('forecast', 'forecast*, prediction*, number of, estimate*, quantit*'),
    sign('recommendation', 'recommend*, suggest*, proposal*, proposes'),
    sign('sorting', 'list of, search results, sorted, categor*, label*, hits'),
    sign('warning', 'warn*, alarm*, alert*, flag*'),
    sign('decision', 'approve*, reject*, refus*, refund*, block*, decision'),
    sign('control', 'stops, shuts, steers, brakes, opens the valve, controls, stops the *'),
    sign(
      'text',
      'text, texts, answer, answers, summary, summaries, draft, drafts, translation*, letter*, replies, reply',
      'notes',
    ),
  ],
  incident: [
    plainly(
      'unrecorded',
      /\b(not|never|nobody|no one|didn['’]?t|wasn['’]?t|weren['’]?t)\b(?: \p{L}+){0,2} (record|report|wr[io]t|log|fil|not)(e|ed|ten|ged)?( (it|that|them))?( down)?\b|\bno (record|ticket|report)\b/giu,
    ),
    plainly(
      'recorded',
      /\b(recorded|logged it|wrote (it|that|them) down|noted (it )?in|filed|inc[- ]?\d+|in (the|our) (\p{L}+ )?(list|log|register)|ticket for it|incident (report|ticket|number|no|\d)|reported (it )?to|(opened|wrote|filed) (a|an) (ticket|report|incident)|in the incident|documented|root cause|postmortem|post-mortem)\b/giu,
    ),
    plainly(
      'none',
      /^\s*(no|nope|none|nothing)( (so far|yet|really|happened|serious|known|went wrong|that i know( of)?))*\W*$|\b(nothing (has )?(happened|went wrong|gone wrong)|no incidents?|no complaints|never (failed|had)|so far (so good|nothing))\b/giu,
    ),
    plainly(
      'unsure',
      /\b(once|twice|last (week|month|year|spring|summer|autumn|winter|christmas|easter)|in (january|february|march|april|may|june|july|august|september|october|november|december)|already happened|happened|complain(ed|ts?)|false alarms?|was off|were wrong|was wrong|went wrong|it (invented|rejected|sent|told|said|missed|lost|recommended|quoted|leaked|called|refused|showed|put|gave|mixed|deleted|made)|turned it off|leaked|got (wrong|angry)|there was|we had|some (customers|people|applicants|patients)|a (customer|candidate|patient|client|student|journalist|woman|man|driver|tenant) (was|got|complained|had|wrote|sued))\b/giu,
    ),
  ],
  ignored: [
    plainly(
      'yes',
      /\b(ignor\w+|blindly|rubber[- ]?stamp\w*|never (check|read|look)\w*|nobody (reads|checks|looks)|just (click|accept|approve)s?|click(s)? through|without (reading|looking)|copy[- ]paste\w*)\b/giu,
    ),
  ],
  tested: [
    plainly(
      'none',
      /\b(not tested|untested|no tests?|nobody test\w*|(don['’]?t|didn['’]?t|never|do not|did not) (really )?(test|tested|check|checked)|no testing|wasn['’]?t tested)\b|^\W*not (really|yet|at all)\b|^\s*(no|not|none|nothing|nope|never)\W*$/giu,
    ),
    plainly(
      'vendor_report',
      /\b(vendor|supplier|agency|builder|manufacturer|provider)\b[^.;]{0,60}\b(report|certificate|we (have|got) (it|them|the))\b/giu,
    ),
    plainly(
      'vendor_only',
      /\b(vendor|supplier|agency|builder|manufacturer|provider|they|startup|company|consultants?|microsoft|google)( \p{L}+){0,2} (tests?|tested|does|do|did|checks?|checked|validat\w*|handles?|takes? care|says?|guarantees?|certif\w*)\b|\bask (them|the (vendor|agency|supplier))\b|\btheir (tests?|job|problem)\b/giu,
    ),
    plainly(
      'unrecorded',
      /\b(i (just )?(tested|tried|looked)|we (just )?(tried|looked|played|clicked)|tried (it )?(out|a)|a few|some (tests?|examples|cases|chats)|quick\w*|looked (ok|fine|good)|on one|gut feeling|by eye|spot checks?|works fine|seems? (ok|fine|to work)|couple of|informal\w*)\b/giu,
    ),
    plainly(
      'recorded',
      /\b(report|documented|protocol|weekly|monthly|quarterly|backtest\w*|mape|rmse|auc|f1|accuracy|precision|recall|hit rate|error rate|test set|benchmark|regression tests?|validation study|acceptance test\w*|a\/b test|\d+ ?%|\d+ percent|\d+ (test )?(cases|samples|chats|images|documents|examples))\b/giu,
    ),
  ],
  fairness: [
    plainly(
      'none',
      /\b(fair\w*|bias|groups?|gender|discriminat\w*)\b[^.;]{0,30}\b(no|not|never|nobody|n['’]t|none)\b|\b(no|not|never|nobody|n['’]t|without|what)\b[^.;]{0,40}\b(fair\w*|bias|groups?|gender|discriminat\w*)\b/giu,
    ),
    plainly(
      'differences',
      /\b(worse|lower|higher|more often|less often) (for|with|among) (women|men|older|foreign|people|some)\b/giu,
    ),
    plainly(
      'good',
      /\b(fairness|bias) (test|audit|check)\w*|\bby (gender|age|group|origin|sex)\b|\bbetween (men and women|groups)\b/giu,
    ),
  ],
  logs: [
    plainly('unclear', NO_IDEA),
    plainly(
      'known',
      /\b\d+ ?(days?|weeks?|months?|years?)\b|\b(a|one|two|three|six|ten|seven|five) (days?|weeks?|months?|years?)\b|\b(everything|all (chats|calls|decisions|prompts|requests|inputs|outputs|results|predictions)|each (decision|prompt|request|prediction)) (is |are |gets? )?(logged|stored|saved|kept|recorded)\b|\b(log|logs|logged|stored|saved|archive\w*|audit trail)\b[^.;]{0,40}\b(for|years?|months?|days?|forever|siem|database|server)\b/giu,
    ),
    plainly(
      'none',
      /\b(no logs?|not logged|nothing( is)?( logged| recorded| stored| kept)?|no logging|none)\b|^\s*no\W*$/giu,
    ),
    plainly('unclear', /\b(logs?|logged|stored|saved|stats|recorded|kept)\b/giu),
  ],
  watched: [
    plainly(
      'complaints',
      /\b(when|if|only (when|if)|unless)\b[^.;]{0,40}\b(complain\w*|breaks?|broken|wrong|crash\w*|fails?|asks?|something|happens|calls?)\b/giu,
    ),
    plainly('nobody', /\b(nobody|no one|noone|not really)\b/giu),
    plainly(
      'regular',
      /\b(daily|weekly|monthly|quarterly|(each|every) (day|week|month|morning|quarter|year|monday|friday)|(a|per) (day|week|month|quarter)|round the clock|24 hours?|dashboards?|monitor(s|ed|ing)?|drift|alert\w*|reviews? (a )?(sample|samples)|on call|team (looks|checks|reviews|watches))\b/giu,
    ),
  ],
  usersTold: [
    plainly(
      'nothing',
      /\b(users?|staff|they|nobody|people) (are|is|were|get|gets|got)? ?(not|n['’]t|nothing|no)\b|^\s*(no|nothing|none|nope|not much)\W*$/giu,
    ),
    plainly(
      'trained',
      /\b(train(ing|ed)|manual|instructions?|guidelines?|workshop|briefing|e-?learning|course|user guide|onboarding|handbook)\b/giu,
    ),
    plainly(
      'informal',
      /\b(wiki|page|icon|hint|mail|e-?mail|flyer|intranet|tooltip|note|obvious|poster|footer|small print|fine print)\b/giu,
    ),
  ],
  peopleTold: [
    plainly(
      'no',
      /\b(not told|nobody (is )?(told|knows)|don['’]?t (know|tell)|do not (know|tell)|aren['’]?t told|no (notice|label|sign|information|one is told)|nothing|never told|isn['’]?t mentioned|not mentioned)\b|^\s*(no|none|nope)\W*$|\?\s*no\b/giu,
    ),
    plainly(
      'obvious',
      /\b(obvious|icon|they (should|must|will|can) (know|notice|guess|see)|clear(ly)? (a )?(bot|robot))\b/giu,
    ),
    plainly(
      'yes',
      /\b(banner|notice|disclaimer|says (it|that|i)|label(l)?ed|we tell|are told|is told|informed|privacy (policy|notice)|consent|watermark\w*|caption|announce\w*|sign at|disclos\w*|says hello i am)\b/giu,
    ),
  ],
  vendorContract: [
    plainly(
      'none',
      /\b(no vendor|no supplier|not applicable|n\/a|we (built|made) it|own development|no external)\b/giu,
    ),
    plainly(
      'silent',
      /\b(nothing (about|on|regarding)( the)? (ai|model|liab\w*|this)|doesn['’]?t (mention|know|say|cover)|does not (mention|know|say|cover)|silent|not mentioned|(an )?offer|purchase order|two pages|old contract|(maintenance|framework|general|it) contract|dpa|data processing agreement|nda|frame contract|standard contract)\b/giu,
    ),
    plainly(
      'standard',
      /\b(standard terms|click[- ]?through|terms (of service|and conditions|of use)|t&cs?|tos|agb|eula|accepted the terms|their terms|licen[cs]e terms)\b/giu,
    ),
    plainly(
      'nothing',
      /\b(no contract|nothing (signed|written|in writing|yet)|handshake|verbal\w*|by mail only)\b|^\s*(no|none|nothing|nope)\W*$/giu,
    ),
    plainly(
      'duties',
      /\b(contract|agreement|sla|annex)\b[^.;]{0,80}\b(responsib\w*|liab\w*|duties|who does|incident\w*|must (report|tell|inform)|audit right\w*|ai (clause|annex))\b/giu,
    ),
  ],
  ownership: [
    plainly(
      'nobody',
      /\b(nobody|no one|noone|no owner|unowned|orphan\w*|not (decided|clear|defined|assigned)|unclear|tbd|good question|open)\b|^\s*\?+\s*$/giu,
    ),
    plainly(
      'shared',
      /\b(for now|for the time being|temporar\w*|interim|until (we|somebody|someone)|both|shared|between|together|and (it|hr|marketing|sales|finance|legal|operations)\b|used to be|left|started it|officially|on paper|or (it|hr|marketing|sales|finance|legal))\b/giu,
    ),
    plainly(
      'person',
      /(?<=[\s,(:]|^)(me|myself|i do|i am|it['’]s me)\b|(?:^|[\s,(:])(?:Dr\.?|Mr\.?|Ms\.?|Mrs\.?|Prof\.?)\s\p{Lu}|\bhead of\b|\b(ceo|cto|cio|cfo|coo|cdo|ciso|director|chief)\b/gu,
    ),
    plainly('team', /\b(team|department|dept|unit|group|it|hr|marketing|sales|finance|operations|r&d)\b/giu),
  ],
};

/** The facts of which more than one option can hold. */
function severalOf(name: FactName): boolean {
  return FACTS[name].kind === 'choices';
}

function readFact(name: FactName, text: string): string | string[] | undefined {
  const fitting = (SIGNS[name] ?? []).filter(({ says, isWhole }) => (isWhole ? has(text, says) : mentions(text, says)));
  if (fitting.length === 0) return undefined;
  return severalOf(name) ? [...new Set(fitting.map(({ option }) => option))] : fitting[0]?.option;
}

/** What people say of the owner by name: a word that only a name is written like. */
const NAME = /(?:^|[,(:]\s*|\b(?:by|is|me,|called)\s+)(\p{Lu}\p{Ll}{2,})(?:\s\p{Lu}\p{Ll}+)?\s*(?=[,.;)(]|$)/u;
const NO_NAME = words(
  'engineering, marketing, sales, finance, operations, legal, nobody, purchasing, logistics, research',
  'product, customer, quality, production, everyone, management, security, unclear, good, our, the, not',
  'maybe, probably, somebody, someone, well, officially, data, digital, corporate, medical, nursing',
  'admissions, accounting, compliance, currently, both, facility, facilities, human, none, depends',
  'procurement, controlling, risk, clinical, claims, underwriting, nope, that, this, their, them, who',
);

/**
 * The facts that somebody's words on one topic clearly state. Where a text is silent, ambiguous or unsure nothing is taken from it:
 * a person is asked.
 */
export function readStatements(topic: TopicId, text: string): Facts {
  const facts: Record<string, string | readonly string[]> = {};
  for (const name of Object.keys(SIGNS) as FactName[]) {
    if (FACTS[name].topic !== topic) continue;
    const value = readFact(name, text);
    if (value !== undefined) facts[name] = value;
  }
  if (topic === 'I2' && !facts['origin'] && NAMED_MAKER.test(text)) facts['origin'] = ['bought'];
  if (topic === 'I8') Object.assign(facts, readPlaces(text));
  if (topic === 'I6' && !facts['personalData'] && DENIES_PEOPLE.test(text)) facts['personalData'] = ['none'];
  if (topic === 'I5' && !facts['affected'] && /^\W*(nobody|no one|none)\b/i.test(text)) facts['affected'] = ['none'];
  if (topic === 'I14' && (facts['ownership'] === undefined || facts['ownership'] === 'team')) {
    const name = NAME.exec(text)?.[1];
    if (name && !has(name, NO_NAME)) facts['ownership'] = 'person';
  }
  return facts as Facts;
}

/** Nothing but a name, or a name and what kind of product it is: it is theirs. */
const NAMED_MAKER =
  /^\W*(\p{Lu}[\p{L}\p{N}.&-]+)(\s+\p{Lu}[\p{L}\p{N}.&-]*)*\s*(,|\.|$|\d|\(|on our|in the|from|made|does|version)|\b(cloud|firm|startup|company) (product|from)\b|\bmade it\b/u;

const DENIES_PEOPLE =
  /\b(no (people|persons?|personal( data| information)?|names|customer data)|nothing personal|not personal|without personal)\b/i;

function readPlaces(text: string): Facts {
  if (mentions(text, EUROPE)) return { euReach: 'in_eu', countries: text.slice(0, 200) };
  return mentions(text, ELSEWHERE) ? { countries: text.slice(0, 200) } : {};
}
