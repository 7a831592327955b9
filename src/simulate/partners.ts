import { act, draw } from './moment.ts';
import type { Moment } from './moment.ts';
import type { Job } from './sending.ts';

const secondMs = 1_000;
const minuteMs = 60_000;

/** What the ambulance service says to what was passed to it for a job: that it has it, and later what came of it. */
export function partner(moment: Moment, { incident, call }: Job): void {
  if (call?.matter?.ambulance !== true) return;
  const id = `ambulance-${call.id.slice('call-'.length)}`;
  const transfer = moment.room.transfers.get(id);
  if (transfer === undefined || transfer.state === 'ended') return;
  const { accepted, outcome } = moment.county.lines.ambulance;
  const drawn = draw(moment, 'partner', id);
  const isSlow = drawn > 0.93;
  const age = moment.now - transfer.at;
  if (transfer.state === 'sent' && age > (isSlow ? 200 : 15 + drawn * 45) * secondMs) {
    const data = { transfer: id, by: accepted, reference: `AMB-${1_000 + Math.floor(drawn * 9_000)}` };
    act(moment, { as: 'partner', type: 'AcceptTransfer', data, about: id });
  } else if (transfer.state === 'accepted' && age > (18 + drawn * 25) * minuteMs) {
    act(moment, { as: 'partner', type: 'EndTransfer', data: { transfer: id, outcome }, about: `${incident.id} ${id}` });
  }
}
