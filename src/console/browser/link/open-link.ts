import { Link } from './link.ts';

let own: Link | null = null;

/** A way to the link of this browser: shared by its windows where it can be, and the page's own where it cannot. */
export function openLink(): MessagePort {
  if (typeof SharedWorker !== 'undefined')
    return new SharedWorker(document.documentElement.dataset['worker'] ?? '', { name: 'heed', type: 'module' }).port;
  own ??= new Link();
  const { port1, port2 } = new MessageChannel();
  own.connect(port2);
  return port1;
}
