import { expect, test } from 'vitest';
import { parseAccount } from './accounts.ts';

test.each([
  ['Instagram', '@Kat.Dunmore', 'instagram', 'kat.dunmore'],
  ['insta', 'kat.dunmore ', 'instagram', 'kat.dunmore'],
  ['FB', 'https://facebook.example/kat.dunmore/', 'facebook', 'kat.dunmore'],
  ['X', '@katdunmore', 'twitter', 'katdunmore'],
])('%s %s is %s %s', (platform, handle, place, name) => {
  expect(parseAccount(platform, handle)).toMatchObject({ platform: place, handle: name });
});

test.each(['unknown', 'Facebook User', 'Instagram user', '@', 'deleted', '...'])('%s names nobody', (handle) => {
  expect(parseAccount('facebook', handle)).toBeNull();
});
