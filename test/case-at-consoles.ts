import type { Browser, BrowserContext, Page } from 'playwright-core';
import { fieldsOf, madeBy, typedCommands } from '../src/console/command/fields.ts';
import type { Field } from '../src/console/command/fields.ts';
import { elements } from '../src/room/assessment.ts';
import { formatInstant } from '../src/room/british-time.ts';
import type { StoredEvent } from '../src/room/define.ts';
import { fold } from '../src/room/fold.ts';
import type { Room } from '../src/room/room.ts';
import { emptyRoom } from '../src/room/room.ts';
import type { Gate } from '../src/room/safeguard.ts';
import { serverTheatre } from '../src/replay/server-theatre.ts';
import type { Cue, Scene } from '../src/replay/theatre.ts';

type GiveCue = Extract<Cue, { readonly kind: 'give' }>;
type Names = ReadonlyMap<string, string>;

/** Whoever holds one of these roles sits at a console; crews speak by radio, and specialists are elsewhere. */
const atConsoles: ReadonlySet<string> = new Set(['handler', 'dispatcher', 'supervisor', 'fim']);

/** The desk of each role, as its people see it. */
const deskFor: Readonly<Record<string, string>> = { handler: 'contact', dispatcher: 'dispatch' };

const limitMs = 90_000;

/** A line as a person types it: the command and what it is about, and then what they write freely. */
interface Line {
  readonly keys: string;
  readonly text: string;
}

/** The line that a person types for a command; null where the command line has no way to say it. */
function lineOf(type: string, data: Readonly<Record<string, unknown>>): Line | null {
  if (!typedCommands.includes(type)) return null;
  const fields = fieldsOf(type);
  const made = madeBy(type);
  const given = Object.entries(data).filter(([name]) => name !== made || fields.some((one) => one.name === name));
  const said = given.map(([name, value]) => ({ field: fields.find((one) => one.name === name), value }));
  const texts = said.map(({ field, value }) => (field === undefined ? null : saidOf(field, value)));
  if (texts.some((one) => one === null)) return null;
  const free = said.findLastIndex(({ field }) => field?.kind === 'words' || field?.kind === 'line');
  const named = texts.filter((_, place) => place !== free);
  return { keys: `${[type, ...named].join(' ')} `, text: free < 0 ? '' : String(said[free]?.value) };
}

function saidOf(field: Field, value: unknown): string | null {
  if (Array.isArray(value)) {
    const all = value.map((one: unknown) => saidOf({ ...field, isList: false }, one));
    return all.some((one) => one === null) ? null : all.join(' ');
  }
  const word = wordOf(field, value);
  if (word === null || word.includes('"')) return null;
  return /\s/.test(word) ? `${field.name}="${word}"` : `${field.name}=${word}`;
}

function wordOf({ kind, name }: Field, value: unknown): string | null {
  if (kind === 'instant') return formatInstant(Number(value));
  if (kind === 'span') return `${Number(value) / 60_000}m`;
  if (kind === 'flag') return value === true ? 'yes' : 'no';
  if (kind === 'owner') return String(Object.values(value as Readonly<Record<string, string>>)[0]);
  if (kind !== 'shape') return String(value);
  if (name !== 'elements') return null;
  const told = value as Readonly<Record<string, string | undefined>>;
  return elements.flatMap((one) => (told[one] === undefined ? [] : [`${one}: ${told[one]}`])).join(' ');
}

/** What became of the commands that were typed. */
export interface Told {
  /** Lines that were typed, by whom. */
  readonly typed: string[];
  /** What people at consoles did that could not be typed. */
  readonly untyped: string[];
  /** Gates that the room refused by and the screen did not name. */
  readonly unseen: string[];
}

export interface Consoles {
  readonly browser: Browser;
  /** Where the consoles reach the service; the clock and the machines reach it themselves. */
  readonly origin: string;
  readonly serviceOrigin: string;
  /** Called before each line is typed, with how many were: here a test cuts a line or kills the service. */
  readonly before?: (
    typed: number,
    at: { readonly room: string; readonly now: number; readonly page: Page },
  ) => Promise<void>;
}

/**
 * A place where a case is played on a running service by people at consoles: whoever sits in the room types what they
 * did on the command line of a browser of their own, and Heed's answer is read off their screen. Telephony, sources,
 * radio and the clock go by the interface.
 */
export class CaseAtConsoles {
  readonly told: Told = { typed: [], untyped: [], unseen: [] };
  readonly #consoles: Consoles;
  readonly #afar: (cue: Cue) => Promise<Scene>;
  readonly #desks = new Map<string, { readonly context: BrowserContext; readonly page: Page }>();
  /** What the case calls a thing, and what the console called it. */
  readonly #names = new Map<string, string>();
  #roles: Names = new Map();
  #room = '';
  #now = 0;
  #seen = 0;
  #events: StoredEvent[] = [];
  #folded: Room = emptyRoom('none', 'replay');

  constructor(consoles: Consoles) {
    this.#consoles = consoles;
    this.#afar = serverTheatre(new URL(consoles.serviceOrigin));
  }

  /** The page of somebody who sits in the room. */
  pageOf(staff: string): Page | undefined {
    return this.#desks.get(staff)?.page;
  }

  async close(): Promise<void> {
    for (const { context } of this.#desks.values()) await context.close();
    this.#desks.clear();
  }

  readonly answer = async (cue: Cue): Promise<Scene> => {
    if (cue.kind === 'open') {
      const staff = cue.opening.filter((one) => one.type === 'EnrolStaff').map((one) => one.data) as readonly {
        readonly staff: string;
        readonly role: string;
      }[];
      this.#roles = new Map(staff.map((one) => [one.staff, one.role]));
      const scene = await this.#afar(cue);
      this.#room = scene.room.id;
      this.#now = scene.now;
      this.#folded = emptyRoom(scene.room.id, 'replay');
      return this.#sceneOf(scene);
    }
    if (cue.kind === 'run') {
      const scene = await this.#afar(cue);
      this.#now = scene.now;
      return this.#sceneOf(scene);
    }
    return this.#given(this.#inTheRoom(cue));
  };

  async #given(cue: GiveCue): Promise<Scene> {
    const { actor, type } = cue;
    const sits = actor.kind === 'staff' && atConsoles.has(this.#roles.get(actor.id) ?? '');
    if (!sits) return this.#sceneOf(await this.#afar(cue));
    const line = lineOf(type, cue.data as Readonly<Record<string, unknown>>);
    if (line === null) {
      this.told.untyped.push(`${actor.id}: ${type}`);
      return this.#sceneOf(await this.#afar(cue));
    }
    this.told.typed.push(`${actor.id}: ${line.keys}${line.text}`);
    const page = await this.#deskOf(actor.id);
    await this.#consoles.before?.(this.told.typed.length, { room: this.#room, now: this.#now, page });
    const before = this.#events.length;
    const isDone = await typed(page, line);
    const raw = await this.#afar({ kind: 'run', until: this.#now });
    this.#learn(cue, raw.events.slice(before));
    const scene = this.#sceneOf(raw);
    const fresh = scene.events.slice(before);
    if (isDone) return this.#sceneOf(scene, { outcome: { kind: 'done', seq: this.#seen } as Scene['outcome'] });
    const refused = fresh.findLast((one) => one.type === 'CommandRefused');
    const { gates = [], reasons = [] } = (refused?.body ?? {}) as {
      readonly gates?: readonly Gate[];
      readonly reasons?: readonly { readonly code: string; readonly says: string }[];
    };
    await this.#readRefusal(page, gates);
    const says = { code: 'refused', says: line.keys };
    const outcome = { kind: 'refused', seq: this.#seen, reasons: refused === undefined ? [says] : reasons, gates };
    return this.#sceneOf(scene, { outcome: outcome as Scene['outcome'] });
  }

  /** Every gate stands on the screen by its name; then it is put away, as a person does who has read it. */
  async #readRefusal(page: Page, gates: readonly Gate[]): Promise<void> {
    const refused = page.locator('.answers section.refused');
    const said = await refused.first().innerText();
    for (const { safeguard } of gates)
      if (!said.includes(safeguard.replaceAll('-', ' '))) this.told.unseen.push(`${safeguard}: ${said}`);
    await refused.first().getByRole('button', { name: 'Put away' }).press('Enter');
    await refused.first().waitFor({ state: 'detached', timeout: limitMs });
  }

  /** What a case calls `job-1`, the console named by itself. */
  #learn({ type, data }: GiveCue, events: readonly StoredEvent[]): void {
    const made = madeBy(type);
    const called = made === null ? undefined : (data as Readonly<Record<string, unknown>>)[made];
    if (made === null || typeof called !== 'string') return;
    const named = events.find((one) => one.ids[made] !== undefined)?.ids[made];
    if (named !== undefined && named !== called) this.#names.set(called, named);
  }

  /** A command of the case in the names of the room. */
  #inTheRoom(cue: GiveCue): GiveCue {
    return { ...cue, data: mapped(cue.data, (one) => this.#names.get(one) ?? one) };
  }

  /** The scene in the names of the case. */
  #sceneOf(scene: Scene, what: Partial<Scene> = {}): Scene {
    const back = new Map([...this.#names].map(([called, named]) => [named, called]));
    const called = (text: string): string => text.replaceAll(madeUp, (one) => back.get(one) ?? one);
    const fresh = scene.events.slice(this.#events.length).map((one) => mapped(one, called) as StoredEvent);
    this.#events.push(...fresh);
    this.#folded = fold(this.#folded, fresh);
    this.#seen = scene.events.at(-1)?.seq ?? 0;
    return { ...scene, room: this.#folded, events: this.#events, ...what };
  }

  /** The console of somebody in the room: opened when they first act. */
  async #deskOf(staff: string): Promise<Page> {
    const known = this.#desks.get(staff);
    if (known !== undefined) return known.page;
    const { browser, origin } = this.#consoles;
    const context = await browser.newContext({ baseURL: origin });
    const page = await context.newPage();
    this.#desks.set(staff, { context, page });
    const headers = { 'heed-request': 'test', origin };
    const answer = await context.request.post(`/rooms/${this.#room}/sign-in`, {
      data: { kind: 'staff', id: staff },
      headers,
    });
    if (!answer.ok()) throw new Error(await answer.text());
    await page.goto(`/#/${deskFor[this.#roles.get(staff) ?? ''] ?? 'supervisor'}`);
    await page.getByRole('status').filter({ hasText: 'Live' }).first().waitFor({ timeout: limitMs });
    return page;
  }
}

/** The same value with every text put through `change`. */
function mapped(value: unknown, change: (text: string) => string): unknown {
  if (typeof value === 'string') return change(value);
  if (Array.isArray(value)) return value.map((one: unknown) => mapped(one, change));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, mapped(one, change)]));
}

/** What a console names by itself: a letter and six more. */
const madeUp = /\b[a-z]-[a-z0-9]{6}\b/g;

/** Each key of the command is pressed; the free text comes at once, as from somebody who types faster than we wait. */
async function enter(page: Page, { keys, text }: Line): Promise<void> {
  await page.keyboard.press('F2');
  await page.keyboard.type(keys);
  await page.keyboard.insertText(text);
  await page.keyboard.press('Enter');
}

/** Types a line from wherever the keyboard is, and waits for what became of it; false where it was refused. */
async function typed(page: Page, line: Line): Promise<boolean> {
  await enter(page, line);
  const left = await page.getByRole('combobox', { name: 'Command line' }).inputValue();
  if (left !== '') throw new Error(`Enter did nothing with “${left}”: ${await page.locator('#echo').innerText()}`);
  const refused = page.locator('.answers section.refused');
  await refused
    .or(page.locator('.answers > p', { hasText: 'recorded, event' }))
    .first()
    .waitFor({ timeout: limitMs });
  return (await refused.count()) === 0;
}
