/** A desk of the room: who sits there by role, and what is most often done there. */
export interface DeskKind {
  readonly id: string;
  readonly title: string;
  readonly roles: readonly string[];
  /** Its panels by their ids, column by column, with how wide each column is against the others; none: it is a page. */
  readonly columns: readonly { readonly width: number; readonly panels: readonly string[] }[];
  /** The panel that stands where nothing lies open. */
  readonly idle: string;
  /** The commands given most here, the commonest first: they settle what a few letters stand for. */
  readonly common: readonly string[];
}

const aPage = { columns: [], idle: '' };

/** Every desk, in the order of the bar. A new one is a line here and a file beside. */
export const desks: readonly DeskKind[] = [
  {
    id: 'contact',
    title: 'Contact',
    roles: ['handler'],
    columns: [
      { width: 1.1, panels: ['contacts', 'queue'] },
      { width: 2.1, panels: ['open'] },
      { width: 0.8, panels: ['mine'] },
    ],
    idle: 'in-hand',
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
    columns: [
      { width: 1.1, panels: ['queue'] },
      { width: 2.1, panels: ['open', 'map'] },
      { width: 0.8, panels: ['units', 'messages'] },
    ],
    idle: 'mine',
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
    columns: [
      { width: 1.1, panels: ['room', 'queue'] },
      { width: 2.1, panels: ['open'] },
      { width: 0.8, panels: ['mine', 'second', 'staff'] },
    ],
    idle: 'overdue',
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
    ...aPage,
    common: [],
  },
  {
    id: 'cases',
    title: 'Cases',
    roles: [],
    ...aPage,
    common: [],
  },
  {
    id: 'paper',
    title: 'Paper',
    roles: [],
    ...aPage,
    common: ['AddEntry'],
  },
  {
    id: 'unit',
    title: 'Unit',
    roles: ['constable'],
    ...aPage,
    common: ['AcknowledgeDeployment', 'MarkEnRoute', 'MarkArrived', 'RecordResult', 'SetUnitStatus'],
  },
];

const [first] = desks;

/** A desk by its id; the first where there is none of that name. */
export function deskNamed(id: string): DeskKind | undefined {
  return desks.find((one) => one.id === id) ?? first;
}

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
