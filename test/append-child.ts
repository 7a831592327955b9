import { DecisionLog } from '../src/batch/decision-log.ts';

// Appends so many decisions of one person to a file, as one of two reviewers does.
const [, , file = '', by = '', many = '0'] = process.argv;
const log = new DecisionLog(file, 'a+');
for (let at = 0; at < Number(many); at += 1)
  log.append({
    one: `people:${at}`,
    other: `people:${at}-b`,
    verdict: 'same',
    by,
    at: new Date().toISOString(),
    reason: 'x'.repeat(1_500),
    score: 1,
    model: 'none',
  });
log.close();
