import { useEffect } from 'react';
import type { ReactNode } from 'react';
import { CommandLine } from './command/command-line.tsx';
import { GivingProvider } from './command/giving.tsx';
import { useDesk, useKnown, usePlace, useRoom } from './desk-state.tsx';
import { CasesDesk } from './desks/cases.tsx';
import { deskNamed, deskOf } from './desks/desks.ts';
import { Help } from './desks/help.tsx';
import { PaperDesk } from './desks/paper.tsx';
import { ReviewDesk } from './desks/review.tsx';
import { UnitPage } from './desks/unit.tsx';
import { useFocusKept } from './browser/focus-kept.ts';
import { Arranged } from './panels/arranged.tsx';
import { AlarmsHere, PanelWindow } from './panels/panel-window.tsx';
import { useTogether } from './browser/windows.ts';
import { Alarms } from './parts/alarms.tsx';
import { Answers } from './parts/answers.tsx';
import { Bar } from './parts/bar.tsx';
import { Broken } from './parts/broken.tsx';
import { Newcomer } from './parts/newcomer.tsx';
import { PictureLink } from './parts/picture.tsx';
import { Ringing } from './parts/ringing.tsx';
import { ScreenMenu } from './parts/screen-menu.tsx';
import { hashOf } from './route.ts';
import { Banner } from './sign-in.tsx';

/** The whole screen of somebody who is signed in. */
export function Frame({ signedOut }: { readonly signedOut: () => void }): ReactNode {
  // A practice shows its banner above its own clock.
  const { banner, now } = useDesk();
  const { standing, kept } = useKnown();
  const [{ desk, panel, ...open }] = usePlace();
  useFocusKept();
  useTogether();
  // A crew's telephone shows their job: calls and the command line are for those who sit at a desk.
  const isAtDesk = desk !== 'unit';
  // The whole room is kept on no telephone, and a practice never in the place of the room.
  const isKept = isAtDesk && now === undefined;
  if (standing.state === 'signed-out') return <SignedOut kept={kept.length} signIn={signedOut} />;
  return (
    <GivingProvider>
      {banner === null || now !== undefined ? null : <Banner text={banner} />}
      <Bar signedOut={signedOut} />
      <div className="strip">
        {panel === undefined ? <Alarms /> : <AlarmsHere />}
        {isAtDesk ? <Ringing /> : null}
        {isKept ? <PictureLink /> : null}
        <ScreenMenu />
      </div>
      {isAtDesk ? <Newcomer /> : null}
      {isAtDesk ? <CommandLine /> : null}
      <Answers />
      <Broken key={desk} at={hashOf({ desk, ...open })}>
        {panel === undefined ? <DeskOf /> : <PanelWindow panel={panel} />}
      </Broken>
      <Help />
    </GivingProvider>
  );
}

/** Nothing of the room stays on the screen of somebody who is no longer signed in; it comes back with them. */
function SignedOut({ kept, signIn }: { readonly kept: number; readonly signIn: () => void }): ReactNode {
  const { person } = useDesk();
  return (
    <main className="alone">
      <h1>Heed</h1>
      <p role="status">You are signed out, {person}.</p>
      {kept === 0 ? null : (
        <p className="prompt">{kept} of yours not recorded yet: kept on this machine until you sign in again.</p>
      )}
      <button type="button" onClick={signIn}>
        Go to sign-in
      </button>
    </main>
  );
}

function DeskOf(): ReactNode {
  const { room } = useRoom();
  const { person } = useDesk();
  const [place, go] = usePlace();
  const role = room.staff.get(person)?.role;
  useEffect(() => {
    if (place.desk === '') go({ desk: deskOf(role) });
  }, [place.desk, role, go]);
  switch (place.desk) {
    case 'review':
      return <ReviewDesk />;
    case 'cases':
      return <CasesDesk />;
    case 'paper':
      return <PaperDesk />;
    case 'unit':
      return <UnitPage />;
    default: {
      const desk = deskNamed(place.desk);
      return desk === undefined ? null : <Arranged key={desk.id} desk={desk} />;
    }
  }
}
