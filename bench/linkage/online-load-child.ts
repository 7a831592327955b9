import pg from 'pg';
import { copyPart } from './online-load.ts';
import type { Part } from './online-load.ts';

/** One part of the people, put into the database of DATABASE_URL: `online-load-child.ts <part>`. */
const client = new pg.Client({ connectionString: process.env['DATABASE_URL'] });
await client.connect();
await copyPart(client, JSON.parse(process.argv[2] ?? '') as Part);
await client.end();
