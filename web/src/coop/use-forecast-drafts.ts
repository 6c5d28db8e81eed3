import { useCallback, useEffect, useRef, useState } from 'react'
import { ApiProblem, api, sentenceOf } from '../app/api.ts'
import { invalidate } from '../app/query.ts'
import { recall, remember } from '../app/remember.ts'
import { type Draft, type Drafts, drop, put, refuse, settle, toSend } from './forecast-drafts.ts'

/** A person goes on typing; what is written is sent after a moment's rest. */
const restMs = 700
/** Without a connection it is tried again so often. */
const againMs = 15_000

function kept(key: string): Drafts {
  try {
    const read: unknown = JSON.parse(recall(key) ?? '{}')
    return typeof read === 'object' && read !== null ? (read as Drafts) : {}
  } catch {
    return {}
  }
}

/**
 * Changes of a forecast that live on the phone until the server has them: kept over a reload, sent after a moment,
 * sent again when the connection is back. `lost` while the last try did not reach the server.
 */
export function useForecastDrafts(orgId: string, hubId: string) {
  const key = `forecast.${orgId}.${hubId}`
  const [drafts, setDrafts] = useState<Drafts>(() => kept(key))
  const [lost, setLost] = useState(false)
  const [busy, setBusy] = useState(false)
  const latest = useRef(drafts)
  const sending = useRef(false)
  const update = useCallback(
    (change: (before: Drafts) => Drafts) => {
      latest.current = change(latest.current)
      remember(key, JSON.stringify(latest.current))
      setDrafts(latest.current)
    },
    [key],
  )

  const flush = useCallback(async () => {
    const sent = toSend(latest.current)
    if (sending.current || sent.length === 0) return
    sending.current = true
    setBusy(true)
    try {
      const { items } = await api('forecasts.write', { body: { orgId, hubId, cells: sent } })
      update((before) => settle(before, sent, items))
      setLost(false)
      invalidate('forecasts.', 'stock.')
    } catch (error) {
      if (error instanceof ApiProblem && error.lost) setLost(true)
      else update((before) => refuse(before, sent, pointersOf(error), sentenceOf(error)))
    } finally {
      sending.current = false
      setBusy(false)
    }
  }, [orgId, hubId, update])

  useEffect(() => {
    if (toSend(drafts).length === 0) return undefined
    const timer = setTimeout(() => void flush(), lost ? againMs : restMs)
    const online = () => void flush()
    addEventListener('online', online)
    return () => {
      clearTimeout(timer)
      removeEventListener('online', online)
    }
  }, [drafts, lost, flush])

  return {
    drafts,
    waiting: toSend(drafts).length,
    lost,
    busy,
    change: (list: readonly Draft[]) => update((before) => list.reduce(put, before)),
    forget: (lotId: string) => update((before) => drop(before, lotId)),
    flush,
  }
}

const pointersOf = (error: unknown) => (error instanceof ApiProblem ? (error.problem.pointers ?? []) : [])
