import { compareNames } from '../../src/linkage/persons.ts';
import { parseName, soundsIn } from '../../src/linkage/names.ts';
import { phoneticSkeletons } from '../../src/linkage/phonetic.ts';
import { scriptPairs } from './scripts.ts';
const script = process.argv[2] as 'arabic'|'russian'|'chinese';
const n = Number(process.argv[3] ?? 60);
const pairs = scriptPairs(script) ?? [];
let k = 0; let weighted=0,total=0;
const missed = pairs.filter(({latin,native,seen}) => { const miss = compareNames(parseName(latin), parseName(native))===null; total+=seen; if(!miss) weighted+=seen; return miss;});
console.log(script, pairs.length, missed.length, 'weighted by people', (weighted/total).toFixed(3));
const step = Math.max(1, Math.floor(missed.length/n));
for (let i=0;i<missed.length && k<n;i+=step,k++){ const {latin,native,seen}=missed[i]!; const p=parseName(native); const l=parseName(latin);
 console.log(latin, native, seen, p.tokens.join('+'), '|', p.tokens.slice(0,1).flatMap(t=>soundsIn(p,t)).slice(0,8).join(','), '|', l.tokens.slice(0,1).flatMap(t=>soundsIn(l,t)).join(','), l.tokens.flatMap(t=>phoneticSkeletons(t)).join(','));}
