import Box from '@cloudscape-design/components/box';
import '../charts.css';

export interface BarRow {
  name: string;
  value: number;
  text: string;
  /** What it had to reach, drawn as a line. */
  limit?: number;
}

/** Numbers as bars beside themselves: the table is the picture, so nobody misses anything. */
export function Bars({ label, rows, most }: { label: string; rows: readonly BarRow[]; most?: number }) {
  const top = most ?? Math.max(1, ...rows.map((row) => Math.max(row.value, row.limit ?? 0)));
  return (
    <table className="bars chart" aria-label={label}>
      <tbody>
        {rows.map((row) => (
          <tr key={row.name}>
            <th scope="row">{row.name}</th>
            <td className="bar">
              <svg viewBox="0 0 100 14" preserveAspectRatio="none" aria-hidden="true">
                <rect
                  className={row.limit !== undefined && row.value < row.limit ? 'before' : 'now'}
                  y="2"
                  height="10"
                  width={(100 * Math.max(0, row.value)) / top}
                />
                {row.limit === undefined ? null : (
                  <line
                    className="limit"
                    vectorEffect="non-scaling-stroke"
                    x1={(100 * row.limit) / top}
                    x2={(100 * row.limit) / top}
                    y1="0"
                    y2="14"
                  />
                )}
              </svg>
            </td>
            <td className="number">{row.text}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

const HEIGHT = 120;
const WIDTH = 640;
const LEFT = 4;

/** Bars over time with a band of what was usual; `said` tells the same in words. */
export function Course({
  title,
  bars,
  usual,
  said,
}: {
  title: string;
  bars: readonly { label: string; value: number; isNow: boolean }[];
  usual?: number;
  said: string;
}) {
  const top = Math.max(1, usual ?? 0, ...bars.map((bar) => bar.value));
  const step = Math.min(60, (WIDTH - LEFT) / bars.length);
  const y = (value: number) => HEIGHT - 20 - ((HEIGHT - 36) * value) / top;
  return (
    <div>
      <Box variant="awsui-key-label">{title}</Box>
      <svg
        className="chart"
        viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
        role="img"
        aria-label={`${title}: ${said}`}
        width="100%"
        style={{ maxWidth: WIDTH }}
      >
        {usual === undefined ? null : (
          <rect className="band" x={0} width={WIDTH} y={y(usual)} height={Math.max(1, y(0) - y(usual))} />
        )}
        {bars.map((bar, index) => (
          <rect
            key={bar.label}
            className={bar.isNow ? 'now' : 'before'}
            x={LEFT + index * step}
            width={Math.max(1, step - 2)}
            y={y(bar.value)}
            height={y(0) - y(bar.value)}
          >
            <title>{`${bar.label}: ${bar.value.toLocaleString('en')}`}</title>
          </rect>
        ))}
        {usual === undefined ? null : <line className="limit" x1={0} x2={WIDTH} y1={y(usual)} y2={y(usual)} />}
        <line className="axis" x1={0} x2={WIDTH} y1={y(0)} y2={y(0)} />
        <text x={0} y={HEIGHT - 5} className="soft">
          {bars[0]?.label}
        </text>
        {bars.length < 2 ? null : (
          <text
            x={Math.min(WIDTH, LEFT + bars.length * step)}
            y={HEIGHT - 5}
            textAnchor={bars.length * step < 300 ? 'start' : 'end'}
            className="soft"
          >
            {bars.at(-1)?.label}
          </text>
        )}
        <text x={WIDTH} y={12} textAnchor="end" className="soft">
          {`highest ${top.toLocaleString('en')}`}
        </text>
      </svg>
      <Box variant="small" display="block">
        {said}
      </Box>
    </div>
  );
}
