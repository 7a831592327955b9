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
:root { color-scheme: light dark; font: 16px/1.5 system-ui, sans-serif; }
body { max-width: 60rem; margin: 0 auto; padding: 1rem; }
h2 { margin-top: 3rem; border-bottom: 1px solid; }
details { margin: .5rem 0; border: 1px solid; border-radius: .25rem; padding: .25rem .75rem; }
summary { cursor: pointer; }
summary code { font-weight: bold; }
pre { overflow: auto; max-height: 30rem; padding: .5rem; border: 1px dotted; }
table { border-collapse: collapse; }
th, td { border: 1px solid; padding: .25rem .5rem; text-align: left; vertical-align: top; }
.banner { border: 2px solid; padding: .5rem; font-weight: bold; }
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

function parametersTable(parameters: NonNullable<Operation['parameters']>): string {
  const rows = parameters.map(
    (one) =>
      `<tr><td><code>${escaped(one.name)}</code></td><td>${escaped(one.in)}${one.required ? ', needed' : ''}</td><td>` +
      `${prose(one.description ?? '')}</td><td><code>${escaped(JSON.stringify(one.schema))}</code></td></tr>`,
  );
  return `<table><tr><th>name</th><th>in</th><th>says</th><th>form</th></tr>${rows.join('')}</table>`;
}

function operationSection(method: string, path: string, one: Operation): string {
  const who = one.security.flatMap((scheme) => Object.keys(scheme));
  const bodies = Object.entries(one.requestBody?.content ?? {}).map(([type, { schema, example }]) => {
    const shown = example === undefined ? '' : `<p>For example</p>${jsonBlock(example)}`;
    const whole = `<details><summary>Schema</summary>${jsonBlock(schema)}</details>`;
    return `<h4>Body, <code>${escaped(type)}</code></h4>${shown}${whole}`;
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
    `<h4>Answers</h4><table>${answers.join('')}</table></details>`,
  ].join('');
}

function problemsTable(): string {
  const rows = Object.entries(problems).map(
    ([code, { status, title, means }]) =>
      `<tr id="problem-${code}"><td><code>${code}</code></td><td>${status}</td><td>${prose(title)}</td>` +
      `<td>${prose(means)}</td></tr>`,
  );
  return `<table><tr><th>code</th><th>status</th><th>title</th><th>means</th></tr>${rows.join('')}</table>`;
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
  for (const { name } of tags) {
    sections.push(`<h2>${escaped(name)}</h2>`);
    for (const { method, path, one } of operations.filter((each) => each.one.tags.includes(name))) {
      sections.push(operationSection(method, path, one));
      await othersFirst();
    }
  }
  return [
    '<!doctype html><html lang="en-GB"><head><meta charset="utf-8"><title>Heed: the interface</title>',
    `<meta name="viewport" content="width=device-width"><style>${style}</style></head><body><main>`,
    banner === null ? '' : `<p class="banner">${escaped(banner)}</p>`,
    `<h1>${escaped(info.title)} ${escaped(info.version)}: the interface</h1><p>${prose(info.description)}</p>`,
    '<p>The same as one document: <a href="/openapi.json">openapi.json</a>.</p>',
    ...sections,
    `<h2>Problems</h2><p>Every refusal and fault is <code>application/problem+json</code> with one of these codes.</p>`,
    problemsTable(),
    '</main></body></html>',
  ].join('\n');
}
