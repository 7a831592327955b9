import { expect, test } from 'vitest';
import { parseAccount } from './accounts.ts';

test.each([
  ['Instagram', '@Kat.Dunmore', 'instagram', 'kat.dunmore'],
  ['insta', 'kat.dunmore ', 'instagram', 'kat.dunmore'],
  ['FB', 'https://facebook.example/kat.dunmore/', 'facebook', 'kat.dunmore'],
  ['X', '@katdunmore', 'twitter', 'katdunmore'],
  ['', 'https://www.instagram.com/kat.dunmore?igsh=abc', 'instagram', 'kat.dunmore'],
  ['', 'tiktok.com/@kat_dunmore/video/12?lang=en', 'tiktok', 'kat_dunmore'],
  ['', 'https://x.com/katdunmore/status/1', 'twitter', 'katdunmore'],
  ['facebook', 'https://m.facebook.com/profile.php?id=10001234', 'facebook', '10001234'],
  ['snap', 'https://snapchat.com/add/kat-d', 'snapchat', 'kat-d'],
])('%s %s is %s %s', (platform, handle, place, name) => {
  expect(parseAccount(platform, handle)).toMatchObject({ platform: place, handle: name });
});

test.each(['unknown', 'Facebook User', 'Instagram user', '@', 'deleted', '...'])('%s names nobody', (handle) => {
  expect(parseAccount('facebook', handle)).toBeNull();
});
