import type { ReactNode } from 'react';
import { heardDistress } from '../../room/contact.ts';
import type { ContactPage } from '../../views/contact-page.ts';
import { useGiving } from '../command/giving.tsx';
import { useRoom } from '../desk-state.tsx';
import { Verbs } from './duties.tsx';

/** Ends after which whoever rang may not be able to speak (domain reference 2.3). */
const troubled: ReadonlySet<string> = new Set(['cut-off', 'abandoned', 'silent', 'not-understood']);

const questions = [
  'Is it safe to talk? Answer yes or no only.',
  'Is he or she there with you?',
  'Are you hurt?',
  'Is there a weapon?',
  'Are there children with you?',
  'Do you want the police?',
];

/** How to ring back somebody who may be overheard: what to know first, what to ask, and what to listen for. */
export function CallbackGuide({ page }: { readonly page: ContactPage }): ReactNode {
  const { isPast } = useRoom();
  const { give } = useGiving();
  const { id, state, ending } = page.contact;
  const open = page.callbacks.findLast((one) => one.result === null);
  if (isPast || state !== 'ended' || (!troubled.has(ending ?? '') && page.callbacks.length === 0)) return null;
  const phones = page.subjects.filter((one) => one.identity.kind === 'phone');
  const noVoicemail = page.subjects.some(({ markers }) => markers.some((one) => one.effects.includes('no-voicemail')));
  return (
    <section aria-label="Ringing back">
      <h3>Ringing back</h3>
      {heardDistress(page.contact) ? <p className="alarm">▲ Distress was heard. Send first, then ring.</p> : null}
      <p className="prompt">A telephone that rings may be in the wrong hands. Sending does not wait for an answer.</p>
      {noVoicemail ? <p className="alarm">▲ A marker says: leave no voicemail, and send no text.</p> : null}
      {phones.map(({ subject, identity, hands }) => (
        <p key={subject}>
          {identity.kind === 'phone' ? identity.number : subject}{' '}
          <span className={hands === null || hands === 'own' ? 'soft' : 'alarm'}>
            {hands === null ? 'whose it is nobody has said' : `in ${hands} hands`}
          </span>{' '}
          {open === undefined ? (
            <button
              type="button"
              onClick={() => void give('AttemptCallback', { contact: id, phone: subject, means: 'call' })}
            >
              attempt callback
            </button>
          ) : null}
        </p>
      ))}
      {open === undefined ? null : (
        <>
          <p>
            Ask only what yes or no answers, never with the answer in it; taps and keys count (1 is yes, 2 is no). Agree
            a word for when they come back.
          </p>
          <ol>
            {questions.map((one) => (
              <li key={one}>{one}</li>
            ))}
          </ol>
          <p className="soft">
            Listen for a second voice, prompting, whispering, crying, a muted line, a child, breathing, “wrong number”,
            an order for food, a place that is not told.
          </p>
          <Verbs of={['RecordCallback']} known={{ callback: open.id }} />
        </>
      )}
      {page.callbacks.map((one) => (
        <p key={one.id} className="soft">
          {one.means} by {one.by}: {one.result?.replaceAll('-', ' ') ?? 'not said yet'}
        </p>
      ))}
    </section>
  );
}
