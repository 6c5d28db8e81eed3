import { SHANGHAI_DISTRICTS } from '@huming/shared/districts'
import type { Point } from '@huming/shared/geo'
import { named, t } from '../app/i18n.ts'
import type { Plan } from './dispatch-words.ts'

const WIDTH = 420
const HEIGHT = 360
const EDGE = 28

/** A sketch without tiles or network: hub, stops and runs where they lie, district names to find one's way. */
export function PlanMap({ plan, chosen }: { plan: Plan; chosen: string | null }) {
  const stops = plan.runs.flatMap((run) => run.stops)
  const place = placer([plan.hub, ...stops, ...plan.unassigned])
  const hub = place(plan.hub)
  return (
    <svg
      className="dispatch-map"
      viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
      role="img"
      aria-label={t('dispatch.mapText', { hub: plan.hub.name, stops: stops.length, runs: plan.runs.length })}
    >
      {districtLabels(place).map(({ text, x, y }) => (
        <text key={text} x={x} y={y} className="dispatch-district">
          {text}
        </text>
      ))}
      {plan.runs.map((run) => {
        const points = run.stops.map(place)
        const line = [hub, ...points, hub].map(({ x, y }) => `${x.toFixed(1)},${y.toFixed(1)}`).join(' ')
        return (
          <g
            key={run.id}
            data-colour={run.seq % 8}
            data-dim={(chosen !== null && chosen !== run.id) || undefined}
          >
            <polyline points={line} className="dispatch-line" />
            {points.map(({ x, y }, i) => (
              <circle key={run.stops[i]?.id} cx={x} cy={y} r={4.5} className="dispatch-point" />
            ))}
            {chosen === run.id &&
              points.map(({ x, y }, i) => (
                <text key={run.stops[i]?.id} x={x + 8} y={y - 6} className="dispatch-number">
                  {run.stops[i]?.seq}
                </text>
              ))}
          </g>
        )
      })}
      {plan.unassigned.map((order) => {
        const { x, y } = place(order)
        return (
          <path key={order.orderId} className="dispatch-miss" d={`M${x - 6} ${y - 6}l12 12m0 -12l-12 12`} />
        )
      })}
      <rect x={hub.x - 7} y={hub.y - 7} width={14} height={14} rx={3} className="dispatch-hub" />
      <text x={hub.x + 12} y={hub.y + 4} className="dispatch-number">
        {t('dispatch.mapHub')}
      </text>
    </svg>
  )
}

type Place = (point: Point) => { x: number; y: number }

/** Names of the districts in view, above their seats; one that would lie over another is left out. */
function districtLabels(place: Place): { text: string; x: number; y: number }[] {
  const labels: { text: string; x: number; y: number }[] = []
  for (const district of SHANGHAI_DISTRICTS) {
    const { x, y: seat } = place(district.point)
    const y = seat - 9
    const inside = x > 20 && x < WIDTH - 20 && y > 12 && y < HEIGHT - 6
    const free = labels.every((one) => Math.abs(one.x - x) > 46 || Math.abs(one.y - y) > 14)
    if (inside && free) labels.push({ text: named(district.name), x, y })
  }
  return labels
}

/** Fits the points into the drawing, north up, a kilometre as long across as up. */
function placer(points: readonly Point[]): Place {
  const lats = points.map((point) => point.latE6)
  const lngs = points.map((point) => point.lngE6)
  const [south, north] = [Math.min(...lats), Math.max(...lats)]
  const [west, east] = [Math.min(...lngs), Math.max(...lngs)]
  const squeeze = Math.cos(((south + north) / 2 / 1e6) * (Math.PI / 180))
  // Half a kilometre at least: a plan of one stop is drawn as well.
  const across = Math.max(5000, (east - west) * squeeze)
  const up = Math.max(5000, north - south)
  const scale = Math.min((WIDTH - 2 * EDGE) / across, (HEIGHT - 2 * EDGE) / up)
  return ({ latE6, lngE6 }) => ({
    x: WIDTH / 2 + (lngE6 - (west + east) / 2) * squeeze * scale,
    y: HEIGHT / 2 - (latE6 - (south + north) / 2) * scale,
  })
}
