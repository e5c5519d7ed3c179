import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import ButtonDropdown from '@cloudscape-design/components/button-dropdown';
import Container from '@cloudscape-design/components/container';
import ContentLayout from '@cloudscape-design/components/content-layout';
import Flashbar from '@cloudscape-design/components/flashbar';
import Header from '@cloudscape-design/components/header';
import SpaceBetween from '@cloudscape-design/components/space-between';
import Spinner from '@cloudscape-design/components/spinner';
import { useState } from 'react';
import { archive, at, finding, giveFeedback, text, types, type Json, type TypeInfo } from '../api/findings';
import { CaseWork } from '../parts/CaseWork';
import { useLoaded } from '../parts/loaded';
import { useMayWrite } from '../parts/session';
import { Facts } from './finding/Facts';
import { Graph } from './finding/Graph';
import { Raw } from './finding/Raw';
import { RelatedFindings } from './finding/Related';
import { Suppress } from './finding/Suppress';
import { Timeline } from './finding/Timeline';
import { Why } from './finding/Why';
import { story } from './finding/story';

export default function Finding({ id }: { id: string }) {
  const loaded = useLoaded(id, () => finding(id));
  const known = useLoaded('types', types);
  const one = loaded.value;
  if (one === undefined) {
    return loaded.error === undefined ? (
      <Spinner size="large" />
    ) : (
      <ContentLayout header={<Header variant="h1">Finding</Header>}>
        <Flashbar
          items={[{ type: 'error', content: loaded.error, buttonText: 'Try again', onButtonClick: loaded.again }]}
        />
      </ContentLayout>
    );
  }
  const type = known.value?.find((info) => info.type === text(one, 'type'));
  return <Loaded one={one} type={type} again={loaded.again} />;
}

function Loaded({ one, type, again }: { one: Json; type: TypeInfo | undefined; again: () => void }) {
  const [trouble, setTrouble] = useState('');
  const [done, setDone] = useState('');
  const [busy, setBusy] = useState(false);
  const [suppressing, setSuppressing] = useState(false);
  const mayWrite = useMayWrite();
  const archived = at(one, 'service', 'archived') === true;
  const told = story(one);
  const work = async (what: () => Promise<void>, said: string) => {
    setBusy(true);
    try {
      await what();
      setTrouble('');
      setDone(said);
    } catch (e) {
      setTrouble(e instanceof Error ? e.message : String(e));
    }
    setBusy(false);
    again();
  };
  return (
    <ContentLayout
      header={
        <Header
          variant="h1"
          description={text(one, 'type')}
          actions={
            <SpaceBetween direction="horizontal" size="xs">
              <Button
                disabled={!mayWrite}
                loading={busy}
                onClick={() =>
                  void work(
                    () => archive([text(one, 'id')], !archived),
                    archived ? 'It is current again.' : 'It is archived.',
                  )
                }
              >
                {archived ? 'Take back' : 'Archive'}
              </Button>
              <ButtonDropdown
                disabled={!mayWrite}
                items={[
                  { id: 'USEFUL', text: 'Useful' },
                  { id: 'NOT_USEFUL', text: 'Not useful: usual from now on' },
                ]}
                onItemClick={({ detail }) =>
                  void work(
                    () => giveFeedback([text(one, 'id')], detail.id === 'USEFUL' ? 'USEFUL' : 'NOT_USEFUL'),
                    'Thank you: it is kept with the finding.',
                  )
                }
              >
                Feedback
              </ButtonDropdown>
              <Button
                onClick={() => {
                  setSuppressing(true);
                }}
              >
                Suppress from here
              </Button>
            </SpaceBetween>
          }
        >
          {text(one, 'title')}
        </Header>
      }
    >
      <SpaceBetween size="l">
        {trouble === '' ? null : <Flashbar items={[{ type: 'error', content: trouble }]} />}
        {done === '' ? null : (
          <Flashbar
            items={[
              {
                type: 'success',
                content: done,
                dismissible: true,
                onDismiss: () => {
                  setDone('');
                },
              },
            ]}
          />
        )}
        <Facts one={one} type={type} archived={archived} />
        <Container header={<Header variant="h2">What to do now</Header>}>
          <Box variant="p">{text(one, 'tocsin', 'nextSteps') || (type?.nextSteps ?? '')}</Box>
        </Container>
        <CaseWork id={text(one, 'id')} updatedAt={text(one, 'updatedAt')} />
        {told === null ? null : <Graph story={told} />}
        <Why one={one} type={type} />
        <Timeline one={one} />
        {told === null ? <RelatedFindings one={one} /> : null}
        <Raw one={one} />
      </SpaceBetween>
      {suppressing ? (
        <Suppress
          one={one}
          onClose={() => {
            setSuppressing(false);
          }}
          onMade={(name) => {
            setSuppressing(false);
            setDone(`The rule ${name} stands; what it hides is archived.`);
            again();
          }}
        />
      ) : null}
    </ContentLayout>
  );
}
