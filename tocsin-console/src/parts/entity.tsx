import Link from '@cloudscape-design/components/link';
import { address } from './route';

/** A name that leads to all that is known of it. */
export function Entity({ name }: { name: string }) {
  return <Link href={address('entities', name)}>{name}</Link>;
}
