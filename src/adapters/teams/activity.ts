import { z } from 'zod';

const Account = z.looseObject({
  id: z.string(),
  name: z.string().nullish(),
  /** The person's id in the tenant; bots have none. */
  aadObjectId: z.string().nullish(),
  tenantId: z.string().nullish(),
  role: z.string().nullish(),
  /** Of the recipient: nobody else in the conversation can see the message. */
  isTargeted: z.boolean().nullish(),
});

const Accounts = z.array(Account).nullish();

/** What Teams delivers, as far as Steward reads it. */
export const IncomingActivity = z.looseObject({
  type: z.string(),
  id: z.string().nullish(),
  /** What kind of invoke it is. */
  name: z.string().nullish(),
  /** What happened to the installation. */
  action: z.string().nullish(),
  replyToId: z.string().nullish(),
  serviceUrl: z.url(),
  channelId: z.string(),
  locale: z.string().nullish(),
  conversation: z.looseObject({
    id: z.string(),
    tenantId: z.string().nullish(),
    conversationType: z.string().nullish(),
    isGroup: z.boolean().nullish(),
  }),
  from: Account,
  recipient: Account,
  text: z.string().nullish(),
  value: z.unknown().optional(),
  entities: z
    .array(z.looseObject({ type: z.string(), text: z.string().nullish(), mentioned: Account.nullish() }))
    .nullish(),
  attachments: z
    .array(
      z.looseObject({
        contentType: z.string(),
        name: z.string().nullish(),
        contentUrl: z.string().nullish(),
        content: z.unknown().optional(),
      }),
    )
    .nullish(),
  membersAdded: Accounts,
  membersRemoved: Accounts,
  channelData: z
    .looseObject({
      tenant: z.looseObject({ id: z.string() }).nullish(),
      channel: z.looseObject({ id: z.string().nullish(), type: z.string().nullish() }).nullish(),
      team: z.looseObject({ id: z.string().nullish(), name: z.string().nullish() }).nullish(),
    })
    .nullish(),
});

export type IncomingActivity = z.infer<typeof IncomingActivity>;

/** What Steward says. */
export interface OutgoingActivity {
  readonly type: 'message' | 'typing';
  readonly text?: string;
  readonly textFormat?: 'markdown';
  /** For notifications. */
  readonly summary?: string;
  readonly entities?: readonly Entity[];
  readonly attachments?: readonly { readonly contentType: string; readonly content: object }[];
  readonly channelData?: Readonly<Record<string, unknown>>;
}

export interface Entity {
  readonly type: string;
  readonly [property: string]: unknown;
}

/** What it takes to speak in a conversation, also later and by another process. Everything in it is JSON. */
export interface Reference {
  readonly conversation: IncomingActivity['conversation'];
  readonly bot: { readonly id: string; readonly name?: string | null | undefined };
  readonly channelId: string;
  readonly serviceUrl: string;
  readonly locale?: string | null | undefined;
  /** The one person in the conversation who is to see what is said. */
  readonly onlyFor?: string;
}

/** What Teams tells about a person in a conversation. */
export interface Member {
  readonly id: string;
  /** The person's id in the tenant; other apps have none. */
  readonly aadObjectId: string | undefined;
  readonly name: string | undefined;
  readonly tenantId: string | undefined;
  readonly userRole: string | undefined;
  readonly email: string | undefined;
}

/** What an invoke is answered with: an HTTP status, and JSON. */
export interface InvokeAnswer {
  readonly status: number;
  readonly body?: object;
}
