import { createHash } from 'node:crypto';
import { inventedCounty } from '../src/demonstration/county.ts';
import { virtualRoom } from '../src/demonstration/virtual.ts';
import { loadPolicy, nationalPolicyFile } from '../src/policy/load.ts';
import { catalogueOf } from '../src/room/safeguard.ts';
import { safeguards } from '../src/safeguards/catalogue.ts';

const hours = Number(process.argv[2] ?? 8);
const seed = Number(process.argv[3] ?? 7);
const loaded = loadPolicy(nationalPolicyFile);
if (!loaded.ok) throw new Error(JSON.stringify(loaded.problems));
const { policy, reader } = loaded.value;
const cpu = process.cpuUsage(); const began = performance.now();
const night = virtualRoom({
  county: inventedCounty(), seed, policy, at: Date.UTC(2026, 6, 25, 18, 0, 0),
  catalogue: catalogueOf(safeguards, (text) => reader.read(text)),
});
const counts: Record<string, number> = {};
const up = (k: string, n = 1) => { counts[k] = (counts[k] ?? 0) + n; };
const hash = createHash('sha256');
const refusals: Record<string, number> = {}; const alarms: Record<string, number> = {}; const prompts: Record<string, number> = {}; const rungs: Record<string, number> = {};
const samples: number[] = [];
const dutyOf = new Map<string, any>();
let byType: Record<string, number> = {};
night.run(hours * 3_600_000, {
  given: ({ command, outcome, events }) => {
    for (const e of events) {
      hash.update(JSON.stringify(e)); up('events');
      if (e.type === 'DutyOpened') dutyOf.set(String(e.ids['duty']), e.body);
      if (e.type === 'DutyRaised') { const d = dutyOf.get(String(e.ids['duty'])); const l = (e.body as any).level; const t = l === 'alarm' ? alarms : prompts; const k = `${d.safeguard}:${d.why.code}`; t[k] = (t[k] ?? 0) + 1; }
      if (e.type === 'RungReached') { const d = dutyOf.get(String(e.ids['duty'])); const k = `${d.safeguard}->${(e.body as any).to}`; rungs[k] = (rungs[k] ?? 0) + 1; }
    }
    if (command.type === 'PassTime' || command.type === 'CompleteCheck') return;
    up('commands'); byType[command.type] = (byType[command.type] ?? 0) + 1;
    if (process.env['TYPE'] === command.type) console.log(new Date(command.at).toISOString().slice(11,19), command.actor.id, JSON.stringify(command.data).slice(0,400));
    if (outcome.kind === 'refused') {
      up('refused');
      const k = `${command.type} ${outcome.reasons.map((r) => r.code).join(',')} ${[...new Set(outcome.gates.map((g) => `${g.safeguard}:${g.why.code}`))].join(',')}`;
      refusals[k] = (refusals[k] ?? 0) + 1;
      if (process.env['SHOW'] && k.includes(process.env['SHOW'])) console.log(new Date(command.at).toISOString().slice(11,19), JSON.stringify(command.actor.id), command.type, JSON.stringify(command.data), JSON.stringify(outcome.gates.map((g) => [g.safeguard, g.why, g.asks.slice(0,6)])).slice(0,900));
    }
  },
  second: (room, now) => { if (now % 60_000 === 0) { const open = room.incidents.filter((i) => i.state === 'open'); samples.push(open.size); } },
});
const room = night.room();
const table = (t: Record<string, number>) => Object.entries(t).sort((a, b) => b[1] - a[1]).map(([k, n]) => `   ${n} ${k}`).join('\n');
console.log(counts, 'took', Math.round(performance.now() - began), 'ms', 'cpu', Math.round(process.cpuUsage(cpu).user / 1000));
console.log('open by 10 min', samples.filter((_, i) => i % 10 === 9).join(' '));
console.log('contacts', room.contacts.size, 'by channel', JSON.stringify(room.contacts.countBy((c) => c.channel).toObject()), 'incidents', room.incidents.size, 'silent', room.contacts.filter((c) => c.ending === 'silent' || c.ending === 'abandoned').size);
console.log('types', JSON.stringify(byType));
console.log('refusals\n' + table(refusals)); console.log('alarms\n' + table(alarms)); console.log('prompts\n' + table(prompts)); console.log('rungs\n' + table(rungs));
console.log('open duties', room.duties.size, 'raised', room.duties.filter((d) => d.state === 'raised').size, JSON.stringify(room.duties.filter((d) => d.state === 'raised').countBy((d) => d.safeguard + ':' + d.level).toObject()));
console.log('free units', room.freeUnits.size, JSON.stringify(room.units.countBy((u) => u.status).toObject()));
const old = room.incidents.filter((i) => i.state === 'open' && night.now() - i.openedAt > 4 * 3_600_000);
console.log('older than 4 h:', old.size); for (const i of [...old.values()].slice(0, 12)) console.log('  ', i.id, i.kinds.join(','), i.grade.current, i.summary, i.deployments.map((d) => room.deployments.get(d)?.state + '/' + room.deployments.get(d)?.outcome).join(' '), [...room.duties.values()].filter((d) => d.incident === i.id).map((d) => d.safeguard + ':' + d.state).join(' '));
console.log('digest', hash.digest('hex').slice(0, 16));
if (process.argv[4] === 'failures') console.log(room.failures.toJS());
if (process.env['MANY']) for (const i of room.incidents.filter((i) => i.deployments.length > 2).values()) console.log(i.id, i.kinds.join(), i.grade.current, i.summary.slice(0, 50), i.deployments.map((d) => { const x = room.deployments.get(d)!; return `${x.state}/${x.outcome}/${Math.round((x.assignedAt - i.openedAt) / 60000)}`; }).join(' '), i.seen.length, i.floors.map((f) => f.safeguard).join());
if (process.env['STUCK']) for (const d of room.duties.filter((d) => d.state === 'raised').values()) { const i = room.incidents.get(d.incident ?? ''); console.log(d.safeguard, d.about, d.key, JSON.stringify(d.owner), Math.round((night.now() - d.speaksAt) / 60000) + ' min', 'steps', d.steps, i?.state, i?.kinds.join(), i?.deployments.map((x) => room.deployments.get(x)?.state).join(), JSON.stringify(d.asks).slice(0, 400), JSON.stringify(d.why.at(-1)).slice(0, 300)); for (const l of room.linksOn.get(d.incident ?? '') ?? []) console.log('    ', l, room.links.get(l)?.state, room.links.get(l)?.from, room.links.get(l)?.to, room.links.get(l)?.incident); }
