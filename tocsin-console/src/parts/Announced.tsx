import LiveRegion from '@cloudscape-design/components/live-region';
import { useState } from 'react';
import { announced } from './announcement';
import { useFindingsTold } from './live';

/** Says new findings to screen readers, once they have ended what they say. */
export function Announced() {
  const [text, setText] = useState('');
  useFindingsTold((what) => {
    if (what.count > 0) {
      setText(announced(what));
    }
  });
  return (
    <LiveRegion hidden tagName="div">
      {text}
    </LiveRegion>
  );
}
