import { useEffect, useState } from 'react';
import type { ReactNode } from 'react';
import { formatLocal } from '../../room/british-time.ts';
import { pictureCache, picturePath } from '../browser/picture-kept.ts';
import { useDesk, useKnown } from '../desk-state.tsx';

const everyMs = 3 * 60_000;

/** What a browser may do with the picture: show it with the console's own styles, and nothing else. */
const policy = "default-src 'none'; style-src 'self'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'";

/** Takes the picture of the room every few minutes while it is live, and leads to the last one. */
export function PictureLink(): ReactNode {
  const { link, roomId, person, banner, words } = useDesk();
  const { standing } = useKnown();
  const [takenAt, setTakenAt] = useState<number | null>(null);
  const isLive = standing.state === 'live';
  useEffect(() => {
    if (!isLive || !('serviceWorker' in navigator)) return;
    const take = (): void => {
      const { room } = link.known();
      if (room === null) return;
      const now = link.now();
      takePicture(async () => {
        const { picturePage } = await import('../../views/picture.ts');
        return picturePage(room, { now, words }, { roomTitle: roomId, person, banner, styles: stylesPath() });
      }).then(
        () => setTakenAt(now),
        () => undefined,
      );
    };
    take();
    const timer = setInterval(take, everyMs);
    return () => clearInterval(timer);
  }, [isLive, link, roomId, person, banner, words]);
  if (takenAt === null) return null;
  return (
    <a className="picture-link" href={picturePath} target="_blank" rel="noopener" accessKey="p">
      Picture {formatLocal(takenAt).slice(11, 16)}
    </a>
  );
}

function stylesPath(): string {
  return document.querySelector<HTMLLinkElement>('link[rel="stylesheet"]')?.getAttribute('href') ?? '';
}

async function takePicture(page: () => Promise<string>): Promise<void> {
  const worker = document.documentElement.dataset['picture'] ?? '';
  await navigator.serviceWorker.register(worker, { scope: '/console/', type: 'module' });
  const cache = await caches.open(pictureCache);
  const styles = stylesPath();
  if ((await cache.match(styles)) === undefined) await cache.add(styles);
  const headers = {
    'content-type': 'text/html; charset=utf-8',
    'content-security-policy': policy,
    'heed-at': String(Date.now()),
  };
  await cache.put(picturePath, new Response(await page(), { headers }));
}

/** Nothing of the room stays on this machine for whoever comes next. */
export async function forgetPicture(): Promise<void> {
  if ('caches' in globalThis) await caches.delete(pictureCache);
}
