import {
  createContext,
  type KeyboardEvent,
  type ReactNode,
  type PointerEvent as ReactPointerEvent,
  use,
  useEffect,
  useRef,
  useState,
} from 'react'
import { comma, t } from '../app/i18n.ts'
import { readAhead, useApi } from '../app/query.ts'
import { toast, toastProblem } from '../kit/toast.tsx'
import { type Over, overAt, placeOf, stepped } from './dispatch-drop.ts'
import { followPointer } from './dispatch-press.ts'
import type { Board, Place, Target } from './dispatch-types.ts'
import { useMove } from './dispatch-use-move.ts'
import { FloatingVerdict } from './dispatch-verdict.tsx'
import { idOf, type Moving, type Plan } from './dispatch-words.ts'

type Drag = {
  moving: Moving | null
  over: Over | null
  target: Target | null
  place: Place | null
  /** For the handle of a thing that can be moved. */
  handle: (moving: Moving) => {
    onPointerDown: (event: ReactPointerEvent) => void
    onKeyDown: (event: KeyboardEvent) => void
    onBlur: () => void
    'data-held': true | undefined
  }
}

const Dragging = createContext<Drag | null>(null)

type Held = { moving: Moving; by: 'pointer' | 'keys'; over: Over | null }

/** Moving by pointer and by keys over one list of places, which the server works out once when a thing is taken. */
export function DragRoot({
  plan,
  board,
  children,
}: {
  plan: Plan
  board: Board | undefined
  children: ReactNode
}) {
  const [held, setHeld] = useState<Held | null>(null)
  const card = useRef<HTMLDivElement>(null)
  const { move } = useMove(plan)
  const moving = held?.moving ?? null
  const asked = moving && askedOf(moving)
  const tried = useApi(
    'routes.tryMove',
    { params: { id: plan.id }, query: asked ?? {} },
    { enabled: asked !== null, staleTime: 10_000 },
  )
  const targets = asked ? (tried.data?.targets ?? []) : []
  const over = held?.over ?? null
  const { target, place } = placeOf(targets, over)
  // The listeners of a drag see what is on the screen now.
  const latest = useRef({ targets, board })
  useEffect(() => {
    latest.current = { targets, board }
  })

  const drop = async (what: Held) => {
    setHeld(null)
    if (!what.over) return
    // Let go before the places were worked out: they are waited for.
    const input = { params: { id: plan.id }, query: askedOf(what.moving) }
    const known = latest.current.targets
    const found =
      known.length > 0
        ? known
        : await readAhead('routes.tryMove', input).then((one) => one.targets, toastProblem)
    const { target: to, place: there } = placeOf(found ?? [], what.over)
    if (!to || !there) return
    if (there.refused) {
      const troubles = [...to.troubles, ...there.troubles].map((one) => t(`board.trouble.${one}`))
      return toast(`${t('board.refused')}：${troubles.join(comma())}`)
    }
    if (isSame(what.moving, to, there, latest.current.board)) return
    move(
      what.moving,
      to.runId ? { runId: to.runId } : { vehicleId: to.vehicleId },
      { seq: there.seq, trip: there.trip, last: to.places.length },
      true,
    )
  }

  const press = (event: ReactPointerEvent, what: Moving) => {
    if (event.button !== 0 || held) return
    const find = (spot: { x: number; y: number }) => overAt(spot.x, spot.y, idOf(what), latest.current.board)
    followPointer(
      { x: event.clientX, y: event.clientY },
      {
        onMove: (spot) => {
          const next = find(spot)
          setHeld((before) =>
            before && before.over?.key === next?.key && before.over?.seq === next?.seq
              ? before
              : { moving: what, by: 'pointer', over: next },
          )
          requestAnimationFrame(() => {
            if (card.current) card.current.style.translate = `${spot.x + 14}px ${spot.y + 14}px`
          })
        },
        onDrop: (spot) => void drop({ moving: what, by: 'pointer', over: find(spot) }),
        onCancel: () => setHeld(null),
      },
    )
  }

  const onKeys = (event: KeyboardEvent, what: Moving) => {
    const isHeld = held?.by === 'keys' && idOf(held.moving) === idOf(what)
    const acts = event.key === 'Enter' || event.key === ' '
    if (!isHeld) {
      if (!acts) return
      event.preventDefault()
      return setHeld({ moving: what, by: 'keys', over: ownPlace(what) })
    }
    if (event.key === 'Escape') {
      setHeld(null)
      toast(t('board.cancelled'))
    } else if (acts) void drop(held)
    else if (event.key.startsWith('Arrow')) setHeld({ ...held, over: stepped(targets, over, event.key) })
    else return
    event.preventDefault()
  }

  const handle = (what: Moving) => ({
    onPointerDown: (event: ReactPointerEvent) => press(event, what),
    onKeyDown: (event: KeyboardEvent) => onKeys(event, what),
    onBlur: () => held?.by === 'keys' && setHeld(null),
    'data-held': moving !== null && idOf(moving) === idOf(what) ? (true as const) : undefined,
  })
  return (
    <Dragging value={{ moving, over, target, place, handle }}>
      {children}
      <FloatingVerdict
        ref={card}
        by={held?.by ?? null}
        moving={moving}
        target={target}
        place={place}
        busy={asked !== null && tried.isPending}
        same={moving !== null && target !== null && place !== null && isSame(moving, target, place, board)}
      />
    </Dragging>
  )
}

export function useDrag(): Drag {
  const drag = use(Dragging)
  if (!drag) throw new Error('useDrag outside DragRoot')
  return drag
}

const askedOf = (moving: Moving) =>
  'stop' in moving ? { stopId: moving.stop.id } : { orderId: moving.order.orderId }

const ownPlace = (moving: Moving): Over | null =>
  'stop' in moving ? { key: moving.run.id, seq: moving.run.stops.indexOf(moving.stop) + 1 } : null

function isSame(moving: Moving, target: Target, { seq, trip }: Place, board: Board | undefined): boolean {
  if (!('stop' in moving) || target.runId !== moving.run.id) return false
  const timed = board?.runs.find((run) => run.runId === moving.run.id)?.stops ?? []
  const own = timed.find((stop) => stop.stopId === moving.stop.id)
  return moving.run.stops.indexOf(moving.stop) + 1 === seq && (own === undefined || own.trip === trip)
}
