import {
  createHash,
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  type KeyObject,
  sign,
  verify,
} from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { readNamedFile, UnusableFile } from '../unusable-file.ts';

/**
 * A head of the event log: the number and hash of its last entry. Whoever owns the database could rewrite the whole chain, so
 * heads are signed with a key that is not in the database, and are given to people.
 */
export interface Head {
  /** The number of the last entry; 0 for an empty log. */
  readonly sequence: number;
  readonly hash: Buffer;
}

export interface SignedHead {
  readonly head: Head;
  /** Ed25519 over `headText(head)`. */
  readonly signature: Buffer;
}

/** What is signed, so that openssl alone can check it: plain text of three lines. */
export function headText(head: Head): string {
  return `Steward event log head\nsequence ${head.sequence}\nsha256 ${head.hash.toString('hex')}\n`;
}

/** @returns undefined where the text is not a head's */
export function parseHeadText(text: string): Head | undefined {
  const match = /^Steward event log head\r?\nsequence (\d+)\r?\nsha256 ([0-9a-f]{64})\r?\n?$/.exec(text);
  if (!match) return undefined;
  return { sequence: Number(match[1]), hash: Buffer.from(match[2] ?? '', 'hex') };
}

export function signHead(head: Head, key: KeyObject): SignedHead {
  return { head, signature: sign(null, Buffer.from(headText(head)), key) };
}

export function verifyHeadSignature(signed: SignedHead, publicKey: KeyObject): boolean {
  return verify(null, Buffer.from(headText(signed.head)), publicKey, signed.signature);
}

/** The first eight bytes of the SHA-256 of the public key in DER form: enough for people to tell keys apart. */
export function keyFingerprint(publicKey: KeyObject): string {
  const der = publicKey.export({ type: 'spki', format: 'der' });
  return createHash('sha256').update(der).digest('hex').slice(0, 16);
}

/** @returns undefined where there is no such file. @throws UnusableFile */
export async function readSigningKey(file: string): Promise<KeyObject | undefined> {
  return existsSync(file) ? privateEd25519(await readNamedFile(file), file) : undefined;
}

/**
 * Reads the signing key, or makes one where there is none yet.
 *
 * @param file an Ed25519 private key in PEM form, readable by its owner alone
 */
export async function loadSigningKey(file: string): Promise<KeyObject> {
  const existing = await readSigningKey(file);
  if (existing) return existing;
  const { privateKey } = generateKeyPairSync('ed25519');
  await mkdir(dirname(file), { recursive: true, mode: 0o700 });
  try {
    await writeFile(file, privateKey.export({ type: 'pkcs8', format: 'pem' }), { mode: 0o600, flag: 'wx' });
    return privateKey;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    return privateEd25519(await readNamedFile(file), file);
  }
}

function privateEd25519(pem: Buffer, file: string): KeyObject {
  return ed25519(() => createPrivateKey(pem), file, 'private');
}

/** Reads the public key that heads were signed with. @throws UnusableFile */
export async function readPublicKey(file: string): Promise<KeyObject> {
  const pem = await readNamedFile(file);
  return ed25519(() => createPublicKey(pem), file, 'public');
}

function ed25519(parse: () => KeyObject, file: string, kind: 'private' | 'public'): KeyObject {
  let key: KeyObject;
  try {
    key = parse();
  } catch (cause) {
    throw new UnusableFile(`${file} holds no ${kind} key in PEM form that can be read.`, { cause });
  }
  if (key.asymmetricKeyType === 'ed25519') return key;
  throw new UnusableFile(`${file} holds a key of type ${key.asymmetricKeyType}; the event log is signed with Ed25519.`);
}

export function publicKeyOf(privateKey: KeyObject): KeyObject {
  return createPublicKey(privateKey);
}
