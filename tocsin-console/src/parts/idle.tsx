import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import Modal from '@cloudscape-design/components/modal';
import { useEffect, useState } from 'react';

const KEY = 'tocsin.active';
const LOOK_MILLIS = 1_000;
/** How long before the end it is said. */
const WARN_MILLIS = 60_000;
/** How often a move is written down, for the other pages of this browser. */
const WRITE_MILLIS = 5_000;

/** How much is left of `idleMillis` after the last move at `active`; 0 once it is over. */
export function left(active: number, now: number, idleMillis: number): number {
  return Math.max(0, active + idleMillis - now);
}

function lastMove(): number {
  return Number(window.localStorage.getItem(KEY) ?? '0');
}

/** Signs out who has not moved for a while, in any page of this browser, and says so a minute before. */
export function Idle({ seconds, onIdle }: { seconds: number; onIdle: () => void }) {
  const [rest, setRest] = useState<number | null>(null);
  useEffect(() => {
    let written = 0;
    const moved = () => {
      if (Date.now() - written > WRITE_MILLIS) {
        written = Date.now();
        window.localStorage.setItem(KEY, String(written));
      }
    };
    moved();
    const events = ['pointerdown', 'keydown', 'wheel', 'touchstart'];
    events.forEach((name) => {
      window.addEventListener(name, moved, { passive: true });
    });
    let over = false;
    const timer = window.setInterval(() => {
      const now = left(lastMove(), Date.now(), seconds * 1000);
      setRest(now > WARN_MILLIS ? null : Math.ceil(now / 1000));
      if (now === 0 && !over) {
        over = true;
        onIdle();
      }
    }, LOOK_MILLIS);
    return () => {
      window.clearInterval(timer);
      events.forEach((name) => {
        window.removeEventListener(name, moved);
      });
    };
    // eslint-disable-next-line react-hooks/exhaustive-deps -- onIdle is the page's, which never changes what it does
  }, [seconds]);
  const stay = () => {
    window.localStorage.setItem(KEY, String(Date.now()));
    setRest(null);
  };
  return (
    <Modal
      visible={rest !== null}
      header="Are you still there?"
      closeAriaLabel="Stay signed in"
      onDismiss={stay}
      footer={
        <Box float="right">
          <Button variant="primary" onClick={stay}>
            Stay signed in
          </Button>
        </Box>
      }
    >
      You are signed out in {rest ?? 0} seconds, as nothing was touched for a while.
    </Modal>
  );
}
