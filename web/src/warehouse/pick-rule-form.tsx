import type { pickMethods } from '@huming/shared/contracts/picking'
import { addDays, serviceDayOf } from '@huming/shared/days'
import { newId } from '@huming/shared/ids'
import { BUYER_CLASS_IDS, BUYER_CLASSES, type BuyerClass } from '@huming/shared/reference/buyer-classes'
import { ZONE_IDS, type Zone } from '@huming/shared/reference/zones'
import { useState } from 'react'
import { named, t } from '../app/i18n.ts'
import { useAct } from '../app/query.ts'
import { ActDrawer } from '../kit/act-drawer.tsx'
import { Button } from '../kit/button.tsx'
import { Checkbox, Select, TextField } from '../kit/field.tsx'
import { NumberField } from '../kit/number-field.tsx'
import { type Rules, ruleReads } from './picking-reads.ts'
import { zoneName } from './words.ts'
import './picking-texts.ts'

type Method = (typeof pickMethods)[number]
const methods: readonly Method[] = ['put_to_store', 'by_order', 'cross_dock']
const start = {
  method: 'put_to_store' as Method,
  sequence: 50 as number | null,
  zone: '' as Zone | '',
  buyerClass: '' as BuyerClass | '',
  atDock: false,
  minSites: null as number | null,
  maxPacks: null as number | null,
  note: '',
}

/** A new dated rule of method, in force from tomorrow's deliveries on. */
export function AddRule({ rules }: { rules: Rules }) {
  const [open, setOpen] = useState(false)
  const [id, setId] = useState(newId)
  const [draft, setDraft] = useState(start)
  const set = (change: Partial<typeof start>) => setDraft({ ...draft, ...change })
  const act = useAct('picking.writePickRule', {
    changes: ruleReads,
    onDone: () => {
      setOpen(false)
      setId(newId())
      setDraft(start)
    },
  })
  const send = () =>
    act.mutate({
      params: { hubId: rules.hubId, id },
      body: {
        ...draft,
        sequence: draft.sequence ?? 50,
        zone: draft.zone || null,
        buyerClass: draft.buyerClass || null,
        category: null,
        catchWeight: null,
        atDock: draft.atDock || null,
        validFrom: addDays(serviceDayOf(new Date()), 1),
        validTo: '2099-12-31',
      },
    })
  return (
    <>
      <Button size="l" icon="plus" onClick={() => setOpen(true)}>
        {t('picking.rules.add')}
      </Button>
      {open && (
        <ActDrawer
          title={t('picking.rules.add')}
          onClose={() => setOpen(false)}
          act={act}
          save={t('picking.rules.save')}
          size="l"
          onSave={send}
        >
          <Select
            label={t('picking.rules.method')}
            size="l"
            value={draft.method}
            options={methods.map((value) => ({ value, label: t(`picking.method.${value}`) }))}
            onPick={(method) => set({ method })}
          />
          <NumberField
            label={t('picking.rules.sequence')}
            size="l"
            min={1}
            max={999}
            value={draft.sequence}
            onNumber={(sequence) => set({ sequence })}
          />
          <Select
            label={t('warehouse.zone')}
            size="l"
            value={draft.zone}
            optional
            placeholder={t('picking.rules.anyZone')}
            options={ZONE_IDS.map((value) => ({ value, label: zoneName(value) }))}
            onPick={(zone) => set({ zone })}
          />
          <Select
            label={t('warehouse.wave.buyer')}
            size="l"
            value={draft.buyerClass}
            optional
            placeholder={t('picking.rules.anyClass')}
            options={BUYER_CLASS_IDS.map((value) => ({ value, label: named(BUYER_CLASSES[value]) }))}
            onPick={(buyerClass) => set({ buyerClass })}
          />
          <NumberField
            label={t('picking.rules.minSites')}
            size="l"
            min={1}
            max={9999}
            value={draft.minSites}
            onNumber={(minSites) => set({ minSites })}
          />
          <NumberField
            label={t('picking.rules.maxPacks')}
            size="l"
            min={1}
            max={9999}
            value={draft.maxPacks}
            onNumber={(maxPacks) => set({ maxPacks })}
          />
          <Checkbox
            label={t('picking.rules.atDock')}
            checked={draft.atDock}
            onCheck={(atDock) => set({ atDock })}
          />
          <TextField
            label={t('warehouse.receive.note')}
            size="l"
            maxLength={100}
            value={draft.note}
            onText={(note) => set({ note })}
          />
        </ActDrawer>
      )}
    </>
  )
}
