import Box from '@cloudscape-design/components/box';
import Container from '@cloudscape-design/components/container';
import Header from '@cloudscape-design/components/header';
import Link from '@cloudscape-design/components/link';
import SpaceBetween from '@cloudscape-design/components/space-between';
import Table from '@cloudscape-design/components/table';
import '../../charts.css';
import { Entity } from '../../parts/entity';
import { address } from '../../parts/route';
import { useSettings } from '../../parts/settings';
import { shownTime } from '../../parts/times';
import { bands, type Lane, type Step, type Story } from './story';

const COLUMN = 58;
const LABELS = 190;
const ROW = 46;
const HEAD = 70;
const RADIUS = 13;
const LETTERS = 26;

/** An attack sequence drawn in time, a line for each actor and resource; the table below says the same. */
export function Graph({ story }: { story: Story }) {
  return (
    <Container
      header={
        <Header
          variant="h2"
          description="From left to right in time. Filled: a finding, which its number leads to. Open: a call that attackers make and that is unusual here."
        >
          The story
        </Header>
      }
    >
      <SpaceBetween size="l">
        {/* eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- what scrolls must be reachable by keyboard */}
        <div className="scroll" role="region" aria-label="The story as a graph" tabIndex={0}>
          <Drawing story={story} />
        </div>
        <Steps story={story} />
      </SpaceBetween>
    </Container>
  );
}

function Drawing({ story: { steps, lanes } }: { story: Story }) {
  const { zone } = useSettings();
  const width = LABELS + steps.length * COLUMN + 20;
  const height = HEAD + lanes.length * ROW + 40;
  const x = (index: number) => LABELS + index * COLUMN + COLUMN / 2;
  const y = (lane: number) => HEAD + lane * ROW + ROW / 2;
  return (
    <svg className="graph" width={width} height={height} role="group" aria-label={`${steps.length} signals in order`}>
      {bands(steps).map((band) => (
        <g key={band.from}>
          <rect
            className="tactic"
            x={x(band.from) - COLUMN / 2 + 1}
            width={(band.to - band.from + 1) * COLUMN - 2}
            y={4}
            height={22}
            rx={4}
          >
            <title>{band.tactic}</title>
          </rect>
          <text x={x(band.from) - COLUMN / 2 + 6} y={19}>
            {shortened(band.tactic, Math.floor(((band.to - band.from + 1) * COLUMN - 10) / 6.6))}
          </text>
        </g>
      ))}
      {lanes.map((lane, index) => (
        <g key={lane.id}>
          <line className="lane" x1={LABELS} x2={width} y1={y(index)} y2={y(index)} />
          <text x={0} y={y(index) - 2}>
            <title>{lane.label}</title>
            {shortened(lane.label, LETTERS)}
          </text>
          <text x={0} y={y(index) + 13} className="soft">
            {lane.kind}
          </text>
        </g>
      ))}
      {steps.map((step, index) => (
        <Signal
          key={step.number}
          step={step}
          x={x(index)}
          rows={rows(step, lanes).map(y)}
          when={shownTime(step.at, zone)}
        />
      ))}
      {steps.map((step, index) =>
        step.gap === '' && index > 0 ? null : (
          <text key={step.number} className="soft" x={x(index)} y={height - (index === 0 ? 6 : 22)} textAnchor="middle">
            {index === 0 ? shownTime(step.at, zone).slice(0, 16) : `+${step.gap}`}
          </text>
        ),
      )}
    </svg>
  );
}

function rows(step: Step, lanes: readonly Lane[]): number[] {
  return lanes.flatMap((lane, index) =>
    step.actors.includes(lane.id) || step.resources.includes(lane.id) ? [index] : [],
  );
}

function shortened(text: string, letters: number): string {
  return text.length <= letters ? text : `${text.slice(0, Math.max(1, letters - 1))}…`;
}

function Signal({ step, x, rows: ys, when }: { step: Step; x: number; rows: readonly number[]; when: string }) {
  const top = Math.min(...ys);
  const bottom = Math.max(...ys);
  const isFinding = step.findingId !== '';
  const drawn = (
    <>
      <title>{`${step.number}. ${step.name}, ${when}`}</title>
      {ys.map((y) => (
        <circle key={y} className={isFinding ? 'finding' : 'call'} cx={x} cy={y} r={RADIUS} />
      ))}
    </>
  );
  return ys.length === 0 ? null : (
    <g>
      <line className="join" x1={x} x2={x} y1={top} y2={bottom} />
      <text x={x} y={44} textAnchor="middle" className="soft">
        {shortened(step.name.split(/[/:]/).at(-1) ?? '', 9)}
      </text>
      {isFinding ? (
        <a href={address('findings', step.findingId)} aria-label={`${step.number}. ${step.name}`}>
          {drawn}
        </a>
      ) : (
        <g role="img" aria-label={`${step.number}. ${step.name}`}>
          {drawn}
        </g>
      )}
      {ys.map((y) => (
        <text key={y} className={isFinding ? 'onfinding' : 'oncall'} x={x} y={y + 4} textAnchor="middle" aria-hidden>
          {step.number}
        </text>
      ))}
    </g>
  );
}

function Steps({ story: { steps, lanes } }: { story: Story }) {
  const { zone } = useSettings();
  const label = (id: string) => lanes.find((lane) => lane.id === id)?.label ?? id;
  return (
    <Table
      variant="borderless"
      wrapLines
      header={
        <Header variant="h3" counter={`(${steps.length})`}>
          In order
        </Header>
      }
      ariaLabels={{ tableLabel: 'Signals in order' }}
      items={steps}
      columnDefinitions={[
        { id: 'number', header: '#', width: 50, cell: (step) => step.number },
        {
          id: 'time',
          header: 'Time',
          minWidth: 170,
          cell: (step) => (
            <>
              {shownTime(step.at, zone)}
              {step.gap === '' ? null : (
                <Box variant="small" display="block">
                  {step.gap} later
                </Box>
              )}
            </>
          ),
        },
        {
          id: 'signal',
          header: 'Signal',
          isRowHeader: true,
          minWidth: 220,
          cell: (step) => (
            <>
              {step.findingId === '' ? step.name : <Link href={address('findings', step.findingId)}>{step.name}</Link>}
              {step.count > 1 ? `, ${step.count} times` : ''}
            </>
          ),
        },
        {
          id: 'tactic',
          header: 'Tactic and technique',
          minWidth: 180,
          cell: (step) => (
            <>
              {step.tactic}
              <Box variant="small" color="text-body-secondary" display="block">
                {step.techniques.join('; ')}
              </Box>
            </>
          ),
        },
        {
          id: 'who',
          header: 'Actor and resources',
          minWidth: 150,
          cell: (step) => [...step.actors, ...step.resources].map((id) => <div key={id}>{label(id)}</div>),
        },
        {
          id: 'from',
          header: 'Other end',
          minWidth: 140,
          cell: (step) =>
            step.endpoints.map((end) => (
              <div key={end}>
                <Entity name={end} />
              </div>
            )),
        },
      ]}
    />
  );
}
