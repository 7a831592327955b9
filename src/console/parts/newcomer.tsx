import { useEffect, useState } from 'react';
import type { ReactNode } from 'react';
import { ask } from '../browser/ask.ts';
import { useDesk, usePlace } from '../desk-state.tsx';
import { keep } from '../browser/keep.ts';

const key = 'heed-not-new';

/** Whoever comes to a demonstration for the first time is offered the cases: a line, which goes once they know. */
export function Newcomer(): ReactNode {
  const { banner, now } = useDesk();
  const [place, go] = usePlace();
  const [isNew, setIsNew] = useState(localStorage.getItem(key) === null);
  const [hasCases, setHasCases] = useState(false);
  // A practice goes by a clock of its own, and where it is real there are no cases to play.
  const mayOffer = isNew && banner !== null && now === undefined;
  useEffect(() => {
    if (mayOffer)
      ask('/cases').then(
        () => setHasCases(true),
        () => undefined,
      );
  }, [mayOffer]);
  if (!mayOffer || !hasCases || place.desk === 'cases') return null;
  const known = (): void => {
    keep(key, 'yes');
    setIsNew(false);
  };
  return (
    <section className="newcomer" aria-label="New here">
      <b>New here?</b> <span>Begin with the founding cases: see what Heed says to what was done, or practise one.</span>
      <button
        type="button"
        onClick={() => {
          known();
          go({ desk: 'cases' });
        }}
      >
        See the cases
      </button>
      <button type="button" onClick={known}>
        Not now
      </button>
    </section>
  );
}
