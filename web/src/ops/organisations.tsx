import { districtText } from '@huming/shared/districts'
import { newId } from '@huming/shared/ids'
import { type OrgKind, orgKinds } from '@huming/shared/permissions'
import { BUYER_CLASSES, type BuyerClass } from '@huming/shared/reference/buyer-classes'
import { useState } from 'react'
import { useLocation, useSearchParams } from 'wouter'
import { locale, named, t } from '../app/i18n.ts'
import { usePages } from '../app/query.ts'
import { useMay } from '../app/session.ts'
import { Badge } from '../kit/badge.tsx'
import { Button } from '../kit/button.tsx'
import { SearchBox } from '../kit/choose.tsx'
import { Select } from '../kit/field.tsx'
import { FilterBar, PageHeader } from '../kit/page.tsx'
import { EmptyState, Loaded } from '../kit/states.tsx'
import { DataTable } from '../kit/table.tsx'
import { OrganisationForm } from './organisation-form.tsx'

/** Everyone the product deals with. */
export function Organisations() {
  const may = useMay()
  const [, go] = useLocation()
  const [search, setSearch] = useSearchParams()
  const [registering, setRegistering] = useState<string | null>(null)
  const kind = (search.get('kind') ?? undefined) as OrgKind | undefined
  const text = search.get('q') ?? undefined
  const set = (key: string, value: string) =>
    setSearch((before) => {
      if (value) before.set(key, value)
      else before.delete(key)
      return before
    })
  const { items, more, query } = usePages('accounts.listOrganisations', { query: { kind, search: text } })
  return (
    <>
      <PageHeader title={t('ops.orgs.title')}>
        {may('org.write') && (
          <Button tone="main" icon="plus" onClick={() => setRegistering(newId())}>
            {t('ops.orgs.new')}
          </Button>
        )}
      </PageHeader>
      <FilterBar>
        <SearchBox label={t('ops.orgs.search')} value={text ?? ''} onSearch={(value) => set('q', value)} />
        <Select
          label={t('ops.orgs.kind')}
          value={kind ?? ''}
          optional
          placeholder={t('ops.orgs.anyKind')}
          options={orgKinds.map((value) => ({ value, label: t(`ops.kind.${value}`) }))}
          onPick={(value) => set('kind', value)}
        />
      </FilterBar>
      <Loaded
        query={query}
        empty={{ when: () => items.length === 0, show: <EmptyState title={t('kit.nothingFound')} /> }}
      >
        {() => (
          <DataTable
            label={t('ops.orgs.title')}
            rows={items}
            rowKey={(org) => org.id}
            rowLink={(org) => `/organisations/${org.id}`}
            more={more}
            columns={[
              {
                key: 'name',
                head: t('ops.orgs.name'),
                cell: (org) => (
                  <>
                    {org.name} {org.suspended && <Badge tone="bad">{t('ops.orgs.suspended')}</Badge>}
                  </>
                ),
              },
              {
                key: 'kind',
                head: t('ops.orgs.kind'),
                cell: (org) =>
                  org.buyerClass && org.buyerClass in BUYER_CLASSES
                    ? named(BUYER_CLASSES[org.buyerClass as BuyerClass])
                    : t(`ops.kind.${org.kind}`),
              },
              {
                key: 'division',
                head: t('ops.orgs.division'),
                cell: (org) => districtText(org.divisionCode, locale()),
              },
              {
                key: 'uscc',
                head: t('ops.orgs.uscc'),
                cell: (org) => <span className="num small">{org.uscc ?? '—'}</span>,
              },
            ]}
          />
        )}
      </Loaded>
      {registering && (
        <OrganisationForm
          id={registering}
          onClose={() => setRegistering(null)}
          onSaved={(id) => go(`/organisations/${id}`)}
        />
      )}
    </>
  )
}
