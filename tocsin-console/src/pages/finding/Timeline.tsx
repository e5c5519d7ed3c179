import Box from '@cloudscape-design/components/box';
import Header from '@cloudscape-design/components/header';
import Table from '@cloudscape-design/components/table';
import { at, list, text, type Json } from '../../api/findings';
import { Entity } from '../../parts/entity';
import { described } from '../../parts/records';
import { useSettings } from '../../parts/settings';
import { shownTime } from '../../parts/times';

/** Fields that name somebody or something with a page. */
const NAMES = ['userIdentity.arn', 'userIdentity.accessKeyId', 'sourceIPAddress', 'srcaddr', 'dstaddr', 'instance-id'];
/** Fields that the line before them says already. */
const SAID = ['eventSource', 'eventName', 'query_name'];

/** The records that the finding rests on, in order. */
export function Timeline({ one }: { one: Json }) {
  const { zone } = useSettings();
  const trigger = at(one, 'tocsin', 'evidence', 'trigger');
  const mark = text(trigger, 'eventID') || text(trigger, 'position');
  const records = list(one, 'tocsin', 'evidence', 'records');
  const count = Number(text(one, 'service', 'count'));
  return (
    <Table
      header={
        <Header
          variant="h2"
          counter={`(${records.length})`}
          description={
            count > records.length
              ? `The first and last records that led to it; it counts ${count} in all.`
              : 'The records that led to it, in order.'
          }
        >
          Evidence
        </Header>
      }
      ariaLabels={{ tableLabel: 'Evidence' }}
      wrapLines
      items={records}
      columnDefinitions={[
        {
          id: 'time',
          header: 'Time',
          isRowHeader: true,
          minWidth: 170,
          cell: (record) => (
            <>
              {shownTime(text(record, 'time'), zone)}
              {mark !== '' && (text(record, 'eventID') || text(record, 'position')) === mark ? (
                <Box variant="small" display="block">
                  made it a finding
                </Box>
              ) : null}
            </>
          ),
        },
        {
          id: 'fields',
          header: 'Fields that mattered',
          minWidth: 320,
          cell: (record) => (
            <>
              <strong>{described(record)}</strong>
              {Object.entries((at(record, 'fields') ?? {}) as Json)
                .filter(([name]) => !SAID.includes(name))
                .map(([name, value]) => (
                  <div key={name}>
                    <Box variant="span" color="text-body-secondary">
                      {name}
                    </Box>{' '}
                    {NAMES.includes(name) ? <Entity name={String(value)} /> : String(value)}
                  </div>
                ))}
            </>
          ),
        },
        {
          id: 'source',
          header: 'Record',
          minWidth: 220,
          cell: (record) => (
            <Box variant="small">
              {text(record, 'source')} at {text(record, 'position')}
            </Box>
          ),
        },
      ]}
      empty="The finding has no records of its own."
    />
  );
}
