import { parseArgs } from 'node:util';
import { benchOnline } from './online.ts';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    people: { type: 'string', default: '100000' },
    questions: { type: 'string', default: '600' },
    slow: { type: 'string', default: '100' },
  },
});
const [part = 'online'] = positionals;
if (part !== 'online') throw new Error(`There is no part ${part}; the part is online.`);
await benchOnline(
  { people: Number(values.people), questions: Number(values.questions), slowQuestions: Number(values.slow) },
  (line) => console.log(line),
);
