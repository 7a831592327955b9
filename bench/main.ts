import { measureLinkageSeed } from './linkage-seed.ts';
import { benchMaps } from './maps.ts';
import { benchPhrases } from './phrases.ts';
import { benchRoom } from './room.ts';

benchMaps();
benchRoom();
benchPhrases();
for (const line of measureLinkageSeed()) console.log(line);
