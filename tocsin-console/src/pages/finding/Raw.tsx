import CopyToClipboard from '@cloudscape-design/components/copy-to-clipboard';
import ExpandableSection from '@cloudscape-design/components/expandable-section';
import SegmentedControl from '@cloudscape-design/components/segmented-control';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { useState } from 'react';
import { searchWhole, text, type Form, type Json } from '../../api/findings';
import { useLoaded } from '../../parts/loaded';

/** The finding as the API answers it and as EventBridge and exports carry it. */
export function Raw({ one }: { one: Json }) {
  const [form, setForm] = useState<Form>('api');
  const [open, setOpen] = useState(false);
  return (
    <ExpandableSection
      headerText="Raw JSON"
      variant="container"
      expanded={open}
      onChange={({ detail }) => {
        setOpen(detail.expanded);
      }}
    >
      {open ? (
        <SpaceBetween size="s">
          <SegmentedControl
            label="Form"
            selectedId={form}
            options={[
              { id: 'api', text: 'API (GetFindings)' },
              { id: 'export', text: 'EventBridge and export, with evidence' },
            ]}
            onChange={({ detail }) => {
              setForm(detail.selectedId === 'export' ? 'export' : 'api');
            }}
          />
          {form === 'api' ? <OfApi id={text(one, 'id')} /> : <Shown value={one} />}
        </SpaceBetween>
      ) : null}
    </ExpandableSection>
  );
}

function OfApi({ id }: { id: string }) {
  const loaded = useLoaded(id, () =>
    searchWhole('api', { id: { equals: [id] } }, { attributeName: 'updatedAt', orderBy: 'DESC' }, 1, ''),
  );
  const found = loaded.value?.findings[0];
  return found === undefined ? <>{loaded.error ?? 'It is loaded.'}</> : <Shown value={found} />;
}

function Shown({ value }: { value: Json }) {
  const written = JSON.stringify(value, null, 2);
  return (
    <SpaceBetween size="xs">
      <CopyToClipboard
        copyButtonText="Copy"
        copySuccessText="Copied"
        copyErrorText="The browser does not let it be copied."
        textToCopy={written}
      />
      {/* eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- what scrolls must be reachable by keyboard */}
      <pre className="raw" tabIndex={0} role="region" aria-label="JSON of the finding">
        {written}
      </pre>
    </SpaceBetween>
  );
}
