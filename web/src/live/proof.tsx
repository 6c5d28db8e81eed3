import { instantText } from '@huming/shared/days'
import { doorRuleMessages } from '@huming/shared/i18n/door-rules'
import { temperatureText, ZONES, type Zone } from '@huming/shared/reference/zones'
import { useState } from 'react'
import { addressOf, type Reply } from '../app/api.ts'
import { addTexts, locale, named, t, textOf } from '../app/i18n.ts'
import { useApi } from '../app/query.ts'
import { Badge } from '../kit/badge.tsx'
import { Button } from '../kit/button.tsx'
import { Drawer } from '../kit/dialog.tsx'
import { Facts } from '../kit/page.tsx'
import { EmptyState, Loaded } from '../kit/states.tsx'
import './proof.css'

addTexts(doorRuleMessages)

type Proof = Reply<'delivery.readProof'>

/** Opens how a stop was proved. */
export function ProofButton({ stopId, site }: { stopId: string; site: string }) {
  const [open, setOpen] = useState(false)
  return (
    <>
      <Button icon="camera" aria-label={t('proof.openOf', { site })} onClick={() => setOpen(true)}>
        {t('proof.open')}
      </Button>
      {open && <ProofDrawer stopId={stopId} site={site} onClose={() => setOpen(false)} />}
    </>
  )
}

function ProofDrawer({ stopId, site, onClose }: { stopId: string; site: string; onClose: () => void }) {
  const query = useApi('delivery.readProof', { params: { id: stopId } })
  return (
    <Drawer open onClose={onClose} title={`${t('proof.title')} · ${site}`}>
      <Loaded
        query={query}
        empty={{
          when: ({ kind, pictures, receiverName }) => !kind && !receiverName && pictures.length === 0,
          show: <EmptyState icon="camera" title={t('proof.none')} />,
        }}
      >
        {(proof) => (
          <div className="stack">
            {proof.flags.map((flag) => (
              <Badge key={flag} tone="warn">
                {textOf(`proof.flag.${flag}`, flag)}
              </Badge>
            ))}
            <ProofFacts proof={proof} />
            <Pictures proof={proof} />
          </div>
        )}
      </Loaded>
    </Drawer>
  )
}

const when = (at: string | null): string | null => (at === null ? null : instantText(new Date(at), locale()))

function ProofFacts({ proof }: { proof: Proof }) {
  return (
    <Facts
      of={[
        [t('proof.kind'), proof.kind && t(`proof.kind.${proof.kind}`)],
        [t('proof.receiver'), proof.receiverName],
        [t('proof.why'), proof.failReason && t(`doors.reason.${proof.failReason}`)],
        [t('proof.at'), when(proof.happenedAt)],
        [t('proof.came'), when(proof.receivedAt)],
        [t('proof.called'), when(proof.calledAt)],
        [t('proof.door'), proof.doorOpenedAt && `${when(proof.doorOpenedAt)} – ${when(proof.doorClosedAt)}`],
        [t('proof.point'), proof.dropPoint],
        ...proof.readings.map(
          ({ zone, deciC }) => [named(ZONES[zone as Zone]), temperatureText(deciC)] as const,
        ),
        [t('proof.totes'), proof.unload && totesText(proof.unload)],
        [t('proof.note'), proof.note],
        ...proof.corrections.map(
          ({ text, by, at }) => [t('proof.corrections'), `${text}（${by} ${when(at)}）`] as const,
        ),
      ]}
    />
  )
}

const totesText = ({ scanned, counted, reason }: NonNullable<Proof['unload']>): string =>
  counted === null
    ? t('proof.scanned', { count: scanned })
    : t('proof.counted', { count: counted, reason: reason || '—' })

function Pictures({ proof: { stopId, pictures } }: { proof: Proof }) {
  return (
    <ul className="proof-pictures">
      {pictures.map(({ fileId, of }) => {
        const address = addressOf('files.readProof', { params: { id: stopId, fileId } })
        return (
          <li key={fileId}>
            <a href={address} target="_blank" rel="noreferrer">
              <img src={address} alt={t(`proof.of.${of}`)} loading="lazy" />
            </a>
            <span className="small">{t(`proof.of.${of}`)}</span>
          </li>
        )
      })}
    </ul>
  )
}
