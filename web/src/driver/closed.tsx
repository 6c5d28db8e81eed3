import { temperatureText } from '@huming/shared/reference/zones'
import { t } from '../app/i18n.ts'
import { Card, Facts } from '../kit/page.tsx'
import { Goods } from './goods.tsx'
import type { Stop } from './overlay.ts'
import { reasonText, whenText } from './words.ts'

/** How a stop ended. */
export function Closed({ stop }: { stop: Stop }) {
  return (
    <>
      <Card title={t('driver.proof')}>
        <Facts
          of={[
            [t('driver.deliver'), stop.finishedAt && whenText(stop.finishedAt)],
            [t('driver.line.why'), stop.failReason && reasonText(stop.failReason)],
            [t('driver.receiver'), stop.receiverName],
            [
              t('driver.temperature'),
              stop.temperatureDeciC === null ? null : temperatureText(stop.temperatureDeciC),
            ],
            [t('driver.cratesOut'), stop.cratesOut || null],
            [t('driver.cratesBack'), stop.cratesBack || null],
            [t('driver.note'), stop.note],
          ]}
        />
      </Card>
      {stop.corrections.length > 0 && (
        <Card title={t('driver.corrections')}>
          <ul className="driver-list">
            {stop.corrections.map((one) => (
              <li key={one.id}>
                {one.text}
                <br />
                <span className="muted small">
                  {one.by} · {whenText(one.at)}
                </span>
              </li>
            ))}
          </ul>
        </Card>
      )}
      <Goods stop={stop} />
    </>
  )
}
