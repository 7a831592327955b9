import { z } from 'zod';
import { changeIn, roomWith } from './change.ts';
import { concept, drafts, event, id, line, refuse, taken, unknown } from './define.ts';
import type { Room } from './room.ts';

/** What a comparison of the log with its proofs has found. */
const logFindings = ['behind-witness', 'chain-broken', 'witness-forged'] as const;

/** What it turned out to be; that nobody knows is no explanation. */
const logCauses = ['backup-restored', 'machine-moved', 'witness-at-fault', 'storage-damaged', 'altered'] as const;

/** The log of the room is not the one that was proven: rewritten, cut short, or its witness is not to be believed. */
export interface LogFault {
  readonly id: string;
  readonly seq: number;
  readonly found: (typeof logFindings)[number];
  readonly says: string;
  readonly at: number;
  /** What two people said that it was, or null while nobody has. */
  readonly cause: (typeof logCauses)[number] | null;
}

const commands = {
  ReportLogFault: z.strictObject({ fault: id, found: z.enum(logFindings), says: line }),
  ExplainLogFault: z.strictObject({ fault: id, cause: z.enum(logCauses), reason: line }),
};

const events = {
  LogFaultFound: event({ fault: id }, { found: z.enum(logFindings), says: line }),
  LogFaultExplained: event({ fault: id }, { cause: z.enum(logCauses), reason: line }),
};
const make = drafts(events);

/** The log itself, where its chain or its witness says that it is not what it was. */
export const logFaultConcept = concept({
  commands,
  events,
  stakes: { ExplainLogFault: () => 'lowers' },
  decide: {
    ReportLogFault: (data, room) =>
      room.logFaults.has(data.fault)
        ? taken('fault of the log', data.fault)
        : [make.LogFaultFound({ fault: data.fault }, { found: data.found, says: data.says })],
    ExplainLogFault: (data, room) => {
      const fault = room.logFaults.get(data.fault);
      if (fault === undefined) return unknown('fault of the log', data.fault);
      if (fault.cause !== null) return refuse('already-explained', `${data.fault} was explained as ${fault.cause}.`);
      return [make.LogFaultExplained({ fault: data.fault }, { cause: data.cause, reason: data.reason })];
    },
  },
  evolve: {
    LogFaultFound: (room: Room, { ids, body, seq, at }) => {
      const fault: LogFault = { id: ids.fault, seq, found: body.found, says: body.says, at, cause: null };
      return roomWith(room, { logFaults: room.logFaults.set(fault.id, fault) });
    },
    LogFaultExplained: (room, { ids, body }) => changeIn(room, 'logFaults', ids.fault, { cause: body.cause }),
  },
});
