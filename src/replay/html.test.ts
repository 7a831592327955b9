import { describe, expect, test } from 'vitest';
import { caseOf, entry, performed } from '../../test/rehearsal.ts';
import { escaped } from '../views/escaped.ts';
import { htmlOf } from './html.ts';
import type { Report } from './report.ts';

const close =
  "{ at: '21:25', by: supervisor-1, do: CloseIncident, with: { incident: job-1, code: attended, reason: Done } }";
const reopen = "{ at: '21:26', by: supervisor-1, do: ReopenIncident, with: { incident: job-1, reason: Again } }";
const text = caseOf(
  [
    entry('21:01', 'prompt'),
    entry('21:05', 'alarm'),
    entry('21:06', 'note'),
    entry('21:07', 'floor'),
    entry('21:20', 'guarded'),
    close,
    reopen,
    entry('2026-02-04 00:10', 'prompt'),
  ],
  `assumed: [Everything]
harm: { at: '22:00', says: Harm }
expect: { never: [bar] }
variants: [{ name: other, says: Otherwise, remove: [], expect: { never: [bar] } }]
`,
);
const { report } = performed(text);
const page = htmlOf(report);

/** The tags of a page, in order, without what is in them. */
function tagsOf(html: string): readonly string[] {
  return [...html.matchAll(/<\/?[a-z][a-z0-9]*/g)].map(([tag]) => tag);
}

describe('the page', () => {
  test('says its language, its title and its headings in order', () => {
    expect(page).toMatch(/^<!doctype html>\n<html lang="en-GB">/);
    expect(page).toContain('<title>rehearsal: replay by Heed</title>');
    expect(page).toContain('<h1>A rehearsal</h1>');
    const headings = [...page.matchAll(/<h([1-6])[ >]/g)].map(([, level]) => Number(level));
    expect(headings[0]).toBe(1);
    for (const [place, level] of headings.entries()) expect(level).toBeLessThanOrEqual((headings[place - 1] ?? 0) + 1);
    expect(headings.filter((level) => level === 1)).toHaveLength(1);
  });

  test('runs no script and fetches nothing', () => {
    expect(page).not.toMatch(/<script|<link|<img|<iframe|<object|<form|<base|@import|url\(|\son[a-z]+=|javascript:/i);
    expect(page).not.toMatch(/https?:|\bsrc=|\bhref=/);
    expect(page).toContain(`content="default-src 'none'; style-src 'unsafe-inline'"`);
  });

  test('closes what it opens', () => {
    const open: string[] = [];
    const wrong: string[] = [];
    for (const tag of tagsOf(page.replaceAll(/<meta[^>]*>/g, ''))) {
      if (!tag.startsWith('</')) open.push(tag.slice(1));
      else if (open.pop() !== tag.slice(2)) wrong.push(tag);
    }
    expect([open, wrong]).toEqual([[], []]);
  });

  test('has one row for each instant, in order, with a heading for each day', () => {
    const times = [...page.matchAll(/<time datetime="([^"]+)">/g)].map(([, at]) => at ?? '');
    expect(times).toEqual([...new Set(times)].toSorted());
    const instants = new Set([
      ...report.acts.map((act) => act.at),
      ...report.duties.flatMap((duty) => duty.spoke.map((one) => one.at)),
      ...report.floors.map((floor) => floor.at),
      ...report.notes.map((note) => note.at),
      report.harmAt ?? '',
    ]);
    expect(times.filter((at) => instants.has(at))).toEqual([...instants].toSorted());
    expect([...page.matchAll(/<h3 class="day">([^<]+)</g)].map(([, day]) => day)).toEqual([
      '3 February 2026',
      '4 February 2026',
    ]);
  });

  test('marks the first turn once, at its instant, and the harm', () => {
    expect([...page.matchAll(/class="turn"/g)]).toHaveLength(1);
    expect(page).toContain('<time datetime="2026-02-03T21:05:00Z">21:05:00</time>');
    expect(page).toMatch(/is-turn"><time datetime="2026-02-03T21:05:00Z">/);
    expect(page).toContain('First turn: 55 min before the harm');
    expect([...page.matchAll(/class="card harm"/g)]).toHaveLength(1);
  });

  test('shows what was refused with what would satisfy it, what could not follow, and what is open', () => {
    expect(page).toContain('Heed refuses this');
    expect(page).toContain('What would satisfy it: AddEntry.');
    expect(page).toContain('depended on CloseIncident');
    expect(page).toContain('<h2>Still open at the end</h2>');
    expect(page).toContain('<h2>What this case assumes</h2>');
    expect(page).toContain('FAILED — never bar');
    expect(page).toContain('FAILED — other: never bar');
  });

  test('says its meaning in words, not by colour alone', () => {
    for (const label of ['Alarm', 'Prompt', 'Floor', 'Refused', 'Note', 'Climbs', 'The harm'])
      expect(page).toContain(`<span class="label">${label}</span>`);
  });

  test('of a case without harm or turn leaves both out', () => {
    const quiet = htmlOf(performed(caseOf([])).report);
    expect(quiet).toContain('no harm in this case');
    expect(quiet).not.toContain('class="turn"');
    expect(quiet).not.toContain('What it expects');
  });

  test('is the same to the byte each time', () => {
    expect(htmlOf(performed(text).report)).toBe(page);
  });
});

describe('hostile text', () => {
  const hostile = `<script>alert("x")</script>' onmouseover='x & <b>`;
  const override = '\u202Egnp.exe\u2066\u0007\u2028';

  test('is shown, and is never markup', () => {
    expect(escaped(hostile)).toBe(
      '&lt;script&gt;alert(&quot;x&quot;)&lt;/script&gt;&#39; onmouseover=&#39;x &amp; &lt;b&gt;',
    );
  });

  test('that would turn the direction of a line, or hide, is shown as its number', () => {
    expect(escaped(override)).toBe('\\u202egnp.exe\\u2066\\u0007 ');
  });

  test('in right-to-left script stays as it is', () => {
    expect(escaped('שרה الياس')).toBe('שרה الياس');
  });

  test('in every field of a report adds no tag', () => {
    const poisoned = (value: unknown): unknown => {
      if (typeof value === 'string')
        return /^\d{4}-\d{2}-|^(?:done|refused|skipped|prompt|alarm)$/.test(value) ? value : hostile;
      if (Array.isArray(value)) return value.map(poisoned);
      if (typeof value !== 'object' || value === null) return value;
      return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, poisoned(inner)]));
    };
    const html = htmlOf(poisoned(report) as Report);
    expect(tagsOf(html)).toEqual(tagsOf(page));
    expect(html).not.toContain('<script');
    expect(html).not.toContain("' onmouseover");
    expect(html).toContain('&lt;script&gt;');
  });
});
