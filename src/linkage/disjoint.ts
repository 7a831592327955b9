/** Groups of nodes: for the head of a group, less than nothing: how many it has; for another, one nearer its head. */
export type Groups = Int32Array;

/** As many groups as nodes, each of one. */
export function singletons(nodes: number): Groups {
  return new Int32Array(nodes).fill(-1);
}

/** The node that stands for the group of this one; shortens the way to it for the next who ask. */
export function headOf(groups: Groups, node: number): number {
  let at = node;
  for (;;) {
    const up = groups[at] ?? -1;
    if (up < 0) return at;
    const above = groups[up] ?? -1;
    if (above < 0) return up;
    groups[at] = above;
    at = above;
  }
}

/** How many nodes the group with this head has. */
export function sizeOf(groups: Groups, head: number): number {
  return -(groups[head] ?? 0);
}

/** Puts the group headed by `from` into that headed by `into`, which stays head. */
export function absorb(groups: Groups, into: number, from: number): void {
  groups[into] = (groups[into] ?? 0) + (groups[from] ?? 0);
  groups[from] = into;
}

/** Puts the groups of two nodes together, the smaller into the larger. */
export function unite(groups: Groups, a: number, b: number): void {
  const one = headOf(groups, a);
  const other = headOf(groups, b);
  if (one === other) return;
  if (sizeOf(groups, one) < sizeOf(groups, other)) absorb(groups, other, one);
  else absorb(groups, one, other);
}

/** For each node the lowest node of its group: the same labels however the groups came about. */
export function labelsOf(groups: Groups): Int32Array {
  const labels = new Int32Array(groups.length);
  const lowest = new Int32Array(groups.length).fill(-1);
  for (let node = 0; node < groups.length; node += 1) {
    const head = headOf(groups, node);
    if (lowest[head] === -1) lowest[head] = node;
    labels[node] = lowest[head] ?? node;
  }
  return labels;
}
