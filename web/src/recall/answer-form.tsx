import { packedText } from '@huming/shared/packed-text'
import { useState } from 'react'
import type { Input } from '../app/api.ts'
import { locale, named, t } from '../app/i18n.ts'
import { Button } from '../kit/button.tsx'
import { TextArea } from '../kit/field.tsx'
import { BottomBar, Card } from '../kit/page.tsx'
import { PhotoInput } from '../kit/photo-input.tsx'
import { ProblemNote } from '../kit/states.tsx'
import { AmountField, amountOf, amountText } from './amount-field.tsx'
import type { MyNotice } from './notice.tsx'

type Lot = MyNotice['goods'][number]
type Typed = Record<string, { kept: string; used: string }>

/** Set aside and used, per lot; one tap when all of it still lies there or all is gone. */
export function AnswerForm(props: {
  notice: MyNotice
  act: { isPending: boolean; error: unknown; mutate: (input: Input<'recall.answer'>) => void }
}) {
  const { notice, act } = props
  const [typed, setTyped] = useState<Typed>(() =>
    Object.fromEntries(
      notice.goods.map((lot) => [
        lot.lotId,
        {
          kept: lot.keptQuantity === null ? '' : amountText(lot.keptQuantity, lot),
          used: lot.usedQuantity === null ? '' : amountText(lot.usedQuantity, lot),
        },
      ]),
    ),
  )
  const [photoFileIds, setPhotos] = useState<string[]>([...notice.photoFileIds])
  const [note, setNote] = useState(notice.answerNote)
  const goods = notice.goods.map((lot) => ({ lot, ...readOf(lot, typed[lot.lotId]) }))
  const wrong = goods.some((one) => one.wrong)
  const empty = goods.some((one) => one.empty)
  const needsPhoto = notice.kind === 'buyer' && goods.some((one) => one.kept > 0) && photoFileIds.length === 0
  const refused = wrong
    ? t('recallNotice.tooMuch')
    : empty
      ? t('recallNotice.fillIn')
      : needsPhoto
        ? t('recallNotice.photoNeeded')
        : undefined
  const send = () =>
    act.mutate({
      params: { id: notice.id },
      body: {
        goods: goods.map(({ lot, kept, used }) => ({ lotId: lot.lotId, kept, used })),
        photoFileIds,
        note,
      },
    })
  return (
    <>
      <ProblemNote error={act.error} />
      {goods.map(({ lot, wrong: bad }) => (
        <LotCard
          key={lot.lotId}
          lot={lot}
          kind={notice.kind}
          typed={typed[lot.lotId] ?? { kept: '', used: '' }}
          error={bad ? t('recallNotice.tooMuch') : undefined}
          onTyped={(next) => setTyped((before) => ({ ...before, [lot.lotId]: next }))}
        />
      ))}
      <Card>
        <div className="stack">
          <PhotoInput label={t('recallNotice.photos')} ids={photoFileIds} onIds={setPhotos} max={8} />
          <TextArea label={t('recallNotice.note')} value={note} maxLength={300} optional onText={setNote} />
        </div>
      </Card>
      <BottomBar>
        <Button tone="main" size="l" icon="check" full busy={act.isPending} refused={refused} onClick={send}>
          {t('recallNotice.send')}
        </Button>
      </BottomBar>
    </>
  )
}

/** What was typed for a lot in base units. */
function readOf(lot: Lot, typed: Typed[string] | undefined) {
  const kept = amountOf(typed?.kept ?? '', lot)
  const used = amountOf(typed?.used ?? '', lot)
  const wrong = kept === null || used === null || kept + used > lot.quantity
  const empty = (typed?.kept ?? '') === '' && (typed?.used ?? '') === '' && lot.quantity > 0
  return { kept: kept ?? 0, used: used ?? 0, wrong, empty }
}

function LotCard(props: {
  lot: Lot
  kind: MyNotice['kind']
  typed: Typed[string]
  error: string | undefined
  onTyped: (typed: Typed[string]) => void
}) {
  const { lot, typed, onTyped } = props
  const all = amountText(lot.quantity, lot)
  const quantity = packedText(lot.quantity, lot, locale())
  return (
    <Card title={named({ zh: lot.name, en: lot.nameEn })} side={<b className="num">{lot.lotCode}</b>}>
      <div className="stack">
        <p>
          {lot.spec} · {t(props.kind === 'buyer' ? 'recallNotice.got' : 'recallNotice.atBase', { quantity })}
        </p>
        <div className="row">
          <Button onClick={() => onTyped({ kept: all, used: '0' })}>{t('recallNotice.allKept')}</Button>
          <Button onClick={() => onTyped({ kept: '0', used: all })}>{t('recallNotice.allUsed')}</Button>
        </div>
        <div className="recall-two">
          <AmountField
            label={t('recallNotice.kept')}
            pack={lot}
            text={typed.kept}
            error={props.error}
            onText={(kept) => onTyped({ ...typed, kept })}
          />
          <AmountField
            label={t('recallNotice.used')}
            pack={lot}
            text={typed.used}
            onText={(used) => onTyped({ ...typed, used })}
          />
        </div>
      </div>
    </Card>
  )
}
