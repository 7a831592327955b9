import type { ReactNode } from 'react';
import { Alarms } from '../parts/alarms.tsx';
import { panels } from './panels.tsx';
import { useOpenWindows, useWindowOf } from '../browser/windows.ts';

/** One panel, alone in its window. */
export function PanelWindow({ panel }: { readonly panel: string }): ReactNode {
  useWindowOf(panel);
  return <main className="desk one">{panels[panel]?.draw() ?? <p>There is no panel {panel}.</p>}</main>;
}

/** Alarms sound in the window of a desk; where none is open in this browser, they sound here. */
export function AlarmsHere(): ReactNode {
  const isAtDesk = useOpenWindows().has('desk');
  return isAtDesk ? <span className="soft">Alarms sound in the window of your desk.</span> : <Alarms />;
}
