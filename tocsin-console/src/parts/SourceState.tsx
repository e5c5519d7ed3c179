import StatusIndicator from '@cloudscape-design/components/status-indicator';
import { stateOf, type Source } from './sources';

/** How a source does, as an icon with words. */
export function SourceState({ source, named = false }: { source: Source; named?: boolean }) {
  const { type, text } = stateOf(source);
  return <StatusIndicator type={type}>{named ? `${source.name}: ${text}` : text}</StatusIndicator>;
}
