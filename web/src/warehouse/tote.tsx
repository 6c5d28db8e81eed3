import { newId } from '@huming/shared/ids'
import { SEPARATIONS } from '@huming/shared/reference/handling'
import { readScale } from '@huming/shared/scale'
import { useState } from 'react'
import { useParams } from 'wouter'
import { named, t } from '../app/i18n.ts'
import { useLive } from '../app/live.ts'
import { useAct, useApi } from '../app/query.ts'
import { useMe } from '../app/session.ts'
import { Badge, StatusChip } from '../kit/badge.tsx'
import { Button } from '../kit/button.tsx'
import { TextField } from '../kit/field.tsx'
import { Card, PageHeader } from '../kit/page.tsx'
import { ScanBox } from '../kit/scan-box.tsx'
import { Loaded, ProblemNote } from '../kit/states.tsx'
import { toast, toastProblem } from '../kit/toast.tsx'
import { CountTote } from './count-tote.tsx'
import { NumberPad, padNumber } from './number-pad.tsx'
import { type ToteDetail, toteReads } from './picking-reads.ts'
import { momentWords, nameOf, quantityOf, zoneName } from './words.ts'
import './picking-texts.ts'

/** A tote in hand: what is in it, who had it, its check, and its seal. */
export function TotePage() {
  const { code = '' } = useParams<{ code: string }>()
  const query = useApi('picking.readTote', { params: { code } })
  useLive(['tote.', 'pick.'], ['picking.readTote'])
  return (
    <Loaded query={query}>
      {(tote) => (
        <>
          <PageHeader
            title={tote.code}
            back={`/totes?wave=${tote.waveId}`}
            sub={
              <>
                <StatusChip of="tote" status={tote.status} />
                <Badge tone="info">{zoneName(tote.zone)}</Badge>
                <Badge>{named(SEPARATIONS[tote.separation])}</Badge>
                {tote.parts > 1 && (
                  <Badge>{t('picking.tote.part', { part: tote.part, parts: tote.parts })}</Badge>
                )}
              </>
            }
          />
          <div className="stack">
            <p>
              <b>{tote.site}</b> <span className="muted">{tote.orderNumber}</span>
            </p>
            {tote.looseLotCode && <p>{t('picking.tote.loose', { lot: tote.looseLotCode })}</p>}
            {tote.status === 'open' && <HandOver tote={tote} />}
            {tote.status === 'open' && tote.openTasks === 0 && <Check tote={tote} />}
            <Contents tote={tote} />
            <History tote={tote} />
          </div>
        </>
      )}
    </Loaded>
  )
}

function HandOver({ tote }: { tote: ToteDetail }) {
  const me = useMe()
  const [id, setId] = useState(newId)
  const [place, setPlace] = useState('')
  const onDone = (said: string) => () => {
    setId(newId())
    toast(said)
  }
  const take = useAct('picking.takeTote', {
    changes: toteReads,
    onDone: onDone(t('picking.tote.taken', { code: tote.code })),
  })
  const pass = useAct('picking.passTote', {
    changes: toteReads,
    onDone: onDone(t('picking.tote.passed', { place })),
  })
  const params = { code: tote.code }
  const mine = tote.holderId === me.person.id
  return (
    <Card title={tote.holder ? t('picking.tote.holder', { who: tote.holder }) : t('picking.tote.passes')}>
      {mine ? (
        <div className="stack">
          <TextField
            label={t('picking.tote.place')}
            size="l"
            maxLength={40}
            value={place}
            onText={setPlace}
          />
          <Button
            size="l"
            full
            icon="right"
            busy={pass.isPending}
            {...(place.trim() === '' && { refused: t('picking.tote.place') })}
            onClick={() => pass.mutate({ params, body: { id, place } }, { onError: toastProblem })}
          >
            {t('picking.tote.pass')}
          </Button>
        </div>
      ) : (
        <Button
          size="l"
          full
          icon="box"
          busy={take.isPending}
          onClick={() => take.mutate({ params, body: { id } }, { onError: toastProblem })}
        >
          {t('picking.tote.take')}
        </Button>
      )}
    </Card>
  )
}

const kg = (grams: number): string => `${grams / 1000} kg`

/** 复核: the gross weight, typed or heard from the scale; when it is off, a count. Then the seal. */
function Check({ tote }: { tote: ToteDetail }) {
  const [id, setId] = useState(newId)
  const [texts, setTexts] = useState<Record<string, string>>({})
  const act = useAct('picking.checkTote', { changes: toteReads, onDone: () => setId(newId()) })
  const seal = useAct('picking.sealTote', {
    changes: toteReads,
    onDone: () => toast(t('warehouse.totes.sealed', { code: tote.code })),
  })
  const params = { code: tote.code }
  const field = {
    key: 'gross',
    label: t('picking.tote.gross'),
    unit: 'kg',
    decimals: 3,
    hint: t('picking.tote.expected', {
      expected: kg(tote.expectedGrams),
      least: kg(tote.leastGrams),
      most: kg(tote.mostGrams),
    }),
  }
  const typed = padNumber(texts, field)
  const weigh = (grams: number) =>
    act.mutate({ params, body: { id, grossGrams: grams } }, { onError: () => undefined })
  const hear = (line: string): true | string => {
    const read = readScale(line)
    if (!read.ok) return t(read.reason === 'unstable' ? 'picking.scale.moving' : 'picking.scale.hint')
    weigh(read.grams)
    return true
  }
  const off = tote.checks.at(-1)?.result
  if (!tote.needsCheck)
    return (
      <Card title={tote.checkedAt ? t('picking.tote.checked') : t('warehouse.totes.seal')}>
        <Button
          size="l"
          full
          tone="main"
          icon="box"
          busy={seal.isPending}
          onClick={() => seal.mutate({ params, body: {} }, { onError: toastProblem })}
        >
          {t('warehouse.totes.seal')}
        </Button>
      </Card>
    )
  return (
    <Card title={t('picking.tote.check')}>
      <div className="stack">
        {off === 'weight_off' || off === 'count_off' ? (
          <CountTote key={tote.checks.length} tote={tote} />
        ) : (
          <>
            <ScanBox label={t('picking.scale.hint')} onCode={hear} />
            <NumberPad
              fields={[field]}
              texts={texts}
              onText={(key, text) => setTexts({ ...texts, [key]: text })}
            />
            <Button
              size="l"
              full
              tone="main"
              busy={act.isPending}
              {...(typed === null && { refused: t('picking.tote.gross') })}
              onClick={() => weigh(Math.round((typed ?? 0) * 1000))}
            >
              {t('picking.tote.weigh')}
            </Button>
          </>
        )}
        <ProblemNote error={act.error} />
      </div>
    </Card>
  )
}

function Contents({ tote }: { tote: ToteDetail }) {
  return (
    <Card title={t('picking.tote.contents')}>
      <ul className="wh-lines">
        {tote.contents.map((task) => (
          <li key={task.id} className="row spread">
            <span>
              <b>{nameOf(task)}</b> <span className="muted small">{task.lotCode}</span>
            </span>
            <span className="num">
              {quantityOf(task, task.pickedQuantity ?? task.quantity)}{' '}
              {task.status === 'open' && <Badge tone="warn">{t('warehouse.tonight.open')}</Badge>}
            </span>
          </li>
        ))}
      </ul>
    </Card>
  )
}

function History({ tote }: { tote: ToteDetail }) {
  if (tote.passes.length + tote.checks.length === 0) return null
  return (
    <Card title={t('picking.tote.passes')}>
      <ul className="wh-lines">
        {tote.passes.map((pass) => (
          <li key={pass.id} className="row spread">
            <span>
              {pass.from ?? t('picking.tote.nobody')} → {pass.to ?? pass.place}
            </span>
            <span className="muted small">{momentWords(pass.at)}</span>
          </li>
        ))}
        {tote.checks.map((check) => (
          <li key={check.id} className="row spread">
            <span>
              {check.by} · {t(`picking.tote.result.${check.result}`)}
              {check.grossGrams !== null && ` · ${kg(check.grossGrams)}`}
            </span>
            <span className="muted small">{momentWords(check.at)}</span>
          </li>
        ))}
      </ul>
    </Card>
  )
}
