import { serviceDayOf } from '@huming/shared/days'
import { temperatureText } from '@huming/shared/reference/zones'
import { useState } from 'react'
import type { Reply } from '../app/api.ts'
import { t } from '../app/i18n.ts'
import { useApi } from '../app/query.ts'
import { useMay } from '../app/session.ts'
import { Badge } from '../kit/badge.tsx'
import { Button } from '../kit/button.tsx'
import { PageHeader } from '../kit/page.tsx'
import { EmptyState, Loaded } from '../kit/states.tsx'
import { DataTable } from '../kit/table.tsx'
import { LimitForm } from './limit-form.tsx'
import { zoneText } from './words.ts'
import './texts.ts'

export type Limit = Reply<'temperature.listRules'>['items'][number]

const degrees = (deciC: number | null) => (deciC === null ? t('limit.none') : temperatureText(deciC))

/** Limits of the zones, dated: those in force and to come; food safety writes new ones. */
export function TemperatureLimits() {
  const may = useMay()('temperature.rule')
  const [open, setOpen] = useState(false)
  const limits = useApi('temperature.listRules')
  const today = serviceDayOf(new Date())
  return (
    <>
      <PageHeader title={t('limit.title')} sub={t('limit.lead')} back="/temperatures">
        {may && (
          <Button tone="main" size="l" icon="plus" onClick={() => setOpen(true)}>
            {t('limit.new')}
          </Button>
        )}
      </PageHeader>
      <Loaded
        query={limits}
        empty={{
          when: ({ items }) => items.length === 0,
          show: <EmptyState icon="cold" title={t('limit.none')} />,
        }}
      >
        {({ items }) => (
          <DataTable
            label={t('limit.title')}
            rows={items}
            rowKey={(row) => row.id}
            columns={[
              {
                key: 'zone',
                head: t('limit.zone'),
                cell: (row) => (
                  <b style={{ whiteSpace: 'nowrap' }}>
                    {zoneText(row.zone)} {row.sku && t('limit.pack', { code: row.sku })}
                  </b>
                ),
              },
              {
                key: 'warn',
                head: t('limit.warn'),
                end: true,
                cell: (row) => `${degrees(row.warnAbove)} · ${row.warnMinutes} ${t('limit.minutes')}`,
              },
              { key: 'reject', head: t('limit.reject'), end: true, cell: (row) => degrees(row.rejectAbove) },
              { key: 'below', head: t('limit.below'), end: true, cell: (row) => degrees(row.warnBelow) },
              { key: 'silent', head: t('limit.silent'), end: true, cell: (row) => row.silentMinutes },
              {
                key: 'valid',
                head: t('limit.valid'),
                cell: (row) => (
                  <span>
                    {row.validFrom} — {row.validTo.startsWith('2099') ? '' : row.validTo}{' '}
                    {row.validFrom > today && <Badge tone="info">{t('limit.coming')}</Badge>}
                  </span>
                ),
              },
              { key: 'source', head: t('limit.source'), cell: (row) => row.source },
            ]}
          />
        )}
      </Loaded>
      {open && <LimitForm known={limits.data?.items ?? []} onClose={() => setOpen(false)} />}
    </>
  )
}
