import { useState } from 'react'
import { t } from '../app/i18n.ts'
import { useMe } from '../app/session.ts'
import { Badge } from '../kit/badge.tsx'
import { Icon } from '../kit/icon.tsx'
import { Card } from '../kit/page.tsx'
import { ScanBox } from '../kit/scan-box.tsx'
import { Note, ProgressBar } from '../kit/states.tsx'
import { keepRunAct } from './outbox.ts'
import { isAboard, type Run, toLoad, toteOf } from './overlay.ts'
import { zoneText } from './words.ts'

export const aboardOf = (run: Run): number =>
  run.stops.reduce((sum, stop) => sum + stop.toteList.filter(isAboard).length, 0)

/** Totes by scan, the last stop's first. The phone knows its run's totes: a wrong one is refused at once. */
export function LoadTotes({ run }: { run: Run }) {
  const me = useMe()
  const [said, setSaid] = useState<{ tone: 'good' | 'warn'; text: string } | null>(null)
  const loaded = aboardOf(run)
  const scan = async (raw: string): Promise<true | string> => {
    setSaid(null)
    const found = toteOf(run.stops, raw)
    if (!found) return t('driver.load.notHere')
    const { stop, tote } = found
    if (tote.status === 'open') return t('driver.load.open', { code: tote.code })
    if (isAboard(tote)) {
      setSaid({ tone: 'good', text: t('driver.load.already') })
      return true
    }
    const inOrder = run.stops.findLast(toLoad)?.seq === stop.seq
    await keepRunAct(
      { personId: me.person.id, runId: run.id, about: `${tote.code} · ${stop.site}` },
      { kind: 'load', body: { code: tote.code } },
    )
    setSaid(
      inOrder
        ? { tone: 'good', text: t('driver.load.done', { seq: stop.seq, site: stop.site }) }
        : { tone: 'warn', text: t('driver.load.order', { seq: stop.seq }) },
    )
    return true
  }
  return (
    <Card title={t('driver.load.title')} side={<span className="muted small">{t('driver.load.last')}</span>}>
      <ProgressBar label={t('driver.load.progress')} done={loaded} total={run.totes} />
      <NextTote run={run} />
      {loaded < run.totes && <ScanBox label={t('driver.load.scan')} onCode={scan} />}
      {said && <Note tone={said.tone}>{said.text}</Note>}
    </Card>
  )
}

function NextTote({ run }: { run: Run }) {
  const next = run.stops.findLast(toLoad)
  if (!next) return <Note tone="good">{t('driver.load.all')}</Note>
  return (
    <p className="driver-next">
      <Icon name="box" size={28} />
      <b>{t('driver.load.next', { seq: next.seq, site: next.site })}</b>
    </p>
  )
}

/** What goes in, in the order of loading. */
export function ToteList({ run }: { run: Run }) {
  return (
    <ol className="driver-list" reversed>
      {run.stops.toReversed().map((stop) => (
        <li key={stop.id} className="driver-card" data-closed={!toLoad(stop) || undefined}>
          <span className="driver-stop">
            <span className="driver-seq" aria-hidden="true">
              {stop.seq}
            </span>
            <span className="driver-what">
              <b>{stop.site}</b>
              <span className="row" style={{ ['--gap' as string]: '6px' }}>
                {stop.toteList.map((tote) => (
                  <Badge
                    key={tote.id}
                    tone={isAboard(tote) ? 'good' : 'plain'}
                    {...(isAboard(tote) && { icon: 'check' as const })}
                  >
                    {tote.code} · {zoneText(tote.zone)}
                  </Badge>
                ))}
              </span>
            </span>
          </span>
        </li>
      ))}
    </ol>
  )
}
