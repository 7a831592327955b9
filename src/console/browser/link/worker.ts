import { Link } from './link.ts';

/** The shared worker: whatever windows a person has open, one link serves them. */
const link = new Link();
addEventListener('connect', (event) => {
  for (const port of (event as MessageEvent).ports) link.connect(port);
});
