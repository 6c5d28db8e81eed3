/** Pixels the pointer moves before a press becomes a drag. */
const THRESHOLD = 5
/** Pixels from the window's edge within which it scrolls, and how far each time. */
const EDGE = 60
const SCROLL = 12

type Spot = { x: number; y: number }

interface Press {
  /** The pointer is elsewhere, once it has moved far enough to mean it. */
  onMove: (spot: Spot) => void
  /** Let go there. */
  onDrop: (spot: Spot) => void
  /** Escape, or the browser took the pointer away. */
  onCancel: () => void
}

/** Follows a pressed pointer over the whole window until it is let go; a mere press tells nobody. */
export function followPointer(origin: Spot, { onMove, onDrop, onCancel }: Press): void {
  const ending = new AbortController()
  let dragged = false
  const end = (then: () => void) => {
    ending.abort()
    if (dragged) then()
  }
  const spotOf = ({ clientX: x, clientY: y }: PointerEvent): Spot => ({ x, y })
  const move = (event: PointerEvent) => {
    const spot = spotOf(event)
    dragged ||= Math.hypot(spot.x - origin.x, spot.y - origin.y) >= THRESHOLD
    if (!dragged) return
    if (spot.y < EDGE) scrollBy(0, -SCROLL)
    if (spot.y > innerHeight - EDGE) scrollBy(0, SCROLL)
    onMove(spot)
  }
  const { signal } = ending
  addEventListener('pointermove', move, { signal })
  addEventListener('pointerup', (event) => end(() => onDrop(spotOf(event))), { signal })
  addEventListener('pointercancel', () => end(onCancel), { signal })
  addEventListener('keydown', (event) => event.key === 'Escape' && end(onCancel), { signal, capture: true })
}
