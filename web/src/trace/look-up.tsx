import { useState } from 'react'
import { useLocation } from 'wouter'
import { t } from '../app/i18n.ts'
import { Button } from '../kit/button.tsx'
import { TextField } from '../kit/field.tsx'
import { PageHeader } from '../kit/page.tsx'
import './trace.css'

/** Another lot, by the code on its pack. */
export function LookUp() {
  const [, go] = useLocation()
  const [code, setCode] = useState('')
  return (
    <form
      className="trace-look"
      onSubmit={(event) => {
        event.preventDefault()
        if (code.trim() !== '') go(`/b/${encodeURIComponent(code.trim().toUpperCase())}`)
      }}
    >
      <TextField label={t('trace.code')} value={code} maxLength={80} onText={setCode} />
      <Button type="submit" icon="search">
        {t('trace.look')}
      </Button>
    </form>
  )
}

/** For somebody who has the code on a pack but no camera for its QR. */
export function LookUpPage() {
  return (
    <div className="trace-page stack">
      <PageHeader title={t('trace.title')} />
      <LookUp />
      <p className="muted small">{t('trace.privacy')}</p>
    </div>
  )
}
