/** A turn that follows on what was said before: what is said, the pages that may answer it, and what the answer has to say. */
type FollowUp = readonly [said: string, pages: string, says: RegExp];

/** Conversations of two and three turns, as staff have them. */
export const CONVERSATIONS: readonly (readonly [first: string, ...followUps: FollowUp[]])[] = [
  // Another question about the same thing.
  [
    'What happens in a stage 1 audit?',
    ['and who decides afterwards?', 'certification-stages', /recommend/],
    ['how much time is there between the two?', 'certification-stages', /no fixed number|interval/],
  ],
  [
    'what happens in stage 2',
    ['and what if they find a major?', 'certification-stages audit-findings', /corrected|verified/],
  ],
  ['Who has to sign the AI policy?', ['and how often do we review it?', 'A.2.4 5.2', /interval|planned/]],
  ['Who has to sign the AI policy?', ['does it have to be public?', '5.2', /public|interested parties|available/i]],
  ['what has to be in the ai policy', ['and who signs it?', '5.2', /top management/i]],
  [
    'Do we need an AI policy at all?',
    ['can it be part of another policy?', '5.2 A.2.3 A.2.2', /part of|separate|one document/i],
  ],
  [
    'How often do internal audits have to take place?',
    ['may I audit my own work?', '9.2.2 auditor-independence', /No/],
  ],
  ['How often do internal audits have to take place?', ['who gets the report?', '9.2.2', /management/i]],
  ['What is an internal audit?', ['what if we find nothing?', 'internal-audit', /nothing|sample|suspicious|depth/i]],
  [
    'Is a management review mandatory?',
    ['who has to attend?', '9.3.1', /top management/i],
    ['can they delegate that?', '9.3.1', /delegat|prepar/i],
  ],
  [
    'how long is the certificate valid',
    ['and how often do the auditors come back?', 'certification-cycle', /year/],
    ['can we lose it in between?', 'certification-cycle', /suspend|withdraw/i],
  ],
  [
    'What is residual risk?',
    ['who may accept it?', 'residual-risk', /management/i],
    ['does that run out?', 'residual-risk', /review|date|again/i],
  ],
  [
    'what is a statement of applicability',
    ['who approves it?', 'statement-of-applicability', /management|approv/i],
    ['and how often do we update it', 'statement-of-applicability', /change|interval|update/i],
  ],
  [
    'Do we have to log what our AI does?',
    ['for how long do we keep them?', 'A.6.2.8', /no (period|time|retention)|months|period/i],
  ],
  ['Do we have to log what our AI does?', ['who may read them?', 'A.6.2.8', /access|role|need/i]],
  [
    'What is an AI incident?',
    ['how soon do we have to inform people?', 'A.8.4', /no (deadline|hours)|deadline|hours|without/i],
    ['and who decides to send the message?', 'A.8.4', /plan|named|role/i],
  ],
  [
    'What do we ask an AI vendor before buying?',
    ['and what belongs in the contract?', 'A.10.3 A.10.2', /contract/i],
    ['what if they refuse to tell us anything', 'A.10.3', /refus|without|other/i],
  ],
  [
    'What is an AI system impact assessment?',
    ['who does it?', '6.1.4', /team|owner|know/i],
    ['when?', '6.1.4 A.5.2', /before|change/i],
  ],
  [
    'What is an AI system impact assessment?',
    ['what evidence do we need?', '6.1.4 A.5.3 8.4', /record|report|process/i],
  ],
  ['how long do we have to keep an impact assessment', ['is a spreadsheet enough?', 'A.5.3', /spreadsheet|form/i]],
  [
    'What is a nonconformity?',
    ['what do we have to do when we find one?', '10.2', /correct|cause/i],
    ['can anyone report one?', '10.2', /any|report/i],
  ],
  [
    'difference between a major and a minor finding',
    ['who decides which it is?', 'audit-findings', /audit(or| team)|body/i],
    ['and if we disagree?', 'audit-findings', /appeal|disagree|object/i],
  ],
  [
    'Who can be an internal auditor with us?',
    ['we are only 8 people. what can we do?', 'auditor-independence', /outside|swap|other|partner/i],
  ],
  [
    'What does ISO 42001 certification cost?',
    ['and how long does it take?', 'cost-and-time', /month/i],
    ['do we need a consultant for that?', 'cost-and-time', /No|consultant/],
  ],
  [
    'what is accreditation',
    [
      'how do I check that a body has it?',
      'accreditation choosing-a-certification-body checking-a-certificate',
      /look|list|register|scope/i,
    ],
  ],
  [
    'What are AI objectives?',
    ['do they have to be measurable?', '6.2', /measurable|practicable/i],
    ['what if we miss one?', '6.2', /miss|nonconformity|reason|review/i],
  ],
  [
    'What is the scope of an AI management system?',
    ['who decides on it?', '4.3', /management|approv/i],
    ['may we leave a system out?', '4.3', /out|exclu/i],
  ],
  [
    'Do we have to monitor AI after go-live?',
    ['how often?', 'A.6.2.6', /no interval|how often|interval|frequen/i],
    ['who may switch it off?', 'A.6.2.6', /switch|stop|named/i],
  ],
  [
    'What does good data quality mean for AI?',
    ['who is responsible for that?', 'A.7.4', /owner|data/i],
    ['and the thresholds, which ones?', 'A.7.4', /no thresholds|you|set/i],
  ],
  [
    'do we need approval before using an ai tool at work',
    ['who decides?', 'A.9.2', /role|named|decid/i],
    ['what about free tools?', 'A.9.2', /free/i],
  ],
  ['Who has to be competent?', ['how do we prove that?', '7.2', /record|evidence|certificat|test/i]],
  [
    'What are AI risk criteria?',
    ['who approves them?', 'risk-criteria', /management/i],
    ['can you give an example?', 'risk-criteria', /example|"/i],
  ],
  [
    'What do we have to tell users about our AI?',
    ['is a disclaimer enough?', 'A.8.2', /No|not/],
    ['in which language?', 'A.8.2', /language/i],
  ],
  // The other section of the same page.
  [
    'Explain A.6.2.4',
    ['what would an auditor ask?', 'A.6.2.4', /auditor may ask|show/i],
    ['common mistakes?', 'A.6.2.4', /wrong most often|-/],
  ],
  [
    'what is A.3.3',
    ['why?', 'A.3.3', /./],
    ['ok, and who is responsible for that?', 'A.3.3', /own|lead|report/i],
    ['how do we start?', 'A.3.3', /steps|1\./i],
  ],
  ['What is clause 7.5.3 about?', ['what proof do we need for it?', '7.5.3', /evidence|-/i]],
  ['What is clause 9.1?', ['tell me more', '9.1', /./]],
  ['Do we need a committee for AI?', ['why?', 'A.3.2 5.3', /./]],
  // A subject of its own.
  ['Who has to sign the AI policy?', ['and what about suppliers?', 'A.10.3', /supplier/i]],
  [
    'Who has to sign the AI policy?',
    ['and the statement of applicability?', 'statement-of-applicability 6.1.3', /approv/i],
  ],
  [
    'How often do internal audits have to take place?',
    ['and the management review?', '9.3.1 management-review', /planned|interval/i],
  ],
  ['What happens in a stage 1 audit?', ['and in stage 2?', 'certification-stages', /interviews|sample/i]],
  ['What does A.6.2.6 ask?', ['and A.6.2.8?', 'A.6.2.8', /log/i]],
  ['Who is responsible for data quality?', ['And for logging?', 'A.6.2.8', /owner|security|platform/i]],
  ['How long do we keep impact assessments?', ['and AI logs?', 'A.6.2.8', /no (period|time|retention)|months|period/i]],
  ['What is an AI provider?', ['and a customer?', 'ai-customer', /customer/i]],
  [
    'what are the fines of the eu ai act',
    ['and when do the high risk rules start?', 'eu-ai-act-timeline', /2027|2026|2028/],
  ],
  [
    'What is the difference between stage 1 and stage 2?',
    ['Which KPIs should a small company start with?', 'kpi-catalogue', /./],
  ],
  [
    'Do we have to log what our AI does?',
    ['How do I report that something is wrong with an AI system?', 'A.3.3', /channel/i],
  ],
  ['What is residual risk?', ['ok. Do we need a consultant for the certification?', 'cost-and-time', /consultant/i]],
  ['What is accreditation?', ['what is drift then?', 'A.6.2.6', /drift/i]],
  [
    'How do we run a management review?',
    ['how does that differ from an internal audit?', 'management-review', /audit/i],
  ],
  ['can we reuse our iso 27001 work', ['do we need that before 42001?', 'iso-27001', /No/]],
  [
    'Which tiers does the EU AI Act have?',
    ['is our chatbot high-risk?', 'eu-ai-act-tiers', /chatbot/i],
    ['who decides that?', 'eu-ai-act-tiers', /decid|law|legal|you/i],
  ],
  // Written when the rules stood.
  [
    'Which KPIs do we need for ISO 42001?',
    ['how often do we look at them?', 'kpi-catalogue', /month|quarter|often|interval/i],
    ['what if one is red?', 'kpi-catalogue', /red|cause|action/i],
  ],
  ['how do we retire an AI system properly', ['who decides on that?', 'A.6.2.6', /owner|decid/i]],
  [
    'What counts as a concern?',
    ['do they have to be anonymous?', 'A.3.3', /anonym/i],
    ['can I get into trouble for it?', 'A.3.3', /reprisal|retaliat|No/i],
  ],
  ['Do we need an inventory of AI systems?', ['who keeps it?', '4.3 A.4.2', /owner|lead|govern/i]],
  ['What is AI literacy?', ['who needs it?', '7.2 7.3 eu-ai-act', /./]],
  ['What is an AIMS?', ['do we need one?', 'what-is-an-aims', /./], ['how do we start?', 'getting-started', /./]],
  ['are open source models suppliers', ['and free data sets?', 'A.10.3', /data/i]],
  [
    'What are AI objectives?',
    ['some examples please', '6.2', /example/i],
    ['and who sets them?', '6.2', /management|function|level/i],
  ],
  ['What must be ready before stage 1?', ['what if the policy is still a draft?', 'certification-stages', /./]],
  [
    'how long does certification take',
    ['can it be done in three months?', 'cost-and-time', /rarely/i],
    ['is it cheaper with iso 27001?', 'cost-and-time', /usually, yes/i],
  ],
  [
    'What do we have to document about data?',
    ['who is in charge of that?', 'A.7.2 A.7.3 A.7.5 A.7.6 A.4.3 A.7.4', /owner|data/i],
  ],
  ['Who decides on the certificate?', ['and when do we get it?', 'certification-stages', /week|decision|days/i]],
  ['What is a corrective action?', ['how do we know it worked?', '10.2 corrective-action', /effect|works|check/i]],
  ['does iso 42001 cover gdpr', ['and the ai act?', 'eu-ai-act', /./]],
  [
    'what does clause 5.1 ask from management',
    ['what would an auditor ask them?', '5.1', /ask|show/i],
    ['ok and 5.3?', '5.3', /role|responsib/i],
  ],
  ['What has to be in the audit report?', ['how long do we keep it?', '9.2.2 internal-audit 7.5.3', /./]],
  ['Can our consultant do the internal audit?', ['what about the CEO?', 'auditor-independence', /CEO|lead|managing/i]],
  [
    'What is drift?',
    ['how do we notice it?', 'A.6.2.6', /./],
    ['thanks', '', /welcome/],
    ['and who may switch the system off?', 'A.6.2.6', /switch|stop/i],
  ],
  ['Is a disclaimer enough to inform users?', ['what about our own employees?', 'A.8.2', /employee|staff/i]],
  ['Do we need a DPIA?', ['is it the same as the impact assessment?', 'dpia-fria-and-iso-42005 6.1.4 gdpr', /./]],
  ['Who has to sign the AI policy?', ['why the CEO?', '5.2 5.1', /./]],
  ['what is annex C', ['is it mandatory?', 'annex-c', /not|no/i]],
  ['What is a nonconformity?', ['give me an example', '10.2 audit-findings corrective-action', /example|"|such/i]],
  [
    'Can one person hold several roles?',
    ['we are only 5 people', '5.3 A.3.2 auditor-independence which-role-are-we', /./],
  ],
  ['How do I check a certificate is real?', ['and if it is fake?', 'checking-a-certificate', /./]],
];
