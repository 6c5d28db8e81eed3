import { useState } from 'react'
import { ApiProblem, api, type Reply } from '../app/api.ts'
import { t, textOf } from '../app/i18n.ts'
import { invalidate } from '../app/query.ts'
import { Dialog } from '../kit/dialog.tsx'
import { Field } from '../kit/field.tsx'
import { Note, ProblemNote } from '../kit/states.tsx'
import './texts.ts'

const types = {
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  csv: 'text/csv',
} as const

/** The exported file comes back with the numbers of the tax platform; each row at fault is named. */
export function ImportNumbers({ onClose }: { onClose: () => void }) {
  const [busy, setBusy] = useState(false)
  const [error, setError] = useState<unknown>(null)
  const [taken, setTaken] = useState<Reply<'invoices.import'> | null>(null)
  const send = async (file: File) => {
    setBusy(true)
    setError(null)
    setTaken(null)
    const type = file.name.toLowerCase().endsWith('.xlsx') ? types.xlsx : types.csv
    try {
      setTaken(await api('invoices.import', { body: new Blob([await file.arrayBuffer()], { type }) }))
      invalidate('invoices.', 'statements.')
    } catch (problem) {
      setError(problem)
    } finally {
      setBusy(false)
    }
  }
  return (
    <Dialog open onClose={onClose} title={t('invoices.import')}>
      <div className="stack">
        <p className="muted small">{t('invoices.importHint')}</p>
        <Field label={t('invoices.file')}>
          {(wired) => (
            <input
              {...wired}
              className="k-input"
              type="file"
              accept=".csv,.xlsx,text/csv"
              disabled={busy}
              onChange={(event) => {
                const { files } = event.target
                if (files?.[0]) void send(files[0])
                event.target.value = ''
              }}
            />
          )}
        </Field>
        {taken && <Note tone="good">{t('invoices.imported', taken)}</Note>}
        <ProblemNote error={error} />
        <RowFlaws error={error} />
      </div>
    </Dialog>
  )
}

/** What the door found wrong, row by row. */
function RowFlaws({ error }: { error: unknown }) {
  const pointers = error instanceof ApiProblem ? (error.problem.pointers ?? []) : []
  return pointers.map(({ pointer, reason }) => (
    <Note key={pointer} tone="bad">
      {t('invoices.flaw', {
        row: pointer.split('/').at(-1) ?? '',
        reason: textOf(`invoices.flaw.${reason}`, reason),
      })}
    </Note>
  ))
}
