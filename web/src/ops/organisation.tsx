import { minutesText, weekdayText } from '@huming/shared/days'
import { districtText } from '@huming/shared/districts'
import { newId } from '@huming/shared/ids'
import { BUYER_CLASSES, type BuyerClass } from '@huming/shared/reference/buyer-classes'
import { useState } from 'react'
import { useParams } from 'wouter'
import type { Reply } from '../app/api.ts'
import { locale, named, t } from '../app/i18n.ts'
import { useApi } from '../app/query.ts'
import { useMay } from '../app/session.ts'
import { Money } from '../kit/amount.tsx'
import { Badge } from '../kit/badge.tsx'
import { Button, LinkButton } from '../kit/button.tsx'
import { Card, Facts, PageHeader } from '../kit/page.tsx'
import { Loaded } from '../kit/states.tsx'
import { DataTable } from '../kit/table.tsx'
import { OrganisationForm } from './organisation-form.tsx'
import { PersonForm } from './person-form.tsx'
import '../papers/texts.ts'

type Org = Reply<'accounts.readOrganisation'>
type Person = Org['people'][number]

/** One organisation: what it is, its credit, its sites and its people. */
export function OrganisationPage() {
  const { id } = useParams<{ id: string }>()
  const org = useApi('accounts.readOrganisation', { params: { id } })
  return <Loaded query={org}>{(found) => <OrganisationView org={found} />}</Loaded>
}

function OrganisationView({ org }: { org: Org }) {
  const may = useMay()
  const [editing, setEditing] = useState(false)
  const credit = useApi(
    'orders.credit',
    { query: { orgId: org.id } },
    { enabled: org.kind === 'buyer' && may('credit.read') },
  )
  const sub = (
    <>
      <Badge tone="info">{t(`ops.kind.${org.kind}`)}</Badge>
      {org.isSample && <Badge>{t('ops.orgs.sample')}</Badge>}
      {org.suspended && <Badge tone="bad">{t('ops.orgs.suspended')}</Badge>}
    </>
  )
  return (
    <>
      <PageHeader title={org.name} back="/organisations" sub={sub}>
        <LinkButton icon="shield" to={`/organisations/${org.id}/papers`}>
          {t('papers.of')}
        </LinkButton>
        {may('org.write') && (
          <Button icon="edit" onClick={() => setEditing(true)}>
            {t('ops.orgs.edit')}
          </Button>
        )}
      </PageHeader>
      <div className="stack">
        <Card>
          <Facts
            of={[
              [
                t('ops.orgs.class'),
                org.buyerClass && org.buyerClass in BUYER_CLASSES
                  ? named(BUYER_CLASSES[org.buyerClass as BuyerClass])
                  : null,
              ],
              [t('ops.orgs.division'), districtText(org.divisionCode, locale())],
              [t('ops.orgs.uscc'), org.uscc],
              [t('ops.orgs.credit'), credit.data ? <Money key="limit" fen={credit.data.limitFen} /> : null],
              [
                t('ops.orgs.held'),
                credit.data ? (
                  <span key="held">
                    <Money fen={credit.data.heldFen} /> / <Money fen={credit.data.owedFen} />
                  </span>
                ) : null,
              ],
            ]}
          />
        </Card>
        <People org={org} />
        <Sites sites={org.sites} />
      </div>
      {editing && (
        <OrganisationForm id={org.id} org={org} onClose={() => setEditing(false)} onSaved={() => {}} />
      )}
    </>
  )
}

function People({ org }: { org: Org }) {
  const may = useMay()
  const [form, setForm] = useState<{ id: string; person?: Person } | null>(null)
  const add = may('person.write') && (
    <Button icon="plus" onClick={() => setForm({ id: newId() })}>
      {t('ops.orgs.addPerson')}
    </Button>
  )
  return (
    <Card title={t('ops.orgs.people')} side={add}>
      {org.people.length === 0 ? (
        <p className="muted">{t('ops.orgs.noPeople')}</p>
      ) : (
        <DataTable
          label={t('ops.orgs.people')}
          rows={org.people}
          rowKey={(person) => person.id}
          columns={[
            { key: 'name', head: t('ops.orgs.personName'), cell: (person) => person.name },
            {
              key: 'phone',
              head: t('ops.orgs.phone'),
              cell: (person) => <span className="num">{person.phone}</span>,
            },
            {
              key: 'roles',
              head: t('ops.orgs.roles'),
              cell: (person) => (
                <span className="row" style={{ ['--gap' as string]: '4px' }}>
                  {person.roles.map((role) => (
                    <Badge key={role}>{t(`role.${role}`)}</Badge>
                  ))}
                  {person.disabled && <Badge tone="bad">{t('ops.orgs.disabled')}</Badge>}
                </span>
              ),
            },
            {
              key: 'edit',
              head: '',
              end: true,
              cell: (person) =>
                may('person.write') ? (
                  <Button tone="quiet" icon="edit" onClick={() => setForm({ id: person.id, person })}>
                    {t('ops.orgs.edit')}
                  </Button>
                ) : null,
            },
          ]}
        />
      )}
      {form && <PersonForm org={org} {...form} onClose={() => setForm(null)} />}
    </Card>
  )
}

function Sites({ sites }: { sites: Org['sites'] }) {
  const days = (list: readonly number[]) =>
    list.length === 7 ? '1–7' : list.map((day) => weekdayText(day as 1, locale())).join(' ')
  return (
    <Card title={t('ops.orgs.sites')}>
      {sites.length === 0 ? (
        <p className="muted">{t('ops.orgs.noSites')}</p>
      ) : (
        <DataTable
          label={t('ops.orgs.sites')}
          rows={sites}
          rowKey={(site) => site.id}
          columns={[
            { key: 'name', head: t('ops.orgs.name'), cell: (site) => site.name },
            {
              key: 'district',
              head: t('ops.orgs.division'),
              cell: (site) => `${districtText(site.districtCode, locale())} ${site.address}`,
            },
            {
              key: 'window',
              head: t('ops.orders.window'),
              cell: (site) => `${minutesText(site.windowFrom)}–${minutesText(site.windowTo)}`,
            },
            { key: 'days', head: t('ops.orgs.days'), cell: (site) => days(site.deliveryWeekdays) },
          ]}
        />
      )}
    </Card>
  )
}
