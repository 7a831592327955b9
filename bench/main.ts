import { benchRoom } from './room.ts';

benchRoom();
