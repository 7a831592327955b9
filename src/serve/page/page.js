// The first plain page: the queue and the stream of one room, by the published interface and nothing else.

const shownMost = 200;
/** So many events before now are shown to whoever comes. */
const shownBefore = 40;
/** Nothing heard for this long: the page says so rather than look alive. The service says something every 5 s. */
const silentMs = 12_000;
/** A question that is not answered by then has failed. */
const answerMs = 10_000;
/** Whoever was cut off tries again this often. */
const againMs = 1_000;
/** The queue is asked for again at most this often, and at least this often, for ages and what falls due. */
const refreshMs = 700;
const refreshLatestMs = 30_000;

const at = (id) => document.getElementById(id);
const spoken = { DutyRaised: 'speaks', RungReached: 'climbs', CommandRefused: 'refused', FloorSet: 'floor' };

let room = null;
let source = null;
let heardAt = 0;
/** The newest event that is shown: every one after it is asked for, and none is shown twice. */
let lastSeq = null;
let refreshing = null;
let comingBack = null;
let isPaused = false;

async function ask(path, body) {
  const sent =
    body === undefined
      ? {}
      : {
          method: 'POST',
          headers: { 'content-type': 'application/json', 'heed-request': 'page' },
          body: JSON.stringify(body),
        };
  const response = await fetch(path, { ...sent, signal: AbortSignal.timeout(answerMs) });
  const json = await response.json().catch(() => ({}));
  if (!response.ok) throw new Error(json.detail ?? `${path} answered ${response.status}`);
  return json;
}

function say(fault) {
  at('fault').hidden = fault === '';
  at('fault').textContent = fault;
}

function connection(state, words) {
  at('connection').dataset.state = state;
  // Said again only when it changes: it is read out to whoever does not see it.
  if (at('connection').textContent !== words) at('connection').textContent = words;
}

function made(tag, text, className = '') {
  const one = document.createElement(tag);
  one.textContent = text;
  one.className = className;
  return one;
}

function cell(text, className = '') {
  const one = made('td', text, className);
  one.setAttribute('role', 'cell');
  return one;
}

/** Each on a line of its own: units and duties are read at a glance. */
function listCell(words, className) {
  const one = cell('', className);
  one.append(...words.map((word) => made('span', word)));
  return one;
}

function age(ms) {
  const minutes = Math.max(0, Math.floor(ms / 60_000));
  return minutes < 60 ? `${minutes} min` : `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}

function count(number, one, many = `${one}s`) {
  return `${number} ${number === 1 ? one : many}`;
}

function dutiesCell({ duties, alarms, overdue }) {
  if (duties === 0) return listCell(['no duty'], 'soft');
  const worst = [alarms > 0 ? count(alarms, 'alarm') : '', overdue > 0 ? `${overdue} overdue` : ''];
  const words = [...worst, `${duties} open`].filter((part) => part !== '');
  return listCell(words, alarms > 0 ? 'alarm' : overdue > 0 ? 'prompt' : '');
}

function unitsCell(units) {
  return units.length === 0
    ? listCell(['nobody'], 'soft')
    : listCell(units.map(({ unit, state }) => `${unit} ${state.replaceAll('-', ' ')}`));
}

function row(one) {
  const line = document.createElement('tr');
  line.setAttribute('role', 'row');
  const what = cell(`${one.summary}${one.isLifeAtRisk ? ' (life at risk)' : ''}`);
  what.append(made('small', one.incident, 'soft'));
  line.append(
    cell(one.grade ?? 'not graded', one.band === 'emergency' ? 'emergency' : one.grade === null ? 'prompt' : ''),
    cell(age(one.ageMs)),
    what,
    unitsCell(one.units),
    dutiesCell(one),
  );
  return line;
}

async function refresh() {
  const { incidents, contacts } = await ask(`/rooms/${room}/queue`);
  at('queue').replaceChildren(...incidents.map(row));
  at('queue').parentElement.hidden = incidents.length === 0;
  const ringing = contacts.filter((one) => one.state === 'presented').length;
  at('counts').textContent =
    `${incidents.length === 0 ? 'No incident' : count(incidents.length, 'incident')} open, ` +
    `${count(contacts.length, 'contact')} without one, ${ringing} ringing.`;
  say('');
}

function refreshSoon() {
  refreshing ??= setTimeout(() => {
    refreshing = null;
    // Whoever is cut off is told so once, by the connection.
    refresh().catch((error) => source !== null && say(error.message));
  }, refreshMs);
}

function happened(event) {
  const line = document.createElement('li');
  const time = document.createElement('time');
  const when = new Date(event.recordedAt ?? Date.now());
  time.dateTime = when.toISOString();
  time.textContent = when.toLocaleTimeString('en-GB');
  line.dataset.seq = event.seq;
  if (event.withheld === true) line.append(time, made('span', 'not for you to see', 'soft'));
  else {
    const [first, ...rest] = event.type.split(/(?=[A-Z])/);
    const name = made('b', [first, ...rest.map((word) => word.toLowerCase())].join(' '));
    line.append(time, name, ' ', made('span', Object.values(event.ids).join(' · '), 'soft'));
    if (event.type in spoken)
      name.className = event.body?.level === 'alarm' || event.type === 'FloorSet' ? 'alarm' : 'prompt';
  }
  at('stream').prepend(line);
  while (at('stream').childElementCount > shownMost) at('stream').lastElementChild.remove();
}

function heard() {
  heardAt = Date.now();
  connection('live', 'Live');
  at('reached').textContent = `Up to event ${lastSeq}`;
}

/** Shows the room from a little before now. */
async function enter() {
  const { seq } = await ask(`/rooms/${room}`);
  lastSeq = Math.max(0, seq - shownBefore);
  at('stream').replaceChildren();
  follow();
  await refresh();
}

/** Follows the room from the last event that is shown. */
function follow() {
  const own = new EventSource(`/rooms/${room}/stream?after=${lastSeq}`);
  source = own;
  own.addEventListener('open', () => {
    heard();
    refreshSoon();
  });
  own.addEventListener('message', ({ lastEventId, data }) => {
    const seq = Number(lastEventId);
    if (seq <= lastSeq) return;
    lastSeq = seq;
    happened(JSON.parse(data));
    heard();
    refreshSoon();
  });
  own.addEventListener('pulse', heard);
  // What may be seen has changed: nothing of before is kept.
  own.addEventListener('reload', () => location.reload());
  own.addEventListener('end', cutOff);
  own.addEventListener('error', cutOff);
}

/** Says that nothing new is shown, and tries until it is again. */
function cutOff() {
  source?.close();
  source = null;
  connection('lost', 'Not connected: what you see may be old. Trying again…');
  comingBack ??= setTimeout(() => {
    comingBack = null;
    comeBack().catch(cutOff);
  }, againMs);
}

async function comeBack() {
  const { rooms } = await ask('/rooms');
  // Whoever was meanwhile signed out begins anew.
  if (room === null || !rooms.some((one) => one.room === room && one.you !== null)) return location.reload();
  if (lastSeq === null) await enter();
  else follow();
}

setInterval(() => {
  if (source !== null && Date.now() - heardAt > silentMs) cutOff();
}, 1_000);
setInterval(() => {
  if (source !== null) refreshSoon();
}, refreshLatestMs);

async function people() {
  const chosen = at('room').value;
  const { people: all } = await ask(`/rooms/${chosen}/people`);
  at('person').replaceChildren(...all.map(({ staff, title }) => new Option(`${staff}, ${title}`, staff)));
}

async function start() {
  const { banner, signIn, rooms } = await ask('/rooms');
  at('banner').hidden = banner === null;
  at('banner').textContent = banner ?? '';
  const mine = rooms.find((one) => one.you !== null);
  if (mine === undefined) {
    connection('out', 'Nobody is signed in.');
    if (signIn === 'directory') say('Sign in through your directory: open /rooms/ROOM/sign-in.');
    at('room').replaceChildren(...rooms.map((one) => new Option(one.room)));
    if (signIn === 'demonstration') await people();
    at('sign-in').hidden = signIn !== 'demonstration';
    at('welcome').hidden = signIn !== 'demonstration';
    return;
  }
  room = mine.room;
  at('you').hidden = false;
  at('name').textContent = `${mine.you} in ${mine.room}`;
  for (const one of document.querySelectorAll('.signed-in')) one.hidden = false;
  await traffic();
  await enter();
}

/** The traffic of a demonstration can be paused; anywhere else there is none. */
async function traffic() {
  const standing = await ask('/demonstration/traffic').catch(() => null);
  if (standing === null) return;
  at('pause').hidden = false;
  at('pause').textContent = standing.isPaused ? 'Let the traffic go on' : 'Pause the traffic';
  isPaused = standing.isPaused;
}

at('pause').addEventListener('click', () => {
  ask('/demonstration/traffic', { isPaused: !isPaused })
    .then(traffic)
    .catch((error) => say(error.message));
});
at('room').addEventListener('change', () => {
  people().catch((error) => say(error.message));
});
at('sign-in').addEventListener('submit', (event) => {
  event.preventDefault();
  ask(`/rooms/${at('room').value}/sign-in`, { kind: 'staff', id: at('person').value })
    .then(() => location.reload())
    .catch((error) => say(error.message));
});
at('sign-out').addEventListener('click', () => {
  ask(`/rooms/${room}/sign-out`, {})
    .then(() => location.reload())
    .catch((error) => say(error.message));
});
start().catch((error) => {
  say(error.message);
  cutOff();
});
