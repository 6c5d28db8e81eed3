import { SHANGHAI_DISTRICTS } from '@huming/shared/districts'
import type { Point } from '@huming/shared/geo'
import { SHANGHAI_OUTLINES } from '@huming/shared/shanghai-outline'
import { useState } from 'react'
import { named, t } from '../app/i18n.ts'
import { Button, IconButton } from '../kit/button.tsx'
import { usePicked } from './dispatch-pick.tsx'
import type { Plan, PlanRun } from './dispatch-words.ts'

const WIDTH = 560
const HEIGHT = 460
const EDGE = 30

/** District outlines of our own, hub, stops and runs where they lie; no tiles, no network. */
export function PlanMap({ plan }: { plan: Plan }) {
  const { runId } = usePicked()
  const [zoom, setZoom] = useState(1)
  const stops = plan.runs.flatMap((run) => run.stops)
  const chosen = plan.runs.find((run) => run.id === runId)
  const place = placer(chosen ? [plan.hub, ...chosen.stops] : [plan.hub, ...stops, ...plan.unassigned], zoom)
  return (
    <div className="dispatch-map-frame">
      <svg
        className="dispatch-map"
        viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
        role="img"
        aria-label={t('dispatch.mapText', {
          hub: plan.hub.name,
          stops: stops.length,
          runs: plan.runs.length,
        })}
      >
        <Districts place={place} />
        {plan.runs
          .toSorted((a, b) => Number(a.id === runId) - Number(b.id === runId))
          .map((run) => (
            <RunLine key={run.id} run={run} hub={plan.hub} place={place} />
          ))}
        {plan.unassigned.map((order) => {
          const { x, y } = place(order)
          return (
            <path key={order.orderId} className="dispatch-miss" d={`M${x - 6} ${y - 6}l12 12m0 -12l-12 12`} />
          )
        })}
        <Hub at={place(plan.hub)} />
      </svg>
      <div className="dispatch-map-tools">
        <IconButton icon="plus" label={t('board.zoomIn')} onClick={() => setZoom(Math.min(6, zoom * 1.5))} />
        <IconButton
          icon="minus"
          label={t('board.zoomOut')}
          onClick={() => setZoom(Math.max(0.5, zoom / 1.5))}
        />
        {chosen && <AllRuns />}
      </div>
    </div>
  )
}

function AllRuns() {
  const { pickRun } = usePicked()
  return <Button onClick={() => pickRun(null)}>{t('board.wholeMap')}</Button>
}

function Hub({ at: { x, y } }: { at: Spot }) {
  return (
    <>
      <rect x={x - 7} y={y - 7} width={14} height={14} rx={3} className="dispatch-hub" />
      <text x={x + 12} y={y + 4} className="dispatch-number">
        {t('dispatch.mapHub')}
      </text>
    </>
  )
}

function RunLine({ run, hub, place }: { run: PlanRun; hub: Point; place: Place }) {
  const { runId, stopId, pickStop } = usePicked()
  const spots = run.stops.map(place)
  const home = place(hub)
  const line = [home, ...spots, home].map(({ x, y }) => `${x.toFixed(1)},${y.toFixed(1)}`).join(' ')
  return (
    <g data-colour={run.seq % 8} data-dim={(runId !== null && runId !== run.id) || undefined}>
      <polyline points={line} className="dispatch-line" />
      {run.stops.map((stop, i) => {
        const { x, y } = spots[i] as Spot
        return (
          <circle
            key={stop.id}
            cx={x}
            cy={y}
            r={stop.id === stopId ? 9 : 5}
            className="dispatch-point"
            data-late={stop.late || undefined}
            data-on={stop.id === stopId || undefined}
            onPointerDown={() => pickStop(run.id, stop.id)}
          >
            <title>{`${run.plate} ${stop.seq} ${stop.site}`}</title>
          </circle>
        )
      })}
      {runId === run.id &&
        run.stops.map((stop, i) => {
          const { x, y } = spots[i] as Spot
          return (
            <text key={stop.id} x={x + 8} y={y - 6} className="dispatch-number">
              {stop.seq}
            </text>
          )
        })}
    </g>
  )
}

function Districts({ place }: { place: Place }) {
  return (
    <>
      {SHANGHAI_OUTLINES.map(({ code, points }, i) => (
        <polygon
          key={`${code}${i}`}
          className="dispatch-land"
          points={points
            .map(place)
            .map(({ x, y }) => `${x.toFixed(1)},${y.toFixed(1)}`)
            .join(' ')}
        />
      ))}
      {districtLabels(place).map(({ text, x, y }) => (
        <text key={text} x={x} y={y} className="dispatch-district">
          {text}
        </text>
      ))}
    </>
  )
}

type Spot = { x: number; y: number }
type Place = (point: Point) => Spot

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

/** Fits the points into the drawing, north up, a kilometre as long across as up; `zoom` enlarges about the middle. */
function placer(points: readonly Point[], zoom: number): Place {
  const lats = points.map((point) => point.latE6)
  const lngs = points.map((point) => point.lngE6)
  const [south, north] = [Math.min(...lats), Math.max(...lats)]
  const [west, east] = [Math.min(...lngs), Math.max(...lngs)]
  const squeeze = Math.cos(((south + north) / 2 / 1e6) * (Math.PI / 180))
  // Half a kilometre at least: a plan of one stop is drawn as well.
  const across = Math.max(5000, (east - west) * squeeze)
  const up = Math.max(5000, north - south)
  const scale = zoom * Math.min((WIDTH - 2 * EDGE) / across, (HEIGHT - 2 * EDGE) / up)
  return ({ latE6, lngE6 }) => ({
    x: WIDTH / 2 + (lngE6 - (west + east) / 2) * squeeze * scale,
    y: HEIGHT / 2 - (latE6 - (south + north) / 2) * scale,
  })
}
