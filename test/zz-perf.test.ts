import { test } from 'vitest';
import { testJournal } from '/work/main/test/journal-log.ts';
import { keepStatement, nearStatement } from '/work/main/src/sources/record-rows.ts';
import { shelfSource } from '/work/main/src/sources/shelf-source.ts';
test('perf', async () => {
  const on = await testJournal([]);
  const first = ['Anna','Omar','Lena','Katharine','Joan','Peter','Graham','Mohammed','Ann','John'];
  const last = ['Quill','Smith','Sarrani','Hallow','Dunmore','Stobb','Patel','Jones','Khan','Taylor','Brown','Wilson'];
  const rnd = (n: number) => Math.floor(Math.random()*n);
  const rec = (i: number) => ({ record: { id: `r-${i}`, kind: 'crime' as const, when: i, subjects: [], signs: [], says: 'x'.repeat(80), names: [
    { kind: 'person' as const, name: `${first[rnd(10)]} ${last[rnd(12)]}${rnd(50)===0?'':last[rnd(12)]!.toLowerCase().slice(0,3)}`, born: `19${50+rnd(50)}-0${1+rnd(9)}-1${rnd(9)}` },
    { kind: 'phone' as const, number: `07700 ${100000+rnd(900000)}` },
    { kind: 'place' as const, premises: String(1+rnd(200)), street: `${last[rnd(12)]} Road`, town: 'Ashmere', postcode: `AB${rnd(30)} ${rnd(9)}CD` }] }, incident: null, seq: 1 });
  const total = Number(process.env.N ?? 20000);
  let t = Date.now(); let js = 0;
  for (let i = 0; i < total; i += 500) {
    const a = Date.now();
    const s = keepStatement({ room: 'r', source: 's' }, Array.from({ length: 500 }, (_, k) => rec(i + k)));
    js += Date.now() - a;
    const b = Date.now(); if (i === 8000) { const ex = await on.database.service.query('explain (analyze, buffers) ' + s.text, [...s.values]); console.log(ex.rows.map((r: any) => r['QUERY PLAN']).join('\n')); } else await on.database.service.query(s.text, [...s.values]); if (i % 2000 === 0) console.log(i, Date.now() - b);
  }
  console.log('insert', total, Date.now() - t, 'ms of which js', js);
  console.log((await on.asOwner.query('select count(*) from heed.record_key')).rows);
  const s = keepStatement({ room: 'r', source: 's' }, Array.from({ length: 500 }, (_, k) => rec(k)));
  t = Date.now(); await on.database.service.query(s.text, [...s.values]); console.log('update 500', Date.now() - t);
  t = Date.now(); for (let k = 0; k < 200; k += 1) { const one = keepStatement({ room: 'r', source: 's' }, [rec(k)]); await on.database.service.query({name:'keep', text: one.text, values: [...one.values]}); } console.log('200 single', Date.now() - t);
  t = Date.now(); for (let k = 0; k < 200; k += 1) { const one = keepStatement({ room: 'r', source: 's' }, [rec(total + k)]); await on.database.service.query({name:'keep', text: one.text, values: [...one.values]}); } console.log('200 single new', Date.now() - t);
  await on.asOwner.query('analyze heed.record; ');await on.asOwner.query('analyze heed.record_key; ');
  const src = shelfSource({ pool: on.database.service, now: () => Date.now() }, { room: 'r', source: 's' });
  const times: number[] = [];
  for (let k = 0; k < 200; k += 1) { const q = { subject: 'x', identity: rec(k).record.names[k % 3]!, beside: [], apartFrom: [], at: 1e9 }; const a = performance.now(); const ans = await src.ask(q, new AbortController().signal); times.push(performance.now() - a); if (k < 6) console.log(ans.result, ans.findings.length, ans.findings.at(-1)?.reasons); }
  times.sort((a, b) => a - b); console.log('ask p50', times[100], 'p99', times[198]);
  const q = { subject: 'x', identity: { kind: 'person' as const, name: 'John Smith', born: '1984-03-11' }, beside: [], apartFrom: [], at: 1e9 };
  const n = nearStatement({ room: 'r', source: 's' }, q);
  const ex = await on.asOwner.query('explain (analyze, buffers) ' + n.text, [...n.values]);
  console.log(ex.rows.map((r: any) => r['QUERY PLAN']).join('\n'));
  await on.drop();
}, 600000);
