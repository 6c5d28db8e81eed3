import { useState } from 'react'
import { useLocation } from 'wouter'
import { t } from '../app/i18n.ts'
import { Button } from '../kit/button.tsx'
import { TextField } from '../kit/field.tsx'

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
