import type { z } from 'zod';
import { nearestOf } from './nearest.ts';
import type { Mark } from './tree.ts';
import { visible } from './visible.ts';

/** What stands at a place of the document; no mark means that nothing does. */
export interface Found {
  readonly value: unknown;
  readonly mark: Mark | undefined;
}

type Issue = z.core.$ZodIssue;
type Allowed = z.core.util.Primitive;

const listedLimit = 40;
const shownCharacters = 60;
const authorsLimit = 600;

/** How the document's own kinds of value are called. */
const kindNames: Readonly<Record<string, string>> = {
  string: 'text',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  array: 'a list',
  tuple: 'a list',
  object: 'a group of fields',
  record: 'a group of fields',
  null: 'nothing',
  undefined: 'nothing',
  never: 'nothing',
  nonoptional: 'a value',
};

/** Formats of text that zod knows by name, by an example of each. */
const formatNames: Readonly<Record<string, string>> = {
  date: 'a date such as 2026-02-03',
  time: 'a time of day such as 21:04:30',
  datetime: 'an instant such as 2026-02-03T21:04:30Z',
  duration: 'a duration such as PT5M',
  email: 'an e-mail address',
  url: 'an address such as https://example.org/',
  uuid: 'a UUID',
};

/** What is there, in words a person can find again in the file. */
export function foundWords({ value, mark }: Found): string {
  if (mark === undefined) return 'the field is missing';
  if (mark.fields !== undefined) return mark.fields.size === 0 ? 'found an empty group' : 'found a group of fields';
  if (mark.items !== undefined)
    return mark.items.length === 0 ? 'found an empty list' : `found a list of ${mark.items.length}`;
  if (typeof value === 'string') return `found ${quoted(value)}${value.length > shownCharacters ? sizeOf(value) : ''}`;
  if (value === null) return 'found nothing';
  const written = visible(mark.source ?? '', shownCharacters);
  return typeof value === 'number' && Number.isFinite(value) ? `found the number ${written}` : `found ${written}`;
}

/** What a schema wanted where an issue arose, as a noun: "text", "one of a, b, c". */
export function expectedWords(issue: Issue): string {
  switch (issue.code) {
    case 'invalid_type':
      return kindNames[issue.expected] ?? visible(issue.expected);
    case 'invalid_value':
      return oneOf(issue.values);
    case 'invalid_union':
      return oneOf(allowedIn(issue));
    case 'too_big':
      return sizeWords('at most', issue.origin, issue.maximum) ?? `a number ${bound(issue, 'less than')}`;
    case 'too_small':
      return sizeWords('at least', issue.origin, issue.minimum) ?? `a number ${bound(issue, 'greater than')}`;
    case 'invalid_format':
      return formatWords(issue);
    case 'not_multiple_of':
      return `a multiple of ${issue.divisor}`;
    case 'unrecognized_keys':
    case 'invalid_key':
    case 'invalid_element':
    case 'custom':
      break;
  }
  return 'another value';
}

/** What a person may do about it, where the mistake is a common one; empty otherwise. */
export function adviceWords(issue: Issue, { value, mark }: Found): string {
  if (mark === undefined) return '';
  if (issue.code === 'invalid_value' || issue.code === 'invalid_union') return nearestAdvice(issue, value);
  if (issue.code !== 'invalid_type') return '';
  if (value === null) return ': write a value or delete the line';
  const { source } = mark;
  if (issue.expected === 'string' && source !== undefined)
    return `: put it in quotes, "${visible(source, shownCharacters)}"`;
  if (issue.expected === 'array') return ': begin each item on a line of its own with "- "';
  if (typeof value !== 'string') return '';
  if (issue.expected === 'object') return ': write its fields as "name: value", with a space after the colon';
  if (issue.expected === 'boolean' && /^(yes|on|y)$/i.test(value)) return ': write true';
  if (issue.expected === 'boolean' && /^(no|off|n)$/i.test(value)) return ': write false';
  const isNumber = issue.expected === 'number' || issue.expected === 'int';
  return isNumber && source === undefined && /^-?\d+(\.\d+)?$/.test(value) ? ': write it without quotes' : '';
}

/** The whole sentence about a name that the schema does not know. */
export function unknownNameWords(key: string, known: readonly string[]): string {
  const nearest = nearestOf(key, known);
  const advice = nearest === undefined ? '' : `: did you mean ${quoted(nearest)}?`;
  const [only] = known;
  const names = known.length === 1 ? `a field named ${only}` : oneOf(known).replace('one of', 'one of the fields');
  return `expected ${known.length === 0 ? 'no field here' : names}; found ${quoted(key)}${advice}`;
}

/**
 * The words of a schema's own author, made a sentence: those of a refinement are one; those of a type, a form or a size
 * are the noun that was expected ("an identifier of small letters"), and what was found is added.
 */
export function authorsWords(issue: Issue, found: string): string {
  const words = visible(issue.message, authorsLimit);
  if (words.includes('; found')) return words;
  if (words.startsWith('expected ')) return `${words}; ${found}`;
  return issue.code === 'custom' ? words : `expected ${words}; ${found}`;
}

/** Alternatives as a list: "text, a list or nothing". */
export function eitherOf(words: readonly string[]): string {
  const [first = 'another value', ...rest] = [...new Set(words)];
  const last = rest.pop();
  return last === undefined ? first : `${[first, ...rest].join(', ')} or ${last}`;
}

function nearestAdvice(issue: Issue, value: unknown): string {
  if (typeof value !== 'string') return '';
  const nearest = nearestOf(value, allowedIn(issue).map(allowedWords));
  return nearest === undefined ? '' : `: did you mean ${quoted(nearest)}?`;
}

/** The values that an enumeration, or the field that tells the forms of a union apart, may have. */
function allowedIn(issue: Issue): readonly Allowed[] {
  if (issue.code === 'invalid_value') return issue.values;
  return issue.code === 'invalid_union' && 'options' in issue ? (issue.options ?? []) : [];
}

function oneOf(allowed: readonly Allowed[]): string {
  const words = allowed.filter((one) => one !== undefined).map(allowedWords);
  const [first] = words;
  if (first === undefined) return 'another value';
  if (words.length === 1) return quoted(first);
  const more = words.length > listedLimit ? ` and ${words.length - listedLimit} more` : '';
  return `one of ${words.slice(0, listedLimit).join(', ')}${more}`;
}

function allowedWords(allowed: Allowed): string {
  return visible(String(allowed), shownCharacters);
}

function sizeOf(text: string): string {
  return ` (${text.length} characters)`;
}

function quoted(text: string): string {
  return `"${visible(text, shownCharacters)}"`;
}

function sizeWords(bound: string, origin: string, limit: number | bigint): string | undefined {
  const plural = Number(limit) === 1 ? '' : 's';
  if (origin === 'string') return `text of ${bound} ${limit} character${plural}`;
  return origin === 'array' ? `a list of ${bound} ${limit} item${plural}` : undefined;
}

function bound(issue: z.core.$ZodIssueTooBig | z.core.$ZodIssueTooSmall, than: string): string {
  const limit = issue.code === 'too_big' ? issue.maximum : issue.minimum;
  if (issue.inclusive === false) return `${than} ${limit}`;
  return issue.code === 'too_big' ? `of at most ${limit}` : `of at least ${limit}`;
}

function formatWords(issue: z.core.$ZodIssueInvalidStringFormat): string {
  if ('prefix' in issue) return `text that begins with ${quoted(String(issue.prefix))}`;
  if ('suffix' in issue) return `text that ends with ${quoted(String(issue.suffix))}`;
  if ('includes' in issue) return `text with ${quoted(String(issue.includes))} in it`;
  if (issue.format === 'regex' && issue.pattern !== undefined) return `text of the form ${visible(issue.pattern, 120)}`;
  return formatNames[issue.format] ?? `text in the form of ${visible(issue.format, 40)}`;
}
