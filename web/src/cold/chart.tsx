import { temperatureText } from '@huming/shared/reference/zones'
import type { Reply } from '../app/api.ts'
import { t } from '../app/i18n.ts'
import { timeText } from './words.ts'
import './texts.ts'
import './cold.css'

export type Series = Reply<'temperature.deviceChart'>['series'][number]
type Mark = { at: number; label: string }

const width = 640
const height = 280
const left = 52
const bottom = 32

/** Lines of one zone over time with the zone's limits; marks are stops. A figure with the same in words. */
export function TemperatureChart({
  series,
  marks = [],
}: {
  series: readonly Series[]
  marks?: readonly Mark[]
}) {
  const points = series.flatMap((one) => one.points)
  if (points.length === 0) return <p className="muted">{t('cold.noReadings')}</p>
  const limits = series[0]?.limits ?? null
  const bounds = limits
    ? [limits.warnAbove, limits.rejectAbove, limits.warnBelow].filter((one) => one !== null)
    : []
  const degrees = [...points.map(([, deci]) => deci), ...bounds]
  const [low, high] = [Math.min(...degrees) - 10, Math.max(...degrees) + 10]
  const times = points.map(([at]) => at)
  const [from, to] = [Math.min(...times), Math.max(...times, Math.min(...times) + 60_000)]
  const x = (at: number) => left + ((at - from) / (to - from)) * (width - left - 8)
  const y = (deci: number) => 8 + ((high - deci) / (high - low)) * (height - bottom - 8)
  return (
    <figure className="cold-figure">
      <svg viewBox={`0 0 ${width} ${height}`} className="cold-chart" aria-hidden="true">
        {limits && <Limits limits={limits} y={y} />}
        {[high - 10, Math.round((high + low) / 20) * 10, low + 10].map((deci) => (
          <text key={deci} x={left - 4} y={y(deci) + 4} className="cold-text" textAnchor="end">
            {Math.round(deci / 10)}°
          </text>
        ))}
        {marks
          .filter((one) => one.at >= from && one.at <= to)
          .map((one) => (
            <g key={`${one.at} ${one.label}`}>
              <line x1={x(one.at)} x2={x(one.at)} y1={8} y2={height - bottom} className="cold-mark" />
              <text x={x(one.at)} y={18} className="cold-text" textAnchor="middle">
                {one.label}
              </text>
            </g>
          ))}
        {series.map((one, i) => (
          <polyline
            key={`${one.deviceId} ${one.probe}`}
            points={one.points.map(([at, deci]) => `${x(at).toFixed(1)},${y(deci).toFixed(1)}`).join(' ')}
            className="cold-line"
            data-line={i % 4}
          />
        ))}
        <text x={left} y={height - 6} className="cold-text">
          {timeText(from)}
        </text>
        <text x={width - 8} y={height - 6} className="cold-text" textAnchor="end">
          {timeText(to)}
        </text>
      </svg>
      <figcaption className="muted small">
        {series.map((one) => (
          <div key={`${one.deviceId} ${one.probe}`}>
            {t('cold.chartOf', {
              name: one.name || one.serial,
              low: temperatureText(Math.min(...one.points.map(([, deci]) => deci))),
              high: temperatureText(Math.max(...one.points.map(([, deci]) => deci))),
              count: one.points.length,
            })}
          </div>
        ))}
      </figcaption>
    </figure>
  )
}

type LimitsOf = NonNullable<Series['limits']>

/** What is out of limits, shaded, and each limit as a line with its words; labels of two near limits stand apart. */
function Limits({ limits, y }: { limits: LimitsOf; y: (deci: number) => number }) {
  const { warnAbove, rejectAbove, warnBelow } = limits
  const right = width - 8
  const floor = height - bottom
  return (
    <>
      <rect x={left} y={8} width={right - left} height={Math.max(0, y(warnAbove) - 8)} className="cold-out" />
      {warnBelow !== null && (
        <rect
          x={left}
          y={y(warnBelow)}
          width={right - left}
          height={Math.max(0, floor - y(warnBelow))}
          className="cold-out"
        />
      )}
      <LimitLine at={y(warnAbove)} text={t('cold.limit', { degrees: temperatureText(warnAbove) })} />
      {rejectAbove !== null && (
        <LimitLine
          end
          at={y(rejectAbove)}
          text={t('cold.rejectLimit', { degrees: temperatureText(rejectAbove) })}
        />
      )}
      {warnBelow !== null && (
        <LimitLine at={y(warnBelow)} text={t('cold.belowLimit', { degrees: temperatureText(warnBelow) })} />
      )}
    </>
  )
}

function LimitLine({ at, text, end = false }: { at: number; text: string; end?: boolean }) {
  return (
    <>
      <line x1={left} x2={width - 8} y1={at} y2={at} className="cold-limit" data-hard={end || undefined} />
      <text
        x={end ? width - 12 : left + 4}
        y={at - 4}
        className="cold-text"
        textAnchor={end ? 'end' : 'start'}
      >
        {text}
      </text>
    </>
  )
}
