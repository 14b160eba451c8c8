import type { DocumentPassage } from '../../documents/document.ts';
import type { Role } from '../../people/role.ts';
import type { EvidenceKind } from './kinds.ts';

/** What people say of an item of evidence, and confirm. */
export interface EvidenceFacts {
  readonly title: string;
  readonly kind: EvidenceKind;
  /** Clauses and controls that it is evidence for. */
  readonly requirements: readonly Mapping[];
  /** AI systems that it is about. */
  readonly systems: readonly Mapping[];
  /** Since which day it speaks for today, YYYY-MM-DD. */
  readonly effectiveOn: string | undefined;
  /** The last day on which it does. */
  readonly validUntil: string | undefined;
}

export interface Mapping {
  /** A.7.4, 9.2.1, AIS-12. */
  readonly id: string;
  /** Why, in a few words. */
  readonly reason: string;
}

/** A file whose content is stored and was read. */
export interface EvidenceFile {
  /** Of its bytes. */
  readonly sha256: Buffer;
  /** As whoever handed it in called it; no path. */
  readonly name: string;
  /** By its content. */
  readonly mediaType: string;
  readonly passages: readonly DocumentPassage[];
  /** It holds more text than is searched. */
  readonly isTextCut: boolean;
}

export type EvidenceVisibility = 'everyone' | 'committee' | 'auditors' | 'named';

/** Who may see an item; its owner always may. */
export interface Readership {
  readonly visibility: EvidenceVisibility;
  /** The ids of the people it is for, where it is for named people. */
  readonly readers: readonly string[];
}

/** An item in one of its versions. */
export interface EvidenceItem extends EvidenceFacts {
  /** EV-48. */
  readonly key: string;
  readonly document: number;
  /** Its `document_version`. Whoever changes the item says which one they saw. */
  readonly version: number;
  /** Counts its files, from 1. */
  readonly number: number;
  readonly owner: { readonly id: string; readonly name: string };
  readonly visibility: EvidenceVisibility;
  readonly file: {
    /** In hexadecimal. */
    readonly sha256: string;
    readonly name: string;
    readonly mediaType: string;
    /** In bytes. */
    readonly size: number;
  };
  readonly isTextCut: boolean;
  /** When the item was added, and when it became what this version says. */
  readonly addedAt: Date;
  readonly versionAt: Date;
  /** When another version took its place, or the item was withdrawn. */
  readonly supersededAt: Date | undefined;
  readonly state: EvidenceState;
  /** Why it was withdrawn. */
  readonly withdrawnBecause: string | undefined;
}

/** `stale` is what is valid no longer: it stays to be read, and counts for nothing. */
export type EvidenceState = 'current' | 'stale' | 'withdrawn';

/** @returns the key in its usual form; undefined for what is no evidence's key */
export function parseEvidenceKey(text: string): string | undefined {
  const digits = /^EV-([1-9]\d{0,14})$/i.exec(text.trim())?.[1];
  return digits && `EV-${digits}`;
}

/** Whether somebody may change an item that they may see: its owner, and the compliance lead. */
export function mayChange(
  { owner }: Pick<EvidenceItem, 'owner'>,
  person: { readonly id: string; readonly roles: ReadonlySet<Role> },
): boolean {
  return owner.id === person.id || person.roles.has('compliance_lead');
}
