/** A desk of the room: who sits there by role, and what is most often done there. */
export interface DeskKind {
  readonly id: string;
  readonly title: string;
  readonly roles: readonly string[];
  /** The commands given most here, the commonest first: they settle what a few letters stand for. */
  readonly common: readonly string[];
}

/** Every desk, in the order of the bar. A new one is a line here and a file beside. */
export const desks: readonly DeskKind[] = [
  {
    id: 'contact',
    title: 'Contact',
    roles: ['handler'],
    common: [
      'AnswerContact',
      'RecordStatement',
      'Mention',
      'OpenIncident',
      'SetGrade',
      'AddEntry',
      'TellCaller',
      'EndContact',
    ],
  },
  {
    id: 'dispatch',
    title: 'Dispatch',
    roles: ['dispatcher'],
    common: [
      'AssignUnit',
      'DivertUnit',
      'AddEntry',
      'SetGrade',
      'SetUnitStatus',
      'AcknowledgeMessage',
      'StandDown',
      'CloseIncident',
    ],
  },
  {
    id: 'supervisor',
    title: 'Supervisor',
    roles: ['supervisor', 'fim', 'system-owner', 'specialist'],
    common: [
      'Approve',
      'Decline',
      'AnswerReview',
      'AddEntry',
      'AssignUnit',
      'DecideAttendance',
      'AcceptDuties',
      'SetGrade',
    ],
  },
  {
    id: 'review',
    title: 'Review',
    roles: [],
    common: [],
  },
  {
    id: 'cases',
    title: 'Cases',
    roles: [],
    common: [],
  },
  {
    id: 'paper',
    title: 'Paper',
    roles: [],
    common: ['AddEntry'],
  },
  {
    id: 'unit',
    title: 'Unit',
    roles: ['constable'],
    common: ['AcknowledgeDeployment', 'MarkEnRoute', 'MarkArrived', 'RecordResult', 'SetUnitStatus'],
  },
];

const [first] = desks;

/** The desk of a role; whoever has none of their own sits at the first. */
export function deskOf(role: string | undefined): string {
  return desks.find((one) => one.roles.includes(role ?? ''))?.id ?? first?.id ?? '';
}

/** What anybody may need at any desk; it settles what a desk's own commands leave open. */
const everywhere: readonly string[] = [
  'AddEntry',
  'OpenIncident',
  'SetGrade',
  'AssignUnit',
  'Mention',
  'CloseIncident',
];

/** The commands given most at a desk. */
export function commonOf(desk: string): readonly string[] {
  const own = desks.find((one) => one.id === desk)?.common ?? [];
  return [...own, ...everywhere.filter((one) => !own.includes(one))];
}
