import { z } from 'zod';
import { duration } from '../border/instant.ts';
import { id, line } from '../room/define.ts';
import { httpSourceConfig } from './http-config.ts';

/** A source whose snapshots are imported from files. */
const snapshotSourceConfig = z.strictObject({
  id,
  kind: z.literal('snapshot'),
  title: line,
  /** The mapping file by which its snapshots are read. */
  mapping: z.string().min(1).max(1_000),
  /** How old its last snapshot may be before that it holds nobody says nothing. */
  'stale-after': duration(),
});

/** The sources that a service asks beside its own history, each by an id of its own. */
export const sourcesConfig = z
  .array(z.discriminatedUnion('kind', [snapshotSourceConfig, httpSourceConfig]))
  .max(50)
  .superRefine((sources, context) => {
    for (const [place, one] of sources.entries()) {
      if (one.id === 'own-history')
        context.addIssue({ code: 'custom', path: [place, 'id'], message: 'own-history is the id of our own history.' });
      if (sources.findIndex((other) => other.id === one.id) < place)
        context.addIssue({ code: 'custom', path: [place, 'id'], message: `There is already a source ${one.id}.` });
    }
  });
