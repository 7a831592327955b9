import type { ReactNode } from 'react';
import type { GraphNode, IncidentGraph } from '../../views/incident-graph.ts';
import { usePlace } from '../desk-state.tsx';
import { hashOf } from '../route.ts';

const width = 360;
const height = 260;
/** Room at either side for what is written under the outermost. */
const beside = 30;
const middle = { x: width / 2, y: height / 2 };
/** What stands on a line of the picture is cut after so many characters; the lists beside it hold it whole. */
const lettersMost = 18;

const signs: Readonly<Record<GraphNode['kind'], string>> = {
  person: '☺',
  place: '⌂',
  phone: '☎',
  vehicle: 'V',
  account: '@',
  incident: '▣',
};

interface Spot {
  readonly x: number;
  readonly y: number;
}

/** The incident in the middle, the others around it, the first of them above. */
function spots(nodes: readonly GraphNode[]): ReadonlyMap<string, Spot> {
  const around = nodes.length - 1;
  return new Map(
    nodes.map(({ id }, at) => {
      if (at === 0) return [id, middle];
      const turn = ((at - 1) / around) * 2 * Math.PI - Math.PI / 2;
      // Every other one stands a little further in, so that names beside each other do not lie on each other.
      const far = around > 6 && at % 2 === 0 ? 0.62 : 0.86;
      return [id, { x: middle.x + Math.cos(turn) * far * 150, y: middle.y + Math.sin(turn) * far * 118 }];
    }),
  );
}

/** Who and what stands around an incident, small; everything in it is in the lists beside it too. */
export function Graph({ graph }: { readonly graph: IncidentGraph }): ReactNode {
  const [place] = usePlace();
  const [own, ...others] = graph.nodes;
  if (own === undefined || others.length === 0) return null;
  const spotOf = spots(graph.nodes);
  const at = (id: string): Spot => spotOf.get(id) ?? middle;
  const address = ({ id, kind }: GraphNode): string =>
    hashOf({
      ...place,
      contact: undefined,
      ...(kind === 'incident' ? { incident: id, subject: undefined } : { subject: id }),
    });
  return (
    <svg
      className="graph"
      viewBox={`${-beside} 0 ${width + 2 * beside} ${height}`}
      role="group"
      aria-label="Who and what stands around it"
    >
      {graph.edges.map((one) => (
        <Edge key={`${one.from} ${one.to} ${one.says}`} from={at(one.from)} to={at(one.to)} isProposed={one.isProposed}>
          {one.from === own.id && !one.isProposed ? null : one.says}
        </Edge>
      ))}
      {graph.nodes.map((one) => (
        <a key={one.id} href={address(one)} aria-label={`${one.kind}: ${one.says}`}>
          <circle cx={at(one.id).x} cy={at(one.id).y} r={one === own ? 15 : 12} className={one.kind} />
          <text x={at(one.id).x} y={at(one.id).y + 4} className="sign">
            {signs[one.kind]}
          </text>
          {one === own ? null : (
            <text x={at(one.id).x} y={at(one.id).y + 25}>
              {one.says.length > lettersMost ? `${one.says.slice(0, lettersMost)}…` : one.says}
            </text>
          )}
          <title>{one.says}</title>
        </a>
      ))}
    </svg>
  );
}

interface EdgeProps {
  readonly from: Spot;
  readonly to: Spot;
  readonly isProposed: boolean;
  readonly children: string | null;
}

function Edge({ from, to, isProposed, children }: EdgeProps): ReactNode {
  return (
    <>
      <line x1={from.x} y1={from.y} x2={to.x} y2={to.y} className={isProposed ? 'proposed' : ''} />
      {children === null ? null : (
        <text x={(from.x + to.x) / 2} y={(from.y + to.y) / 2 - 3} className="edge-text">
          {children}
          {isProposed ? '?' : ''}
        </text>
      )}
    </>
  );
}
