import { writeFileSync } from 'node:fs';
import { linkSet } from './link-set.ts';
import type { PutDown } from './put-down.ts';

/** One set in a process of its own, so that the most memory it took is its own: `link-child.ts <set> <result>`. */
const [set = '', result = ''] = process.argv.slice(2);
writeFileSync(result, JSON.stringify(await linkSet(JSON.parse(set) as PutDown)));
