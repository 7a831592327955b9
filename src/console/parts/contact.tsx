import { useEffect, useMemo, useState } from 'react';
import type { FormEvent, ReactNode } from 'react';
import { observations } from '../../room/contact.ts';
import { roles } from '../../room/subject.ts';
import type { ContactPage } from '../../views/contact-page.ts';
import { contactPage } from '../../views/contact-page.ts';
import { incidentPage } from '../../views/incident-page.ts';
import { spanText } from '../../views/time-text.ts';
import { useGiving } from '../command/giving.tsx';
import { identityOf } from '../command/identity.ts';
import { useDesk, usePlace, useRoom } from '../desk-state.tsx';
import { useKeptText } from '../browser/kept-text.ts';
import { Dangers } from './dangers.tsx';
import { AssessForm } from './assess-form.tsx';
import { CallbackGuide } from './callback-guide.tsx';
import { Duties, Verbs } from './duties.tsx';
import { Grading } from './incident.tsx';
import { Checks, Links, Subjects } from './subjects.tsx';
import { Time } from './time.tsx';
import { takeWords, wordsOf } from '../browser/words-next.ts';

/** A contact as its handler works on it: what is said, who is named, what came back of them, and what is owed. */
export function ContactPanel({ contact }: { readonly contact: string }): ReactNode {
  const { room, seen, isPast } = useRoom();
  const page = useMemo(() => contactPage(room, contact, seen), [room, contact, seen]);
  if (page === null)
    return (
      <section className="panel" tabIndex={0}>
        <p>There is no contact {contact} here, or none that you may see.</p>
      </section>
    );
  return (
    <article className="panel contact" tabIndex={0} aria-label={`Contact ${contact}`}>
      <Head page={page} />
      <div className="columns">
        <div>
          <Said page={page} />
          <CallbackGuide page={page} />
          {isPast ? null : <SayForm contact={contact} />}
          {isPast ? null : <Heard page={page} />}
        </div>
        <div>
          {page.contact.incident === null ? null : <Matter incident={page.contact.incident} />}
          {isPast ? null : <NameForm contact={contact} />}
          <Subjects subjects={page.subjects} />
          <h3>The same matter as another?</h3>
          <LinksOn contact={page.contact} />
          <h3>Checks</h3>
          <Checks checks={page.checks} />
          <h3>Owed here</h3>
          <Duties duties={page.duties} none="Nothing is owed on this contact." />
          {page.notes.map((one) => (
            <p key={`${one.seq} ${one.why.code}`} className="soft">
              {one.why.says}
            </p>
          ))}
        </div>
      </div>
    </article>
  );
}

/** The incident that the contact belongs to, as far as its handler decides on it: its grade and its assessment. */
function Matter({ incident }: { readonly incident: string }): ReactNode {
  const { room, seen } = useRoom();
  const held = room.incidents.get(incident);
  const page = useMemo(() => (held === undefined ? null : incidentPage(room, held, seen)), [room, held, seen]);
  if (page === null) return null;
  return (
    <>
      <p>
        <span className={`grade ${page.row.band ?? 'ungraded'}`}>{page.row.grade ?? 'not graded'}</span>{' '}
        {page.row.summary}
      </p>
      <Grading page={page} />
      <AssessForm key={incident} incident={incident} assessment={page.assessment} />
      <Verbs of={['SetGrade', 'AddEntry', 'AssignUnit']} known={{ incident }} />
    </>
  );
}

/** Links that were proposed because of this contact, or of the incident to which it belongs. */
function LinksOn({ contact }: Pick<ContactPage, 'contact'>): ReactNode {
  const { room } = useRoom();
  const places = [contact.id, contact.incident].filter((one) => one !== null);
  const ids = new Set(places.flatMap((one) => room.linksOn.get(one) ?? []));
  return <Links links={[...ids].map((one) => room.links.get(one)).filter((one) => one !== undefined)} />;
}

function Head({ page }: { readonly page: ContactPage }): ReactNode {
  const { now } = useRoom();
  const [, go] = usePlace();
  const { contact } = page;
  const { id, channel, state, presentedAt, incident, handler } = contact;
  return (
    <header>
      <h2>
        {channel} {state} <span className="soft">{spanText(now - presentedAt)}</span>
      </h2>
      <p>
        <b>{id}</b> came <Time at={presentedAt} />
        {handler === null ? ', nobody has answered' : `, with ${handler}`}
        {incident === null ? null : (
          <>
            {' · '}
            <button type="button" className="plain" onClick={() => go({ incident, contact: undefined })}>
              incident {incident}
            </button>
          </>
        )}
        {page.locations.map((one) => (
          <span key={one.id}>
            {' · '}
            {one.source}: {one.address ?? (one.fix.kind === 'none' ? 'no position' : one.fix.kind)}
          </span>
        ))}
      </p>
      <Dangers dangers={contact.dangers} />
      <Verbs
        of={
          state === 'presented'
            ? ['AnswerContact']
            : [
                'OpenIncident',
                'JoinContact',
                'TellCaller',
                'MakePromise',
                'AttemptCallback',
                'EndContact',
                'DisposeContact',
              ]
        }
        known={{ contact: id }}
      />
    </header>
  );
}

function Said({ page }: { readonly page: ContactPage }): ReactNode {
  return (
    <ol className="log" aria-label="What was said">
      {page.contact.statements.map((one) => (
        <li key={one.seq}>
          <Time at={one.at} /> <span className="soft">{one.speaker.replaceAll('-', ' ')}</span>
          <p>{one.words}</p>
        </li>
      ))}
    </ol>
  );
}

/** As much as one entry of the log holds. */
const wordsMost = 20_000;

/** What the caller says, in their own words; kept as it is entered. */
function SayForm({ contact }: { readonly contact: string }): ReactNode {
  const { give } = useGiving();
  const { person } = useDesk();
  const [words, setWords] = useKeptText(`heed-words ${person} ${contact}`);
  const over = words.length - wordsMost;
  useEffect(() => takeWords(contact), [contact]);
  const send = (event: FormEvent): void => {
    event.preventDefault();
    if (words.trim() === '' || over > 0) return;
    void give('RecordStatement', { contact, words });
    setWords('');
  };
  return (
    <form onSubmit={send} className="stack">
      <label>
        The caller’s words
        <textarea
          id={wordsOf(contact)}
          value={words}
          rows={3}
          aria-invalid={over > 0}
          onChange={(event) => setWords(event.target.value)}
          onKeyDown={(event) => {
            if (event.key === 'Enter' && !event.shiftKey && !event.nativeEvent.isComposing) send(event);
          }}
        />
      </label>
      {over > 0 ? (
        <p className="alarm" role="alert">
          {over} characters too many for one entry: nothing was cut off, divide it.
        </p>
      ) : null}
    </form>
  );
}

/** What is heard on the line beside words; each a key of its own while the line of buttons has the focus. */
function Heard({ page }: { readonly page: ContactPage }): ReactNode {
  const { give } = useGiving();
  const { id, observations: heard } = page.contact;
  return (
    <fieldset className="asks">
      <legend>Heard on the line</legend>
      {observations.map((one) => (
        <button
          key={one}
          type="button"
          aria-pressed={heard.includes(one)}
          onClick={() => void give('RecordObservation', { contact: id, observations: [one] })}
        >
          {one.replaceAll('-', ' ')}
        </button>
      ))}
    </fieldset>
  );
}

/** Whoever or whatever is named; checks start by themselves, and what they find arrives beside it. */
function NameForm({ contact }: { readonly contact: string }): ReactNode {
  const { give } = useGiving();
  const [text, setText] = useState('');
  const [role, setRole] = useState<string>('caller');
  const meant = identityOf(text);
  const send = (event: FormEvent): void => {
    event.preventDefault();
    if (meant === null) return;
    void give('Mention', { contact, identity: meant, role });
    setText('');
  };
  return (
    <form onSubmit={send} className="name-form">
      <label>
        Name, number, address, vehicle or account
        <input value={text} maxLength={200} onChange={(event) => setText(event.target.value)} autoComplete="off" />
      </label>
      <label>
        As
        <select value={role} onChange={(event) => setRole(event.target.value)}>
          {roles.map((one) => (
            <option key={one} value={one}>
              {one.replaceAll('-', ' ')}
            </option>
          ))}
        </select>
      </label>
      <button type="submit" disabled={meant === null}>
        mention
      </button>
      <span className="soft">{meant === null ? '' : `a ${meant.kind}`}</span>
    </form>
  );
}
