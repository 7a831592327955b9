import type { Room } from '../../../room/room.ts';
import { rebuilding } from '../../../room/snapshot.ts';
import type { Slice } from '../../../room/snapshot.ts';
import { evolveShown } from '../../../views/redact.ts';
import type { UnitPosition } from '../../../room/unit-position.ts';
import type { Shown } from '../../../views/redact.ts';
import { asPerson } from './as-person.ts';
import type { Standing } from './messages.ts';

/** Nothing heard for this long means cut off: the service says something every 5 s. */
const silentMs = 12_000;
/** Whoever is cut off tries again this often. */
const againMs = 1_000;
const loadMs = 60_000;
const askMs = 10_000;
/** What came within this time goes to the windows together. */
const gatherMs = 30;

/** Who is told of what comes. */
export interface Told {
  /** The room begins anew: at the start, or because what may be seen has changed. */
  readonly room: (room: Room) => void;
  readonly shown: (shown: readonly Shown[]) => void;
  readonly standing: (standing: Standing) => void;
  /** Where units are; `isWhole`: what was told before of others no longer holds. */
  readonly positions: (positions: readonly UnitPosition[], isWhole: boolean) => void;
}

/** Follows one room: loads it as its reader may see it, folds the stream, and says truthfully how it stands. */
export class Following {
  readonly #path: string;
  readonly #person: string;
  readonly #told: Told;
  #room: Room | null = null;
  readonly #positions = new Map<string, UnitPosition>();
  #source: EventSource | null = null;
  #gathered: Shown[] = [];
  #isGathering = false;
  #again: ReturnType<typeof setTimeout> | null = null;
  /** When something came over the stream, or it was begun; not before that can it have fallen silent. */
  #stirredAt = 0;
  /** What may be seen is not what is folded here: it is loaded anew before anything goes on. */
  #mustLoad = true;
  readonly #ended = new AbortController();
  readonly #watch: ReturnType<typeof setInterval>;
  #standing: Standing = { state: 'loading', seq: 0, head: 0, roomAt: 0, heardAt: 0, roomState: 'writing' };

  constructor(room: string, person: string, told: Told) {
    this.#path = `/rooms/${encodeURIComponent(room)}`;
    this.#person = person;
    this.#told = told;
    this.#watch = setInterval(() => {
      if (this.#source !== null && Date.now() - this.#stirredAt > silentMs) this.#cutOff();
    }, 1_000);
    void this.#begin();
  }

  /** The room as far as it is folded here; null before it came. */
  room(): Room | null {
    return this.#room;
  }

  standing(): Standing {
    return this.#standing;
  }

  /** Where units are, as far as it was told here. */
  positions(): readonly UnitPosition[] {
    return [...this.#positions.values()];
  }

  /** The room's time now; it goes on between two pulses as this machine's does. */
  now(): number {
    const { roomAt, heardAt } = this.#standing;
    return Math.max(heardAt === 0 ? Date.now() : roomAt + Date.now() - heardAt, this.#room?.now ?? 0);
  }

  /** Somebody has come, perhaps from signing in: whoever was signed out is asked about again. */
  comeIn(): void {
    if (this.#standing.state !== 'signed-out') return;
    this.#stand({ state: 'loading' });
    this.#mustLoad = true;
    this.#later();
  }

  /** Asks at once who is signed in: a command was turned away. */
  doubt(): void {
    if (this.#standing.state !== 'signed-out') this.#cutOff();
  }

  end(): void {
    this.#ended.abort();
    clearInterval(this.#watch);
    if (this.#again !== null) clearTimeout(this.#again);
    this.#letGo();
  }

  #letGo(): void {
    this.#source?.close();
    this.#source = null;
  }

  #stand(change: Partial<Standing>): void {
    if (this.#ended.signal.aborted) return;
    this.#standing = { ...this.#standing, ...change };
    this.#told.standing(this.#standing);
  }

  /** Loads the room whole, and follows it from there. */
  async #begin(): Promise<void> {
    try {
      const room = await this.#loaded();
      if (this.#ended.signal.aborted) return;
      if (room === null) return this.#later();
      this.#room = room;
      this.#mustLoad = false;
      this.#gathered = [];
      // What may be seen now may be less than before: the stream tells all of it again.
      this.#positions.clear();
      this.#told.positions([], true);
      this.#told.room(room);
      this.#stand({ seq: room.seq, head: Math.max(room.seq, this.#standing.head) });
      this.#follow();
    } catch {
      this.#later();
    }
  }

  async #asked(path: string, ms: number): Promise<Response> {
    const headers = asPerson(this.#person);
    return fetch(path, { headers, signal: AbortSignal.any([this.#ended.signal, AbortSignal.timeout(ms)]) });
  }

  /** The room, slice by slice; null where it may not be read now. */
  async #loaded(): Promise<Room | null> {
    const answer = await this.#asked(`${this.#path}/visible`, loadMs);
    if (!answer.ok || answer.body === null) return null;
    const building = rebuilding();
    const reader = answer.body.pipeThrough(new TextDecoderStream()).getReader();
    let rest = '';
    for (;;) {
      const { done, value } = await reader.read();
      if (done) break;
      const lines = `${rest}${value}`.split('\n');
      rest = lines.pop() ?? '';
      for (const line of lines) building.add(JSON.parse(line) as Slice);
    }
    return building.room();
  }

  #follow(): void {
    this.#letGo();
    this.#stirredAt = Date.now();
    const source = new EventSource(`${this.#path}/stream?after=${this.#room?.seq ?? 0}`);
    this.#source = source;
    const isCurrent = (): boolean => this.#source === source;
    source.addEventListener('message', ({ data }: MessageEvent<string>) => {
      if (isCurrent()) this.#came(JSON.parse(data) as Shown);
    });
    source.addEventListener('pulse', ({ data }: MessageEvent<string>) => {
      if (isCurrent()) this.#pulse(JSON.parse(data) as { readonly at: string; readonly seq: number; state: string });
    });
    source.addEventListener('positions', ({ data }: MessageEvent<string>) => {
      if (isCurrent()) this.#moved((JSON.parse(data) as { readonly positions: readonly UnitPosition[] }).positions);
    });
    source.addEventListener('reload', () => {
      if (!isCurrent()) return;
      this.#letGo();
      this.#mustLoad = true;
      this.#stand({ state: 'loading' });
      void this.#begin();
    });
    for (const end of ['end', 'error']) source.addEventListener(end, () => isCurrent() && this.#cutOff());
  }

  #pulse({ at, seq, state }: { readonly at: string; readonly seq: number; readonly state: string }): void {
    this.#stirredAt = Date.now();
    this.#tellGathered();
    this.#stand({ state: 'live', roomAt: Date.parse(at), heardAt: Date.now(), head: seq, roomState: state });
  }

  #moved(positions: readonly UnitPosition[]): void {
    this.#stirredAt = Date.now();
    for (const one of positions) this.#positions.set(one.unit, one);
    this.#told.positions(positions, false);
  }

  #came(shown: Shown): void {
    this.#stirredAt = Date.now();
    if (this.#room === null || shown.seq <= this.#room.seq) return;
    this.#room = evolveShown(this.#room, shown);
    this.#gathered.push(shown);
    if (this.#isGathering) return;
    this.#isGathering = true;
    setTimeout(() => this.#tellGathered(), gatherMs);
  }

  #tellGathered(): void {
    this.#isGathering = false;
    if (this.#gathered.length === 0) return;
    const shown = this.#gathered;
    this.#gathered = [];
    this.#told.shown(shown);
    const seq = this.#room?.seq ?? 0;
    const head = Math.max(seq, this.#standing.head);
    // What is caught up with is old, and what came just before a cut tells nothing after it: a pulse says “live”.
    const isHeard = this.#standing.state === 'live' && this.#source !== null;
    this.#stand({ seq, head, ...(isHeard ? { heardAt: Date.now(), roomAt: this.now() } : {}) });
  }

  #cutOff(): void {
    this.#letGo();
    this.#stand({ state: navigator.onLine ? 'reconnecting' : 'offline' });
    this.#later();
  }

  #later(): void {
    if (this.#ended.signal.aborted) return;
    if (this.#standing.state === 'live') this.#stand({ state: 'reconnecting' });
    this.#again ??= setTimeout(() => {
      this.#again = null;
      void this.#comeBack();
    }, againMs);
  }

  /** Goes on where it was cut off; whoever was meanwhile signed out is told so. */
  async #comeBack(): Promise<void> {
    try {
      // A session of somebody else's, taken over in another tab, is turned away as none.
      const answer = await this.#asked(this.#path, askMs);
      if (answer.status === 401 || answer.status === 403) return this.#stand({ state: 'signed-out' });
      if (!answer.ok) return this.#later();
      if (this.#ended.signal.aborted || this.#source !== null) return;
      if (this.#mustLoad) await this.#begin();
      else this.#follow();
    } catch {
      this.#stand({ state: navigator.onLine ? 'reconnecting' : 'offline' });
      this.#later();
    }
  }
}
