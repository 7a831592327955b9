import { expect, test } from 'vitest';
import { controlRoom } from '../../test/control-room.ts';
import { joinedTogether } from './joins.ts';

function joinedThrice() {
  const control = controlRoom([]);
  for (const one of ['i1', 'i2', 'i3', 'i4']) control.opens(one);
  const join = (incident: string, into: string): void => {
    control.does('supervisor-1', 'JoinIncidents', { incident, into, reason: 'one crash' });
  };
  join('i1', 'i2');
  join('i3', 'i2');
  join('i2', 'i4');
  return { control, together: (one: string) => [...joinedTogether(control.room(), one)].toSorted() };
}

test('incidents that were joined over several steps are one matter, from whichever it is looked at', () => {
  const { together } = joinedThrice();
  for (const one of ['i1', 'i2', 'i3', 'i4']) expect(together(one)).toEqual(['i1', 'i2', 'i3', 'i4']);
});

test('one that is opened again stands apart, with what was joined into it', () => {
  const { control, together } = joinedThrice();
  control.does('supervisor-1', 'ReopenIncident', { incident: 'i2', reason: 'another crash' });
  expect(together('i1')).toEqual(['i1', 'i2', 'i3']);
  expect(together('i4')).toEqual(['i4']);
});

test('one that has left the room is in no matter of it until it comes back', () => {
  const { control, together } = joinedThrice();
  const events = control.events().filter((event) => event.ids['incident'] === 'i3');
  control.wait('15 d');
  control.does('heed', 'ArchiveIncident', { incident: 'i3' });
  expect(together('i4')).toEqual(['i1', 'i2', 'i4']);
  control.does('heed', 'Recall', { incident: 'i3', digest: 'sha256:0', events });
  expect(together('i4')).toEqual(['i1', 'i2', 'i3', 'i4']);
});
