import { ask } from '../browser/ask.ts';
import { liveDeployments } from '../../room/deployment.ts';
import type { Room } from '../../room/room.ts';
import type { Script, ScriptAct } from './script.ts';
import { calledIn, inRoom, isBy } from './script.ts';

const clockMs = 120_000;
/** A crew that is sent by whoever practises answers, sets out and arrives after so long; they find what they find. */
const crew = [
  { type: 'AcknowledgeDeployment', state: 'assigned', afterMs: 20_000 },
  { type: 'MarkEnRoute', state: 'acknowledged', afterMs: 45_000 },
  { type: 'MarkArrived', state: 'en-route', afterMs: 480_000 },
] as const;

/** How far a practice has come. */
export interface Standing {
  readonly now: number;
  readonly isOver: boolean;
}

/** Plays everybody in a case but one: moves the clock of its room, and gives what the others did when they did it. */
export class Director {
  readonly #room: string;
  readonly #script: Script;
  readonly #staff: string;
  #seen: () => Room | null = () => null;
  #place = 0;
  #now: number;
  #isMoving = false;

  constructor(script: Script, { room, staff }: { readonly room: string; readonly staff: string }) {
    this.#script = script;
    this.#room = room;
    this.#staff = staff;
    this.#now = script.startedAt;
  }

  /** Tells it how the room stands: others act on what whoever practises has opened and sent. */
  sees(seen: () => Room | null): void {
    this.#seen = seen;
  }

  /** The case’s time, milliseconds. */
  readonly now = (): number => this.#now;

  standing(): Standing {
    return { now: this.#now, isOver: this.#now >= this.#script.endsAt };
  }

  /** When something next reaches anybody in the case. */
  next(): number {
    const after = this.#script.acts.find((one) => one.due > this.#now);
    return after?.due ?? this.#script.endsAt;
  }

  /** Takes up the practice where it stands: a page that was loaded anew gives nothing twice. */
  async begin(): Promise<void> {
    await this.#clock(this.#script.startedAt);
    const next = this.#script.acts.findIndex((one) => one.due > this.#now);
    this.#place = next < 0 ? this.#script.acts.length : next;
  }

  /** Lets the case go on to an instant; does nothing while it is on its way to another. */
  async goOn(to: number): Promise<void> {
    if (this.#isMoving) return;
    this.#isMoving = true;
    try {
      const until = Math.min(to, this.#script.endsAt);
      for (let act = this.#script.acts[this.#place]; act !== undefined && act.due <= until; ) {
        await this.#clock(act.due);
        if (!isBy(act, this.#staff)) await this.#give(act);
        this.#place += 1;
        act = this.#script.acts[this.#place];
      }
      await this.#clock(until);
      await this.#crews();
    } finally {
      this.#isMoving = false;
    }
  }

  /** Moves the clock; it never goes back. */
  async #clock(to: number): Promise<void> {
    const path = `/replays/${encodeURIComponent(this.#room)}/clock`;
    const { now } = await ask<{ readonly now: number }>(path, { to: new Date(to).toISOString() }, clockMs);
    this.#now = Math.max(this.#now, now);
  }

  async #give(act: ScriptAct): Promise<void> {
    const seen = this.#seen();
    const called = seen === null ? new Map<string, string>() : calledIn(this.#script, this.#staff, seen);
    const { id, type, data, actor, at, override } = inRoom(act, called);
    const path = `/replays/${encodeURIComponent(this.#room)}/acts`;
    // What rests on something that whoever practises did not do cannot happen, and does not.
    await ask(path, { id, type, data, actor, at, override }, clockMs).catch(() => undefined);
  }

  async #crews(): Promise<void> {
    const room = this.#seen();
    const actor = { kind: 'machine', id: 'radio' } as const;
    for (const incident of room?.incidents.values() ?? [])
      for (const one of room === null ? [] : liveDeployments(room, incident)) {
        const step = crew.find(({ state }) => state === one.state);
        if (one.assignedBy !== this.#staff || step === undefined || this.#now < one.assignedAt + step.afterMs) continue;
        const id = `crew-${one.id}-${one.state}`.slice(0, 64);
        const act = { id, type: step.type, data: { deployment: one.id }, actor, at: this.#now, due: this.#now };
        await this.#give({ ...act, override: null });
      }
  }
}
