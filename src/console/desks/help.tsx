import { useEffect, useRef } from 'react';
import type { ReactNode } from 'react';
import { fieldsOf, spokenField } from '../command/fields.ts';
import { usePlace } from '../desk-state.tsx';
import { commonOf } from './desks.ts';

/** What keys do here, and the commands given most at this desk; `?` opens it, Escape puts it away. */
export function Help(): ReactNode {
  const dialog = useRef<HTMLDialogElement>(null);
  const [place] = usePlace();
  useEffect(() => {
    const pressed = (event: KeyboardEvent): void => {
      const isTyping = event.target instanceof Element && event.target.closest('input, textarea, select') !== null;
      if (event.key !== '?' || isTyping) return;
      event.preventDefault();
      dialog.current?.showModal();
    };
    addEventListener('keydown', pressed);
    return () => removeEventListener('keydown', pressed);
  }, []);
  return (
    <dialog ref={dialog} aria-label="Help">
      <h2>Help</h2>
      <dl>
        <dt>/ or F2</dt>
        <dd>the command line, from anywhere</dd>
        <dt>F4</dt>
        <dd>answers the contact that rings, and leads to the caller’s words</dd>
        <dt>Tab</dt>
        <dd>takes the first completion; arrows choose another</dd>
        <dt>↑ in an empty line</dt>
        <dd>the lines that you gave before</dd>
        <dt>Enter</dt>
        <dd>does what stands under the line</dd>
        <dt>F8</dt>
        <dd>puts out the sound of what is new for you; it stays to be answered</dd>
        <dt>F9</dt>
        <dd>the map, on a desk that has one</dd>
        <dt>30m, 2h, 3d, 14:30</dt>
        <dd>a span of time, or so long from now; when the clock shows it next</dd>
      </dl>
      <p>
        A command is begun by the first letters of its words: <b>sg</b> is set grade. What it is about follows in any
        order, then free text. What lies open fills what you leave out.
      </p>
      <h3>Most used here</h3>
      <ul>
        {commonOf(place.desk).map((type) => (
          <li key={type}>
            <b>{type}</b>{' '}
            <span className="soft">
              {fieldsOf(type)
                .filter((one) => one.isNeeded)
                .map((one) => spokenField(one.name))
                .join(', ')}
            </span>
          </li>
        ))}
      </ul>
      <form method="dialog">
        <button type="submit">Close</button>
      </form>
    </dialog>
  );
}
