import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import ButtonDropdown from '@cloudscape-design/components/button-dropdown';
import FormField from '@cloudscape-design/components/form-field';
import Input from '@cloudscape-design/components/input';
import Modal from '@cloudscape-design/components/modal';
import { useState } from 'react';
import { deleteView, saveView, views, type SavedView } from '../api/cases';
import { useLoaded } from './loaded';
import { go } from './route';

/** Names for states of a page: `query` is the state that is shown, behind the question mark of its address. */
export function Views({
  page,
  query,
  onTrouble,
}: {
  page: string;
  query: string;
  onTrouble: (trouble: string) => void;
}) {
  const loaded = useLoaded('views', views);
  const [changed, setChanged] = useState<SavedView[] | null>(null);
  const [naming, setNaming] = useState(false);
  const [name, setName] = useState('');
  const all = changed ?? loaded.value ?? [];
  const shown = all.find((view) => view.query === query);
  const change = (what: Promise<SavedView[]>) => {
    what.then(setChanged, (e: unknown) => {
      onTrouble(e instanceof Error ? e.message : String(e));
    });
  };
  return (
    <>
      <ButtonDropdown
        expandToViewport
        items={[
          ...all.map((view) => ({ id: `show ${view.name}`, text: view.name, disabled: view === shown })),
          { id: 'save', text: 'Save this view', iconName: 'add-plus' as const },
          ...(shown === undefined ? [] : [{ id: 'delete', text: `Delete ${shown.name}`, iconName: 'remove' as const }]),
        ]}
        onItemClick={({ detail }) => {
          if (detail.id === 'save') {
            setName(shown?.name ?? '');
            setNaming(true);
          } else if (detail.id === 'delete') {
            change(deleteView(shown?.name ?? ''));
          } else {
            const wanted = all.find((view) => `show ${view.name}` === detail.id);
            go(`#/${page}?${wanted?.query ?? ''}`);
          }
        }}
      >
        {shown?.name ?? 'Views'}
      </ButtonDropdown>
      <Modal
        visible={naming}
        header="Save this view"
        closeAriaLabel="Close"
        onDismiss={() => {
          setNaming(false);
        }}
        footer={
          <Box float="right">
            <Button
              variant="primary"
              disabled={name.trim() === ''}
              onClick={() => {
                setNaming(false);
                change(saveView({ name: name.trim(), query }));
              }}
            >
              Save view
            </Button>
          </Box>
        }
      >
        <FormField label="Name" description="Filter, state and order are kept; one of the same name is replaced.">
          <Input
            value={name}
            onChange={({ detail }) => {
              setName(detail.value);
            }}
          />
        </FormField>
      </Modal>
    </>
  );
}
