const DAY = 24 * 60 * 60 * 1_000;

const clock = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit' });
const weekday = new Intl.DateTimeFormat('en-GB', { weekday: 'long', day: 'numeric', month: 'long', year: 'numeric' });
const short = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short' });
const full = new Intl.DateTimeFormat('en-GB', { dateStyle: 'full', timeStyle: 'short' });

export const clockTime = (time) => clock.format(time);
export const fullTime = (time) => full.format(time);

/** Today, Yesterday, or the day in words. */
export function dayName(time) {
  return nearDay(time) ?? weekday.format(time);
}

/** The time for today, else the day in a few letters. */
export function shortTime(time) {
  const day = nearDay(time);
  return day === 'Today' ? clock.format(time) : (day ?? short.format(time));
}

function nearDay(time) {
  const now = Date.now();
  if (time.toDateString() === new Date(now).toDateString()) return 'Today';
  return time.toDateString() === new Date(now - DAY).toDateString() ? 'Yesterday' : undefined;
}
