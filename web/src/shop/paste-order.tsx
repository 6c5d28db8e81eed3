import { useState } from 'react'
import { named, t } from '../app/i18n.ts'
import { Badge } from '../kit/badge.tsx'
import { Button } from '../kit/button.tsx'
import { Checkbox, Select, TextArea } from '../kit/field.tsx'
import { Stepper } from '../kit/number-field.tsx'
import { Note } from '../kit/states.tsx'
import { toast, toastProblem } from '../kit/toast.tsx'
import { withUnits } from './basket-store.ts'
import { learnAlias, type Match, matchText } from './match-text.ts'
import { noteWith } from './paste-rules.ts'
import { fitUnits, unitsFor } from './rules.ts'
import { useShopping } from './shopping.tsx'
import { contentText, type Offer, unitsText } from './words.ts'

const nameOf = (offer: Offer) => `${named({ zh: offer.name, en: offer.nameEn })} ${offer.spec}`

/** An order as it was written in a chat: read, matched, confirmed by the person, and only then put in. */
export function PasteOrder() {
  const { site, day, update } = useShopping()
  const [text, setText] = useState('')
  const [busy, setBusy] = useState(false)
  const [wishes, setWishes] = useState<readonly string[]>([])
  const [noting, setNoting] = useState(true)
  const [matches, setMatches] = useState<readonly Match[] | null>(null)
  const read = async () => {
    setBusy(true)
    try {
      const found = await matchText(text, { siteId: site?.id, day })
      setMatches(found.matches)
      setWishes(found.wishes)
      setNoting(true)
    } catch (error) {
      toastProblem(error)
    } finally {
      setBusy(false)
    }
  }
  const ready = (matches ?? []).filter((one) => one.offer && one.units > 0 && !one.skipped)
  const put = () => {
    for (const { line, offer } of ready) if (offer) learnAlias(line.name, offer.skuId)
    update((now) => {
      const noted = noting ? { ...now, note: noteWith(now.note, wishes) } : now
      return ready.reduce((next, { offer, units }) => {
        if (!offer) return next
        return withUnits(next, offer.skuId, (next.lines[offer.skuId] ?? 0) + units)
      }, noted)
    })
    toast(t('shop.quick.done', { count: ready.length }))
    setMatches(null)
    setText('')
  }
  const change = (index: number, part: Partial<Match>) =>
    setMatches((now) => now && now.map((one, i) => (i === index ? { ...one, ...part } : one)))
  return (
    <div className="stack">
      <TextArea
        label={t('shop.quick.pasteLabel')}
        placeholder={t('shop.quick.pastePlaceholder')}
        rows={5}
        maxLength={5000}
        value={text}
        onText={setText}
      />
      <div>
        <Button tone="main" icon="check" busy={busy} onClick={() => text.trim() && void read()}>
          {t('shop.quick.read')}
        </Button>
      </div>
      {matches?.length === 0 && <Note tone="warn">{t('shop.quick.nothing')}</Note>}
      {matches && matches.length > 0 && (
        <section className="stack" aria-label={t('shop.quick.found')}>
          <h2>{t('shop.quick.found')}</h2>
          <ul className="shop-matches">
            {matches.map((match, index) => (
              <MatchLine
                key={`${index}${match.line.text}`}
                match={match}
                onChange={(part) => change(index, part)}
              />
            ))}
          </ul>
          {wishes.length > 0 && (
            <Checkbox
              label={t('shop.quick.toNote', { text: wishes.join('；') })}
              checked={noting}
              onCheck={setNoting}
            />
          )}
          <Button
            tone="main"
            size="l"
            icon="basket"
            refused={ready.length === 0 ? t('shop.quick.nothing') : undefined}
            onClick={put}
          >
            {t('shop.quick.toBasket', { count: ready.length })}
          </Button>
        </section>
      )}
    </div>
  )
}

type LineProps = { match: Match; onChange: (part: Partial<Match>) => void }

function MatchLine({ match, onChange }: LineProps) {
  const { line, offer, offers, units, sure, converted, mismatch, skipped } = match
  const pick = (skuId: string) => {
    const next = offers.find((one) => one.skuId === skuId)
    if (!next) return
    const amount = unitsFor(line, next)
    onChange({ offer: next, ...amount, sure: amount.units > 0 })
  }
  return (
    <li data-sure={(offer && sure) || undefined} data-skipped={skipped || undefined}>
      <div className="row spread">
        <q>{line.text}</q>
        {offer ? (
          <Badge tone={sure ? 'good' : 'warn'} icon={sure ? 'check' : 'warning'}>
            {sure ? t('shop.quick.sure') : t('shop.quick.unsure')}
          </Badge>
        ) : (
          <Badge tone="bad" icon="warning">
            {t('shop.quick.unknown')}
          </Badge>
        )}
      </div>
      {offers.length > 0 && (
        <div className="shop-match">
          <Select
            label={`${t('shop.quick.choose')}：${line.text}`}
            hideLabel
            placeholder={t('shop.quick.choose')}
            value={offer?.skuId ?? ''}
            options={offers.map((one) => ({ value: one.skuId, label: nameOf(one) }))}
            onPick={pick}
          />
          {offer && (
            <span className="shop-step">
              <Stepper
                label={t('shop.howMany', { name: nameOf(offer) })}
                unit={unitsText(units, offer.orderUnit)}
                value={units}
                max={offer.maxUnits}
                onNumber={(wanted) => onChange({ units: fitUnits(offer, wanted ?? 0, units) })}
              />
              <span className="muted small">{unitsText(units, offer.orderUnit).replace(/^\d+ /, '')}</span>
            </span>
          )}
        </div>
      )}
      {mismatch && offer && units === 0 && (
        <Note tone="warn">
          {t('shop.quick.mismatch', { text: mismatch, unit: unitsText(1, offer.orderUnit).slice(2) })}
        </Note>
      )}
      {converted && offer && (
        <p className="small shop-few">
          {t('shop.quick.converted', { text: converted })}
          {contentText(offer) && `（1 ${unitsText(1, offer.orderUnit).slice(2)} = ${contentText(offer)}）`}
        </p>
      )}
      {offer && (
        <Button tone="quiet" onClick={() => onChange({ skipped: !skipped })}>
          {skipped ? t('shop.basket.undo') : t('shop.quick.skip')}
        </Button>
      )}
    </li>
  )
}
