import { toCardinal as danish } from 'n2words/da-DK';
import { toCardinal as german } from 'n2words/de-DE';
import { toCardinal as english } from 'n2words/en-GB';
import { toCardinal as spanish } from 'n2words/es-ES';
import { toCardinal as french } from 'n2words/fr-FR';
import { toCardinal as italian } from 'n2words/it-IT';
import { toCardinal as norwegian } from 'n2words/nb-NO';
import { toCardinal as dutch } from 'n2words/nl-NL';
import { toCardinal as polish } from 'n2words/pl-PL';
import { toCardinal as portuguese } from 'n2words/pt-PT';
import { toCardinal as swedish } from 'n2words/sv-SE';

const CARDINALS: Readonly<Record<string, (value: number) => string>> = {
  da: danish,
  de: german,
  en: english,
  es: spanish,
  fr: french,
  it: italian,
  nb: norwegian,
  no: norwegian,
  nl: dutch,
  pl: polish,
  pt: portuguese,
  sv: swedish,
};

/** Words that stand for numbers, in lower case. Those of English are always among them, because the guidance is English. */
export interface Words {
  /** Single words only; nothing below two, because `one` and its kin are mostly no number. */
  readonly numbers: ReadonlyMap<string, number>;
  /** Names of months, whole and short, as numbers from 1. */
  readonly months: ReadonlyMap<string, number>;
  /** Names of units of time in English: `Monate` is `month`. */
  readonly units: ReadonlyMap<string, string>;
}

const remembered = new Map<string, Words>();

/** @param language an ISO 639-1 code; where it is not known, the words are those of English */
export function ofLanguage(language: string): Words {
  const known = remembered.get(language);
  if (known) return known;
  const languages = [
    'en',
    ...Intl.DateTimeFormat.supportedLocalesOf([language].filter((code) => /^[a-z]{2}$/.test(code))),
  ];
  const words = {
    numbers: new Map(languages.flatMap(numberWords)),
    months: new Map(languages.flatMap(monthNames)),
    units: new Map(languages.flatMap(unitNames)),
  };
  remembered.set(language, words);
  return words;
}

function numberWords(language: string): [string, number][] {
  const cardinal = CARDINALS[language];
  if (!cardinal) return [];
  const values = [...Array.from({ length: 98 }, (_, index) => index + 2), 100, 1000];
  // A hundred is "one hundred" in some languages; the last word is the one that people use with other numbers.
  return values
    .map((value): [string, number] => [cardinal(value).replace(value >= 100 ? /^.*\s/ : '', ''), value])
    .filter(([word]) => !/\s/.test(word));
}

function monthNames(language: string): [string, number][] {
  const styles = ['long', 'short'] as const;
  return styles.flatMap((month) => {
    // With the day beside it, a month stands in the form that dates have.
    const format = new Intl.DateTimeFormat(language, { day: 'numeric', month, timeZone: 'UTC' });
    return Array.from({ length: 12 }, (_, index): [string, number] => {
      const name = format.formatToParts(Date.UTC(2026, index, 2)).find(({ type }) => type === 'month')?.value ?? '';
      return [name.toLowerCase().replace(/\.$/, ''), index + 1];
    }).filter(([name]) => /^\p{L}/u.test(name));
  });
}

function unitNames(language: string): [string, string][] {
  return ['year', 'month', 'week', 'day', 'hour', 'minute'].flatMap((unit) => {
    const format = new Intl.NumberFormat(language, { style: 'unit', unit, unitDisplay: 'long' });
    return [1, 2, 5].map((value): [string, string] => {
      const name = format.formatToParts(value).find(({ type }) => type === 'unit')?.value ?? unit;
      return [name.toLowerCase(), unit];
    });
  });
}
