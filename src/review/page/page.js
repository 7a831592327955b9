// One person deciding pairs of records: two beside each other, what speaks for and against, and keys to decide.

/** A question that is not answered by then has failed. */
const answerMs = 30_000;
/** Bars of less than this many points say nothing. */
const smallest = 0.05;
const svgNames = 'http://www.w3.org/2000/svg';

const at = (id) => document.getElementById(id);
const verdictWords = { same: 'the same person', apart: 'different people', unsure: 'cannot tell' };
const keyVerdicts = { s: 'same', d: 'apart', u: 'unsure' };

let shown = null;
let last = null;
let isBusy = false;

async function ask(path, body) {
  const sent =
    body === undefined
      ? {}
      : {
          method: 'POST',
          headers: { 'content-type': 'application/json', 'heed-request': 'review' },
          body: JSON.stringify(body),
        };
  const response = await fetch(path, { ...sent, signal: AbortSignal.timeout(answerMs) }).catch(() => {
    throw new Error('no answer. If the review was ended, start it again: it asks again whatever was not kept.');
  });
  if (response.ok) return response.json();
  throw new Error((await response.text()) || `${path} answered ${response.status}`);
}

function made(tag, text, className = '') {
  const one = document.createElement(tag);
  one.textContent = text;
  one.className = className;
  return one;
}

/** What a record says, in the direction in which it is written; never anything but text. */
function told(text) {
  const cell = made('td', '');
  cell.append(text === '' ? made('span', 'nothing', 'missing') : made('bdi', text));
  return cell;
}

function headed(text) {
  const one = made('th', text);
  one.scope = 'row';
  one.setAttribute('role', 'rowheader');
  return one;
}

function row(cells, className = '') {
  const one = made('tr', '', className);
  // Said outright: where a table is laid out as blocks, browsers take it for none.
  one.setAttribute('role', 'row');
  for (const cell of cells) if (cell.tagName === 'TD') cell.setAttribute('role', 'cell');
  one.append(...cells);
  return one;
}

function fieldRow({ says, one, other, agrees, words }) {
  const agreement = made('td', '', 'agreement');
  agreement.append(made('span', words, `agrees ${agrees}`));
  return row([headed(upper(says)), told(one), told(other), agreement]);
}

const upper = (text) => text.charAt(0).toUpperCase() + text.slice(1);
const points = (weight) => `${weight < 0 ? '−' : '+'}${Math.abs(weight).toFixed(1)}`;

function drawn(name, attributes) {
  const one = document.createElementNS(svgNames, name);
  for (const [key, value] of Object.entries(attributes)) one.setAttribute(key, String(value));
  return one;
}

/** The step of the sum as a bar from where it stood to where it stands. */
function bar(from, to, [least, most]) {
  const place = (score) => ((score - least) / (most - least || 1)) * 100;
  const svg = drawn('svg', { viewBox: '0 0 100 10', preserveAspectRatio: 'none', 'aria-hidden': 'true' });
  const [left, right] = [Math.min(place(from), place(to)), Math.max(place(from), place(to))];
  svg.append(
    drawn('line', { class: 'nothing', x1: place(0), x2: place(0), y1: -4, y2: 14 }),
    drawn('rect', {
      class: to < from ? 'bar-against' : 'bar-for',
      x: left,
      y: 2,
      width: Math.max(0.4, right - left),
      height: 6,
    }),
  );
  return svg;
}

function barRow({ says, values, weight, score }, ends) {
  const name = headed(upper(says));
  if (values !== '') {
    const small = made('small', '');
    small.append(made('bdi', values));
    name.append(small);
  }
  const picture = made('td', '');
  picture.append(bar(score - weight, score, ends));
  return row([name, made('td', points(weight), 'number'), made('td', points(score), 'number'), picture]);
}

function fill(table, rows) {
  table.querySelector('tbody').replaceChildren(...rows);
}

function showPair({ one, other, fields, unknown, bars }) {
  at('one').textContent = one;
  at('other').textContent = other;
  fill(at('fields'), fields.map(fieldRow));
  const apart = unknown.filter((name) => !fields.some(({ says }) => says === name));
  at('unknown').textContent = apart.length === 0 ? '' : `Neither record says: ${apart.join(', ')}.`;
  const scores = [0, ...bars.map(({ score }) => score)];
  const ends = [Math.min(...scores), Math.max(...scores)];
  const told = bars.filter(({ weight }) => Math.abs(weight) >= smallest);
  const sum = points(bars.at(-1)?.score ?? 0);
  const summary = row([headed('All together'), made('td', ''), made('td', sum, 'number'), made('td', '')], 'sum');
  fill(at('bars'), [...told.map((step) => barRow(step, ends)), summary]);
}

function show(standing) {
  const { by, mine, left } = standing;
  if (shown?.pair !== standing.shown?.pair) at('reason').value = '';
  shown = standing.shown;
  last = standing.last;
  at('counts').textContent = `${by}: ${mine} decided, ${left} left`;
  at('pair').hidden = shown === null;
  at('over').hidden = shown !== null;
  at('why').hidden = shown === null;
  at('verdicts').hidden = shown === null;
  at('deciding').hidden = shown === null && last === null;
  at('undo').setAttribute('aria-disabled', String(last === null));
  if (shown !== null) showPair(shown);
  scrollTo(0, 0);
}

function say(words) {
  at('said').textContent = words;
}

function fault(words) {
  at('fault').hidden = words === '';
  at('fault').textContent = words;
}

/** One thing at a time: what was pressed twice in haste is asked once. */
async function change(path, body, words) {
  if (isBusy) return;
  isBusy = true;
  fault('');
  try {
    show(await ask(path, body));
    say(words);
  } catch (error) {
    fault(`Not taken: ${error.message}`);
    await again();
  } finally {
    isBusy = false;
  }
}

/** What is open now, where an answer was not what was expected. */
async function again() {
  try {
    show(await ask('/standing'));
  } catch {
    // The page goes on saying that there was no answer, and keeps what was typed.
  }
}

function decide(verdict) {
  if (shown === null) return;
  const words = `Kept: ${verdictWords[verdict]}. The next pair:`;
  void change('/decide', { pair: shown.pair, verdict, reason: at('reason').value.trim() }, words);
}

function undo() {
  if (last === null) return;
  void change('/undo', {}, `Undone: ${verdictWords[last.verdict]}. This pair is open again.`);
}

function pressed(event) {
  const isTyping = event.target === at('reason');
  if (isTyping && (event.key === 'Escape' || event.key === 'Enter')) {
    event.preventDefault();
    at('reason').blur();
  }
  if (isTyping || event.repeat || event.ctrlKey || event.metaKey || event.altKey || !at('keys').checked) return;
  const key = event.key.toLowerCase();
  const verdict = Object.hasOwn(keyVerdicts, key) ? keyVerdicts[key] : undefined;
  if (verdict === undefined && key !== 'r' && key !== 'arrowleft') return;
  event.preventDefault();
  if (verdict !== undefined) decide(verdict);
  else if (key === 'r') at('reason').focus();
  else undo();
}

// The address that opened the page opens it only once: it has no place in the history.
history.replaceState(null, '', '/');
document.addEventListener('keydown', pressed);
at('deciding').addEventListener('submit', (event) => event.preventDefault());
at('undo').addEventListener('click', undo);
for (const button of at('verdicts').querySelectorAll('button'))
  button.addEventListener('click', () => decide(button.dataset.verdict));
try {
  show(await ask('/standing'));
} catch (error) {
  fault(error.message);
}
