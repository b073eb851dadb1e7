// After how long does a page ask again for a stream that was refused? After a second at first, then twice as
// long each time up to a minute; half to one and a half of it, by chance, so that pages which were refused
// together do not all come back together.
const FIRST_MS = 1_000;
const MOST_MS = 60_000;

export function growing() {
  let tries = 0;
  return {
    next: () => Math.min(FIRST_MS * 2 ** tries++, MOST_MS) * (0.5 + Math.random()),
    over: () => { tries = 0; },
  };
}
