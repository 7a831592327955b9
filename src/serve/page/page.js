// The first plain page: the queue and the stream of one room, by the published interface and nothing else.

const shownMost = 200;
/** Nothing heard for this long: the page says so rather than look alive. */
const silentMs = 12_000;
/** The queue is asked for again at most this often. */
const refreshMs = 700;

const at = (id) => document.getElementById(id);
const spoken = { DutyRaised: 'speaks', RungReached: 'climbs', CommandRefused: 'refused', FloorSet: 'floor' };

let room = null;
let source = null;
let heardAt = 0;
let lastSeq = 0;
let refreshing = null;
let isPaused = false;

async function ask(path, body) {
  const options =
    body === undefined
      ? {}
      : {
          method: 'POST',
          headers: { 'content-type': 'application/json', 'heed-request': 'page' },
          body: JSON.stringify(body),
        };
  const response = await fetch(path, options);
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
  if (at('connection').textContent !== words) at('connection').textContent = words;
}

function cell(text, className = '') {
  const made = document.createElement('td');
  made.textContent = text;
  made.className = className;
  return made;
}

function age(ms) {
  const minutes = Math.max(0, Math.floor(ms / 60_000));
  return minutes < 60 ? `${minutes} min` : `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}

function row(one) {
  const made = document.createElement('tr');
  const units = one.units.map(({ unit, state }) => `${unit} ${state}`).join(', ');
  const duties = [
    one.alarms > 0 ? `${one.alarms} alarm${one.alarms > 1 ? 's' : ''}` : '',
    one.overdue > 0 ? `${one.overdue} overdue` : '',
    `${one.duties} open`,
  ].filter((words) => words !== '');
  made.append(
    cell(one.grade ?? 'not graded', one.band === 'emergency' ? 'emergency' : one.grade === null ? 'prompt' : ''),
    cell(age(one.ageMs)),
    cell(`${one.summary}${one.isLifeAtRisk ? ' (life at risk)' : ''}`),
    cell(units === '' ? 'nobody' : units, units === '' ? 'soft' : ''),
    cell(duties.join(', '), one.alarms > 0 ? 'alarm' : one.overdue > 0 ? 'prompt' : ''),
  );
  return made;
}

async function refresh() {
  refreshing = null;
  const queue = await ask(`/rooms/${room}/queue`);
  at('queue').replaceChildren(...queue.incidents.map(row));
  const ringing = queue.contacts.filter((one) => one.state === 'presented').length;
  at('counts').textContent =
    `${queue.incidents.length} incidents open, ${queue.contacts.length} contacts without one, ${ringing} ringing.`;
}

function refreshSoon() {
  refreshing ??= setTimeout(() => {
    refresh().catch((error) => say(error.message));
  }, refreshMs);
}

function happened(event) {
  const line = document.createElement('li');
  const time = document.createElement('time');
  const when = new Date(event.recordedAt ?? Date.now());
  time.dateTime = when.toISOString();
  time.textContent = when.toLocaleTimeString('en-GB');
  const words =
    event.withheld === true
      ? 'not for you to see'
      : [event.type.replaceAll(/([a-z])([A-Z])/g, '$1 $2'), ...Object.values(event.ids)].join(' · ');
  line.append(time, words);
  if (event.type in spoken)
    line.className = event.body?.level === 'alarm' || event.type === 'FloorSet' ? 'alarm' : 'prompt';
  at('stream').prepend(line);
  while (at('stream').childElementCount > shownMost) at('stream').lastElementChild.remove();
}

function heard() {
  heardAt = Date.now();
  connection('live', `Live, up to event ${lastSeq}`);
}

async function follow() {
  const standing = await ask(`/rooms/${room}`);
  lastSeq = standing.seq;
  source = new EventSource(`/rooms/${room}/stream?after=${Math.max(0, lastSeq - 40)}`);
  source.addEventListener('open', heard);
  source.addEventListener('message', (message) => {
    lastSeq = Math.max(lastSeq, Number(message.lastEventId));
    happened(JSON.parse(message.data));
    heard();
    refreshSoon();
  });
  source.addEventListener('pulse', heard);
  source.addEventListener('reload', () => location.reload());
  source.addEventListener('end', () => location.reload());
  source.addEventListener('error', () => connection('lost', `Connection lost; last event ${lastSeq}. Trying again.`));
  await refresh();
}

setInterval(() => {
  if (source !== null && Date.now() - heardAt > silentMs)
    connection('lost', `Nothing heard for ${Math.round((Date.now() - heardAt) / 1_000)} s; what you see may be old.`);
}, 1_000);

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
    at('sign-in').hidden = signIn !== 'demonstration';
    if (signIn === 'directory') say('Sign in through your directory: open /rooms/ROOM/sign-in.');
    at('room').replaceChildren(...rooms.map((one) => new Option(one.room)));
    if (signIn === 'demonstration') await people();
    return;
  }
  room = mine.room;
  at('you').hidden = false;
  at('name').textContent = `${mine.you} in ${mine.room}`;
  document.querySelector('main').hidden = false;
  await traffic();
  await follow();
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
  connection('lost', 'Not connected.');
  say(error.message);
});
