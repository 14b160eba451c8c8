/** The organisation's calendar. Moments are `Date`; days are text, YYYY-MM-DD, in the organisation's time zone. */
export interface Clock {
  now(): Date;
  today(): string;
}

/** @param timeZone an IANA name, for example `Europe/Vienna` */
export function systemClock(timeZone: string): Clock {
  const format = new Intl.DateTimeFormat('en-CA', { timeZone, year: 'numeric', month: '2-digit', day: '2-digit' });
  return { now: () => new Date(), today: () => format.format(new Date()) };
}
