import { temperatureText } from '@huming/shared/reference/zones'
import { fileAddress } from '../app/files.ts'
import { t, textOf } from '../app/i18n.ts'
import { Badge } from '../kit/badge.tsx'
import { Card } from '../kit/page.tsx'
import type { Claim } from './claim.tsx'

/** What is known of the goods' way, for who decides. */
export function Evidence({ evidence }: { evidence: NonNullable<Claim['evidence']> }) {
  const readings = evidence.readings.map(({ zone, deciC }) => `${zone} ${temperatureText(deciC)}`).join(' ')
  return (
    <Card title={t('claims.evidence')}>
      {evidence.proof && (
        <span>
          {t('claims.evidence.proof', { kind: textOf(`claims.proof.${evidence.proof}`, evidence.proof) })}
        </span>
      )}
      <span>{t('claims.evidence.totes', { scanned: evidence.totesScanned, all: evidence.totes })}</span>
      {readings && <span>{t('claims.evidence.door', { readings })}</span>}
      {evidence.alarms.length === 0 && <span>{t('claims.evidence.noAlarm')}</span>}
      {evidence.alarms.map((alarm) => (
        <Badge key={alarm.id} tone="bad" icon="warning">
          {t('claims.evidence.alarm', {
            zone: alarm.zone,
            worst: alarm.worstDeciC === null ? '—' : temperatureText(alarm.worstDeciC),
          })}
        </Badge>
      ))}
      {evidence.receipts.map((receipt, i) => (
        <span key={`${receipt.lotId} ${i}`} className="small">
          {t('claims.evidence.receipt', { accepted: receipt.accepted, refused: receipt.refused })}
          {receipt.exceptions.length > 0 && ` · ${t('claims.evidence.exception')}`}
        </span>
      ))}
      <div className="row">
        {evidence.photoFileIds.map((file) => (
          <a key={file} href={fileAddress(file)} target="_blank" rel="noreferrer">
            <img
              src={fileAddress(file)}
              alt={t('claims.photoAlt')}
              width={96}
              height={96}
              style={{ objectFit: 'cover' }}
            />
          </a>
        ))}
      </div>
    </Card>
  )
}
