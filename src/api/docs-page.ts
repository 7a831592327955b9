import { createHash } from 'node:crypto';
import { problems } from './problems.ts';
import type { Json } from './openapi.ts';
import { othersFirst } from './openapi.ts';

interface Operation {
  readonly operationId: string;
  readonly tags: readonly string[];
  readonly summary: string;
  readonly description?: string;
  readonly security: readonly Readonly<Record<string, unknown>>[];
  readonly parameters?: readonly {
    readonly name: string;
    readonly in: string;
    readonly required: boolean;
    readonly description?: string;
    readonly schema: Json;
  }[];
  readonly requestBody?: {
    readonly content: Readonly<Record<string, { readonly schema: Json; readonly example?: Json }>>;
  };
  readonly responses: Readonly<
    Record<
      string,
      { readonly description: string; readonly content?: Readonly<Record<string, { readonly example?: Json }>> }
    >
  >;
}

const style = `
:root { color-scheme: light dark; font: 16px/1.5 system-ui, sans-serif; scroll-padding-top: 6rem;
  --ink: light-dark(#14181d, #e8ecf0); --paper: light-dark(#fbfaf7, #14181d); --soft: light-dark(#555d66, #aab3bd);
  --line: light-dark(#c9ccd1, #3b434c); --well: light-dark(#f0eee8, #1d232a); --link: light-dark(#0b4fb8, #9cc3ff); }
* { box-sizing: border-box; }
body { margin: 0; background: var(--paper); color: var(--ink); overflow-wrap: anywhere; }
main { max-width: 60rem; margin: 0 auto; padding: 1rem; }
h1 { margin: .5rem 0; line-height: 1.2; }
h2 { margin: 2.5rem 0 .75rem; border-bottom: 1px solid var(--line); }
h3 { margin: 1.25rem 0 .5rem; font-size: 1rem; }
a { color: var(--link); }
nav ul { display: flex; flex-wrap: wrap; gap: .25rem 1.25rem; padding: 0; list-style: none; }
details { margin: .5rem 0; border: 1px solid var(--line); border-radius: .25rem; padding: 0 .75rem; }
details[open] { padding-bottom: .75rem; }
summary { cursor: pointer; padding: .4rem 0; }
summary code { font-weight: bold; }
:focus-visible { outline: 3px solid var(--link); outline-offset: 2px; }
code, pre { font-size: .9375em; }
pre { white-space: pre-wrap; padding: .5rem .75rem; margin: .5rem 0; background: var(--well); }
table { width: 100%; border-collapse: collapse; }
th, td { border-bottom: 1px solid var(--line); padding: .35rem .75rem .35rem 0; text-align: left; vertical-align: top; }
th { color: var(--soft); font-weight: 500; white-space: nowrap; }
th:first-child { width: 30%; }
small { display: block; color: var(--soft); font-size: .875rem; }
.banner { position: sticky; top: 0; margin: 0; padding: .4rem 1rem; background: #5b2a86; color: #fff;
  font-weight: bold; line-height: 1.3; }
`;

/** The page allows itself this one style and nothing else. */
export const docsPolicy = [
  "default-src 'none'",
  `style-src 'sha256-${createHash('sha256').update(style).digest('base64')}'`,
  "frame-ancestors 'none'",
  "base-uri 'none'",
  "form-action 'none'",
].join('; ');

/** Text as HTML shows it. */
export function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
}

/** Escaped, with what stands between backquotes as code. */
function prose(text: string): string {
  return escaped(text).replaceAll(/`([^`]*)`/g, '<code>$1</code>');
}

function jsonBlock(value: Json): string {
  return `<pre>${escaped(JSON.stringify(value, null, 1))}</pre>`;
}

/** Two columns, so that it can be read on a telephone too. */
function table(left: string, right: string, rows: readonly string[]): string {
  const head = `<thead><tr><th scope="col">${left}</th><th scope="col">${right}</th></tr></thead>`;
  return `<table>${head}<tbody>${rows.join('')}</tbody></table>`;
}

function parametersTable(parameters: NonNullable<Operation['parameters']>): string {
  const rows = parameters.map(
    (one) =>
      `<tr><td><code>${escaped(one.name)}</code><small>in the ${escaped(one.in)}${one.required ? ', needed' : ''}` +
      `</small></td><td>${prose(one.description ?? '')} <code>${escaped(JSON.stringify(one.schema))}</code></td></tr>`,
  );
  return table('Parameter', 'Means, and its form', rows);
}

function operationSection(method: string, path: string, one: Operation): string {
  const who = one.security.flatMap((scheme) => Object.keys(scheme));
  const bodies = Object.entries(one.requestBody?.content ?? {}).map(([type, { schema, example }]) => {
    const shown = example === undefined ? '' : `<p>For example</p>${jsonBlock(example)}`;
    const whole = `<details><summary>Schema</summary>${jsonBlock(schema)}</details>`;
    return `<h3>Body, <code>${escaped(type)}</code></h3>${shown}${whole}`;
  });
  const answers = Object.entries(one.responses).map(([status, { description, content }]) => {
    const examples = Object.values(content ?? {}).map(({ example }) =>
      example === undefined ? '' : jsonBlock(example),
    );
    return `<tr><td>${escaped(status)}</td><td>${prose(description)}${examples.join('')}</td></tr>`;
  });
  return [
    `<details id="${escaped(one.operationId)}"><summary><code>${method.toUpperCase()} ${escaped(path)}</code> `,
    `${prose(one.summary)}</summary>`,
    one.description === undefined ? '' : `<p>${prose(one.description)}</p>`,
    `<p>Needs: ${who.length === 0 ? 'nothing' : escaped(who.join(' or '))}.</p>`,
    one.parameters === undefined ? '' : parametersTable(one.parameters),
    ...bodies,
    `<h3>Answers</h3>${table('Status', 'Means', answers)}</details>`,
  ].join('');
}

function problemsTable(): string {
  const rows = Object.entries(problems).map(
    ([code, { status, title, means }]) =>
      `<tr id="problem-${code}"><td><code>${code}</code><small>${status}</small></td>` +
      `<td><b>${prose(title)}.</b> ${prose(means)}</td></tr>`,
  );
  return table('Code and status', 'Means', rows);
}

/** The readable page of a published document: complete by itself, without a script and without another address. */
export async function docsPage(document: { readonly [key: string]: Json }, banner: string | null): Promise<string> {
  const { info, paths, tags } = document as unknown as {
    readonly info: { readonly title: string; readonly version: string; readonly description: string };
    readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
    readonly tags: readonly { readonly name: string }[];
  };
  const operations = Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, one]) => ({ method, path, one })),
  );
  const sections: string[] = [];
  const places: string[] = [];
  for (const { name } of tags) {
    const place = name.toLowerCase().replaceAll(' ', '-');
    places.push(`<li><a href="#${place}">${escaped(name)}</a></li>`);
    sections.push(`<h2 id="${place}">${escaped(name)}</h2>`);
    for (const { method, path, one } of operations.filter((each) => each.one.tags.includes(name))) {
      sections.push(operationSection(method, path, one));
      await othersFirst();
    }
  }
  return [
    '<!doctype html><html lang="en-GB"><head><meta charset="utf-8"><title>Heed: the interface</title>',
    `<meta name="viewport" content="width=device-width, initial-scale=1"><style>${style}</style></head><body>`,
    banner === null ? '' : `<p class="banner" role="note">${escaped(banner)}</p>`,
    '<main>',
    `<h1>${escaped(info.title)} ${escaped(info.version)}: the interface</h1><p>${prose(info.description)}</p>`,
    '<p>The same as one document: <a href="/openapi.json">openapi.json</a>.</p>',
    `<nav aria-label="Parts"><ul>${places.join('')}<li><a href="#problems">Problems</a></li></ul></nav>`,
    ...sections,
    '<h2 id="problems">Problems</h2>',
    '<p>Every refusal and fault is <code>application/problem+json</code> with one of these codes.</p>',
    problemsTable(),
    '</main></body></html>',
  ].join('\n');
}
