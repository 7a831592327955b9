import { plain } from './letters.ts';

/** An online account in comparable parts. */
export interface AccountParts {
  readonly platform: string;
  readonly handle: string;
  /** The handle without dots, lines and spaces. */
  readonly bare: string;
}

const platforms: Readonly<Record<string, string>> = {
  fb: 'facebook',
  messenger: 'facebook',
  ig: 'instagram',
  insta: 'instagram',
  snap: 'snapchat',
  x: 'twitter',
  wa: 'whatsapp',
  tt: 'tiktok',
};

const noHandle = /^(?:unknown|unk|none|notknown|nk|na|anonymous|private|blocked|deleted)$/;
const genericHandle = /^(?:deleted|facebook|instagram|tiktok)?user$/;

/** Takes an account apart; null if the handle names nobody. */
export function parseAccount(platform: string, handle: string): AccountParts | null {
  const place = plain(platform).replaceAll(/[^\p{L}\p{N}]/gu, '');
  const name = handle
    .trim()
    .toLowerCase()
    .replace(/^https?:\/\/[^/]*\//, '')
    .replaceAll(/^@+|\/+$|\s/g, '');
  const bare = plain(name).replaceAll(/[^\p{L}\p{N}]/gu, '');
  if (bare === '' || noHandle.test(bare) || genericHandle.test(bare)) return null;
  return { platform: Object.hasOwn(platforms, place) ? (platforms[place] ?? place) : place, handle: name, bare };
}
