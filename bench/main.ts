import { measureLinkageSeed } from './linkage-seed.ts';
import { benchMaps } from './maps.ts';
import { benchRoom } from './room.ts';

benchMaps();
benchRoom();
for (const line of measureLinkageSeed()) console.log(line);
