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

/** Characters read of a handle as it was typed. */
const textMax = 400;

const addressShape =
  /^(?:https?:\/\/|www\.|(?=(?:m\.)?(?:facebook|instagram|tiktok|twitter|x|snapchat)\.com\/))([^/?#]+)\//;

/** What stands before the handle in some addresses. */
const rooms = /^(?:in|add|u|user|users|c|channel|people|profile\.php)\//;

/** The platform and handle of an address, or of a handle by itself, whose platform is then ''. */
function takenApart(text: string): { readonly host: string; readonly name: string } {
  const address = addressShape.exec(text);
  if (address === null) return { host: '', name: text };
  const path = text.slice(address[0].length);
  const byNumber = /^profile\.php\?(?:.*&)?id=(\d+)/.exec(path)?.[1];
  const name =
    byNumber ??
    path
      .replace(/[?#].*$/, '')
      .replace(rooms, '')
      .replace(/(?<=[^/])\/.*$/, '');
  return { host: (address[1] ?? '').replace(/^(?:www|m)\./, '').split('.')[0] ?? '', name };
}

/** Takes an account apart, written as a handle or as the address of its page; null if the handle names nobody. */
export function parseAccount(platform: string, handle: string): AccountParts | null {
  const { host, name: said } = takenApart(handle.slice(0, textMax).trim().toLowerCase());
  const named = plain(platform.slice(0, textMax)).replaceAll(/[^\p{L}\p{N}]/gu, '');
  const place = named === '' ? host : named;
  const name = said.replaceAll(/^@+|\/+$|\s/g, '');
  const bare = plain(name).replaceAll(/[^\p{L}\p{N}]/gu, '');
  if (bare === '' || noHandle.test(bare) || genericHandle.test(bare)) return null;
  return { platform: Object.hasOwn(platforms, place) ? (platforms[place] ?? place) : place, handle: name, bare };
}
