import { type Role, rolesOfKind } from '@huming/shared/permissions'
import { useState } from 'react'
import type { Reply } from '../app/api.ts'
import { t } from '../app/i18n.ts'
import { useAct } from '../app/query.ts'
import { Button } from '../kit/button.tsx'
import { Drawer } from '../kit/dialog.tsx'
import { Checkbox, TextField } from '../kit/field.tsx'
import { ProblemNote } from '../kit/states.tsx'
import { toast } from '../kit/toast.tsx'

type Org = Reply<'accounts.readOrganisation'>

/** Gives a person an account and roles here, or changes them. */
export function PersonForm({
  org,
  id,
  person,
  onClose,
}: {
  org: Org
  id: string
  person?: Org['people'][number]
  onClose: () => void
}) {
  const [phone, setPhone] = useState(person?.phone ?? '')
  const [name, setName] = useState(person?.name ?? '')
  const [password, setPassword] = useState('')
  const [roles, setRoles] = useState<readonly Role[]>(person?.roles ?? [])
  const [disabled, setDisabled] = useState(person?.disabled ?? false)
  const save = useAct('accounts.writePerson', {
    changes: ['accounts.readOrganisation'],
    onDone: () => {
      toast(t('ops.orgs.saved'))
      onClose()
    },
  })
  const submit = () => {
    const body = {
      orgId: org.id,
      phone,
      name,
      roles: [...roles],
      disabled,
      ...(password ? { password } : {}),
    }
    save.mutate({ params: { id }, body })
  }
  const pick = (role: Role, on: boolean) =>
    setRoles((before) => (on ? [...before, role] : before.filter((one) => one !== role)))
  const ready = name && /^1\d{10}$/.test(phone) && (person || password.length >= 8)
  const foot = (
    <Button
      tone="main"
      busy={save.isPending}
      refused={ready ? undefined : t('ops.orgs.personIncomplete')}
      onClick={submit}
    >
      {t('kit.save')}
    </Button>
  )
  return (
    <Drawer
      open
      onClose={onClose}
      title={t(person ? 'ops.orgs.editPerson' : 'ops.orgs.addPerson')}
      foot={foot}
    >
      <div className="stack">
        <ProblemNote error={save.error} />
        <TextField label={t('ops.orgs.personName')} value={name} maxLength={40} onText={setName} />
        <TextField
          label={t('ops.orgs.phone')}
          inputMode="tel"
          value={phone}
          maxLength={11}
          onText={setPhone}
        />
        <TextField
          label={t(person ? 'ops.orgs.newPassword' : 'ops.orgs.password')}
          type="password"
          autoComplete="new-password"
          value={password}
          onText={setPassword}
        />
        <fieldset className="stack" style={{ ['--gap' as string]: '4px', border: 0, padding: 0, margin: 0 }}>
          <legend className="small muted">{t('ops.orgs.roles')}</legend>
          {rolesOfKind[org.kind].map((role) => (
            <Checkbox
              key={role}
              label={t(`role.${role}`)}
              checked={roles.includes(role)}
              onCheck={(on) => pick(role, on)}
            />
          ))}
        </fieldset>
        <Checkbox label={t('ops.orgs.disabled')} checked={disabled} onCheck={setDisabled} />
      </div>
    </Drawer>
  )
}
