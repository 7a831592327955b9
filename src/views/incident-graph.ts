import type { IncidentPage } from './incident-page.ts';
import { nameOf } from '../room/subject.ts';
import type { Room } from '../room/room.ts';

/** One thing around an incident: somebody or something named in it, or another incident that may be the same matter. */
export interface GraphNode {
  readonly id: string;
  readonly kind: 'person' | 'place' | 'phone' | 'vehicle' | 'account' | 'incident';
  readonly says: string;
}

/** How two of them stand to each other; one that was only proposed is a question. */
export interface GraphEdge {
  readonly from: string;
  readonly to: string;
  readonly says: string;
  readonly isProposed: boolean;
}

/** Who and what stands around an incident, the incident itself first. */
export interface IncidentGraph {
  readonly nodes: readonly GraphNode[];
  readonly edges: readonly GraphEdge[];
  /** So many more are named than fit. */
  readonly left: number;
}

/** More than these cannot be told apart in a small picture; the lists beside it hold everybody. */
const nodesMost = 16;

/** Those named in an incident, how they stand to each other, and the incidents that it is or may be linked with. */
export function incidentGraph(room: Room, page: IncidentPage): IncidentGraph {
  const own = page.row.incident;
  const named = page.subjects.map(({ subject, identity }): GraphNode => {
    return { id: subject, kind: identity.kind, says: nameOf(identity) };
  });
  const links = page.links.filter((one) => one.state !== 'declined');
  const otherOf = ({ from, to }: { readonly from: string; readonly to: string }): string => (from === own ? to : from);
  const linked = [...new Set(links.map(otherOf))]
    .filter((id) => id !== own)
    .map((id): GraphNode => ({ id, kind: 'incident', says: room.incidents.get(id)?.summary ?? id }));
  const all = [...linked, ...named];
  const shown = all.slice(0, nodesMost);
  const isShown = new Set(shown.map((one) => one.id));
  const edges = [
    ...page.subjects.map(({ subject, roles }) => edge(own, subject, roles.join(', '))),
    ...links.map((one) => ({
      from: own,
      to: otherOf(one),
      says: one.state,
      isProposed: one.state === 'proposed',
    })),
    ...page.subjects.flatMap(({ subject, related }) =>
      related.filter((one) => subject < one.subject).map((one) => edge(subject, one.subject, one.relation)),
    ),
  ];
  return {
    nodes: [{ id: own, kind: 'incident', says: page.row.summary }, ...shown],
    edges: edges.filter((one) => (one.from === own || isShown.has(one.from)) && isShown.has(one.to)),
    left: all.length - shown.length,
  };
}

function edge(from: string, to: string, says: string): GraphEdge {
  return { from, to, says: says.replaceAll('-', ' '), isProposed: false };
}
