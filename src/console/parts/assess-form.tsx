import { useState } from 'react';
import type { FormEvent, KeyboardEvent, ReactNode } from 'react';
import { elements, levels } from '../../room/assessment.ts';
import type { Assessment } from '../../room/assessment.ts';
import { useGiving } from '../command/giving.tsx';
import { useDesk, useRoom } from '../desk-state.tsx';
import { useKeptText } from '../browser/kept-text.ts';

/** What each element asks; THRIVE as the College of Policing has it. */
const asks: Readonly<Record<(typeof elements)[number], string>> = {
  threat: 'What is threatened, by whom?',
  harm: 'What happened, who is hurt?',
  risk: 'What may still happen, how likely?',
  investigation: 'What must be secured, who saw it?',
  vulnerability: 'Who is vulnerable, and how?',
  engagement: 'How is the caller to be reached, what do they want?',
};

/** An assessment (THRIVE): six lines and a level, Enter goes from line to line and from the last one gives it. */
export function AssessForm({
  incident,
  assessment,
}: {
  readonly incident: string;
  readonly assessment: Assessment | null;
}): ReactNode {
  const { isPast } = useRoom();
  const assessed = (
    <>
      THRIVE <Assessed assessment={assessment} />
    </>
  );
  if (isPast) return <p>{assessed}</p>;
  return (
    <details className="assess">
      <summary>{assessed}</summary>
      <Lines incident={incident} />
    </details>
  );
}

/** How it was assessed, by whom, and what of it was left out. */
function Assessed({ assessment }: { readonly assessment: Assessment | null }): ReactNode {
  if (assessment === null) return <span className="prompt">not assessed</span>;
  const open = elements.filter((one) => !assessment.answered.includes(one));
  return (
    <span className={open.length > 0 || assessment.level === null ? 'prompt' : 'soft'}>
      {assessment.level ?? 'no level'}, by {assessment.by}
      {open.length === 0 ? '' : `; not answered: ${open.join(', ')}`}
    </span>
  );
}

function Lines({ incident }: { readonly incident: string }): ReactNode {
  const { give } = useGiving();
  const { person } = useDesk();
  const [kept, setKept] = useKeptText(`heed-thrive ${person} ${incident}`);
  const [level, setLevel] = useState<string>('');
  const texts = textsOf(kept);
  const answered = elements.filter((one) => (texts[one] ?? '').trim() !== '');
  const send = (event: FormEvent): void => {
    event.preventDefault();
    if (answered.length === 0) return;
    const said = Object.fromEntries(answered.map((one) => [one, texts[one]?.trim()]));
    void give('Assess', { incident, elements: said, ...(level === '' ? {} : { level }) });
    setKept('');
    setLevel('');
  };
  return (
    <form onSubmit={send} onKeyDown={pressed}>
      {elements.map((one) => (
        <label key={one}>
          {one}
          <input
            value={texts[one] ?? ''}
            placeholder={asks[one]}
            maxLength={2_000}
            autoComplete="off"
            onChange={(event) => setKept(JSON.stringify({ ...texts, [one]: event.target.value }))}
          />
        </label>
      ))}
      <label>
        level
        <select value={level} onChange={(event) => setLevel(event.target.value)}>
          <option value="">not said</option>
          {['none', 'low', ...levels].map((one) => (
            <option key={one}>{one}</option>
          ))}
        </select>
      </label>
      <button type="submit" disabled={answered.length === 0}>
        assess
      </button>
    </form>
  );
}

/** Enter goes to the next line, and from the last one gives the whole. */
function pressed(event: KeyboardEvent<HTMLFormElement>): void {
  const { target } = event;
  if (event.key !== 'Enter' || event.nativeEvent.isComposing || target instanceof HTMLButtonElement) return;
  event.preventDefault();
  const fields = [...event.currentTarget.querySelectorAll<HTMLElement>('input, select')];
  const next = target instanceof HTMLElement ? fields[fields.indexOf(target) + 1] : undefined;
  if (next === undefined) event.currentTarget.requestSubmit();
  else next.focus();
}

/** The lines as they were kept on this machine; nothing where what is kept cannot be read. */
function textsOf(kept: string): Readonly<Record<string, string>> {
  try {
    const read: unknown = JSON.parse(kept);
    if (typeof read !== 'object' || read === null) return {};
    return Object.fromEntries(
      Object.entries(read).filter((one): one is [string, string] => typeof one[1] === 'string'),
    );
  } catch {
    return {};
  }
}
