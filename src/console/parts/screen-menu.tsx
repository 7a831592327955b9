import type { ReactNode } from 'react';
import { MapSwitch } from '../map/map-switch.tsx';
import { PanelMenu } from '../panels/panel-menu.tsx';
import { Look } from './look.tsx';

/** How this screen looks, and what of the desk stands in windows of its own. */
export function ScreenMenu(): ReactNode {
  return (
    <>
      <MapSwitch />
      <details className="menu">
        <summary>Screen</summary>
        <div>
          <Look />
          <PanelMenu />
        </div>
      </details>
    </>
  );
}
