import { districtText } from '@huming/shared/districts'
import { ALLERGENS, type Allergen } from '@huming/shared/reference/allergens'
import { isPaperId, PAPERS } from '@huming/shared/reference/papers'
import type { ReactNode } from 'react'
import { Link, useParams } from 'wouter'
import type { Reply } from '../app/api.ts'
import { comma, languageTag, locale, named, setLocale, t } from '../app/i18n.ts'
import { useApi } from '../app/query.ts'
import { Badge } from '../kit/badge.tsx'
import { Button } from '../kit/button.tsx'
import { Icon } from '../kit/icon.tsx'
import { Card, Facts, PageHeader } from '../kit/page.tsx'
import { Picture } from '../kit/picture.tsx'
import { EmptyState, Loaded, Note } from '../kit/states.tsx'
import { LookUp } from './look-up.tsx'
import './trace.css'

type Lot = Reply<'tracing.publicLot'>

/** A business day without its weekday, which says nothing years later. */
const day = (text: string | null): string | null =>
  text === null
    ? null
    : new Intl.DateTimeFormat(languageTag(), { dateStyle: 'long', timeZone: 'UTC' }).format(
        new Date(`${text}T00:00:00Z`),
      )

/** What anybody may know of the goods in their hand. */
export function LotPage() {
  const { code = '', gtin } = useParams<{ code: string; gtin?: string }>()
  const lot = useApi('tracing.publicLot', { params: { code }, query: { gtin } })
  if (lot.error?.missing)
    return (
      <div className="trace-page stack">
        <PageHeader title={t('trace.title')} />
        <EmptyState
          icon="search"
          title={code.length > 40 ? `${code.slice(0, 40)}…` : code}
          text={t('trace.missing')}
        />
        <LookUp />
      </div>
    )
  return (
    <div className="trace-page stack">
      <Loaded query={lot}>{(found) => <Found lot={found} />}</Loaded>
    </div>
  )
}

function Found({ lot }: { lot: Lot }) {
  return (
    <>
      <PageHeader
        title={named({ zh: lot.name, en: lot.nameEn })}
        sub={
          <>
            <span>{lot.spec}</span>
            {lot.isSample && <Badge tone="info">{t('trace.sample')}</Badge>}
          </>
        }
      >
        <Button tone="quiet" onClick={() => setLocale(locale() === 'zh' ? 'en' : 'zh')}>
          {t('trace.language')}
        </Button>
      </PageHeader>
      <State state={lot.state} />
      <div className="trace-hero">
        <Picture picture={lot.picture} size={112} />
        <Origin lot={lot} />
      </div>
      <Way lot={lot} />
      <Papers papers={lot.papers} />
      <Card title={t('trace.temperature')}>
        <Temperature of={lot.temperature} />
      </Card>
      {lot.madeOf.length > 0 && <MadeOf parts={lot.madeOf} />}
      <Card>
        <Facts
          of={[
            [
              t('trace.lot'),
              <b key="code" className="num trace-code">
                {lot.code}
              </b>,
            ],
            [t('trace.gtin'), lot.gtin],
            [t('trace.storage'), lot.storage],
            [t('trace.allergens'), lot.allergens.map(allergenName).join(comma())],
          ]}
        />
      </Card>
      <LookUp />
      <p className="muted small">{t('trace.privacy')}</p>
    </>
  )
}

/** Good news is one quiet line; a recall stands first and loud. */
function State({ state }: { state: Lot['state'] }) {
  if (state === 'normal') return <Note tone="good">{t('trace.state.normal')}</Note>
  return (
    <Note tone={state === 'held' ? 'warn' : 'bad'}>
      <b>{t(`trace.state.${state}`)}</b>
    </Note>
  )
}

/** Food of groups A and B is harvested, everything else is made. */
const isHarvested = (category: string): boolean => category.startsWith('A') || category.startsWith('B')

/** Province, city and county, and the place the certificate names where it says more. */
function originText({ countyCode, place }: Lot): string {
  const region = t('trace.province', { county: districtText(countyCode, locale()) })
  return place === '' || locale() === 'en' || region.includes(place) ? region : `${region} ${place}`
}

function Origin({ lot }: { lot: Lot }) {
  return (
    <Facts
      of={[
        [t('trace.origin'), originText(lot)],
        [t('trace.producer'), lot.producer],
        [t(isHarvested(lot.category) ? 'trace.harvested' : 'trace.produced'), day(lot.madeOn)],
        [t('trace.useBy'), day(lot.useByDay)],
      ]}
    />
  )
}

function Way({ lot }: { lot: Lot }) {
  const steps: readonly (readonly [title: string, where: string, at: string | null])[] = [
    [t(isHarvested(lot.category) ? 'trace.harvest' : 'trace.make'), lot.producer, lot.madeOn],
    [t('trace.in'), lot.hub, lot.inDay],
    [t('trace.out'), '', lot.outDay],
  ]
  return (
    <Card title={t('trace.way')}>
      <ol className="trace-way">
        {steps.map(([title, where, at]) => (
          <li key={title} data-done={at === null ? undefined : ''}>
            <b>{title}</b>
            <span className="muted small">
              {day(at) ?? t('trace.notYet')}
              {where && ` · ${where}`}
            </span>
          </li>
        ))}
      </ol>
    </Card>
  )
}

const allergenName = (id: string): string => ALLERGENS[id as Allergen]?.[locale()] ?? id
const paperName = (kind: string): string => (isPaperId(kind) ? PAPERS[kind][locale()] : kind)

function Papers({ papers }: { papers: Lot['papers'] }) {
  return (
    <Card title={t('trace.papers')}>
      {papers.length === 0 ? (
        <p className="muted">{t('trace.noPapers')}</p>
      ) : (
        <ul className="trace-list">
          {papers.map((paper) => (
            <li key={`${paper.kind} ${paper.number}`}>
              <Icon name="document" size={20} />
              <span className="grow">
                <b>{paperName(paper.kind)}</b>
                <span className="small trace-code">{paper.number}</span>
                {paper.result && <span className="small">{paper.result}</span>}
                {paper.day && (
                  <span className="muted small">{t('trace.issued', { day: day(paper.day) ?? '' })}</span>
                )}
              </span>
            </li>
          ))}
        </ul>
      )}
    </Card>
  )
}

function Temperature({ of }: { of: Lot['temperature'] }): ReactNode {
  if (!of) return <p className="muted">{t('trace.temperatureNone')}</p>
  const degrees = (deci: number): string => (deci / 10).toFixed(1)
  return (
    <p>
      {t('trace.temperatureText', {
        readings: of.readings,
        lowest: degrees(of.lowest),
        highest: degrees(of.highest),
      })}
    </p>
  )
}

function MadeOf({ parts }: { parts: Lot['madeOf'] }) {
  return (
    <Card title={t('trace.madeOf')}>
      <ul className="trace-list">
        {parts.map((part) => (
          <li key={part.code}>
            <Link to={`/b/${encodeURIComponent(part.code)}`} className="trace-link">
              <span className="grow">
                <b>{named({ zh: part.name, en: part.nameEn })}</b>
                <span className="muted small">
                  {districtText(part.countyCode, locale())} · {part.code}
                </span>
              </span>
              <Icon name="right" size={20} />
            </Link>
          </li>
        ))}
      </ul>
    </Card>
  )
}
