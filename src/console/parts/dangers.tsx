import type { ReactNode } from 'react';
import type { Danger } from '../../room/danger.ts';
import { dangersTold } from '../../views/dangers-told.ts';

/** What was told of danger, a line a kind with the words that told of it. */
export function Dangers({ dangers }: { readonly dangers: readonly Danger[] }): ReactNode {
  return dangersTold(dangers).map(({ kind, means, lifeThreat, quotes }) => (
    <p key={kind} className={lifeThreat ? 'alarm' : 'prompt'}>
      {lifeThreat ? '▲ ' : ''}
      {means}:{' '}
      {quotes.map((quote, at) => (
        <span key={quote}>
          {at === 0 ? '' : ', '}“<bdi>{quote}</bdi>”
        </span>
      ))}
    </p>
  ));
}
