import { byId } from './dom.js';

/** Pixels from the end within which a reader counts as being there. */
const NEAR = 80;

const log = byId('log');
const jump = byId('jump');

/** Whether the reader follows what is said; not while they read further up. */
let following = true;
let lastTop = 0;

// Not every browser scrolls by keys what nothing in it can take the focus of.
log.tabIndex = 0;

const distance = () => log.scrollHeight - log.clientHeight - log.scrollTop;

/**
 * Shows what was added, to a reader who follows.
 *
 * @param head stays in sight, so that a long answer is read from its beginning
 */
export function follow(head) {
  if (following) {
    const start = head ? head.offsetTop - log.offsetTop - 16 : Number.POSITIVE_INFINITY;
    const top = Math.min(start, log.scrollHeight - log.clientHeight);
    if (top > log.scrollTop) log.scrollTop = top;
  }
  settle();
}

/** Goes to the newest message. */
export function toNewest(behavior = 'instant') {
  following = true;
  log.scrollTo({ top: log.scrollHeight, behavior });
  settle();
}

function settle() {
  lastTop = log.scrollTop;
  jump.hidden = distance() < NEAR;
}

log.addEventListener('scroll', () => {
  if (distance() < NEAR) following = true;
  else if (log.scrollTop < lastTop) following = false;
  settle();
});

new ResizeObserver(settle).observe(log);

jump.addEventListener('click', () => {
  toNewest(matchMedia('(prefers-reduced-motion: reduce)').matches ? 'instant' : 'smooth');
  log.focus({ preventScroll: true });
});
