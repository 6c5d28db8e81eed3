import { useId, useState } from 'react'
import { sentenceOf } from '../app/api.ts'
import { fileAddress, uploadFile } from '../app/files.ts'
import { t } from '../app/i18n.ts'
import { IconButton } from '../kit/button.tsx'
import { Icon } from '../kit/icon.tsx'
import { shrinkPhoto } from '../kit/photo-input.tsx'
import './papers.css'

/** As the server takes it, bytes. */
const pdfBytesMax = 5 * 1024 * 1024

interface FileFieldProps {
  label: string
  id: string | null
  onId: (id: string | null) => void
  error?: string | undefined
}

/** One picture or PDF of a paper: taken with the camera or chosen, uploaded at once. */
export function FileField({ label, id, onId, error }: FileFieldProps) {
  const [state, setState] = useState<{ busy: boolean; error?: string }>({ busy: false })
  const inputId = useId()
  const add = async (file: File | undefined) => {
    if (!file) return
    const isPdf = file.type === 'application/pdf'
    if (isPdf && file.size > pdfBytesMax) return setState({ busy: false, error: t('papers.fileTooLarge') })
    setState({ busy: true })
    try {
      const blob = isPdf ? file : await shrinkPhoto(file).catch(() => null)
      if (!blob) return setState({ busy: false, error: t('papers.fileUnreadable') })
      onId(await uploadFile(blob))
      setState({ busy: false })
    } catch (failure) {
      setState({ busy: false, error: sentenceOf(failure) })
    }
  }
  const said = state.error ?? error
  return (
    <div className="k-field">
      <label className="k-label" htmlFor={inputId}>
        {label}
      </label>
      {id ? (
        <div className="row">
          <FileLink id={id} />
          <IconButton icon="trash" label={t('papers.fileRemove')} onClick={() => onId(null)} />
        </div>
      ) : (
        <div className="papers-file" aria-busy={state.busy || undefined}>
          <Icon name="camera" />
          {state.busy ? t('papers.fileSending') : t('papers.fileAdd')}
          <input
            id={inputId}
            type="file"
            accept="image/*,application/pdf"
            disabled={state.busy}
            onChange={(event) => {
              void add(event.target.files?.[0])
              event.target.value = ''
            }}
          />
        </div>
      )}
      {said && (
        <div className="k-error" role="alert">
          <Icon name="warning" size={16} />
          {said}
        </div>
      )}
    </div>
  )
}

/** Opens the file in a page of its own, where phones can enlarge it. */
export function FileLink({ id }: { id: string }) {
  return (
    <a className="papers-link" href={fileAddress(id)} target="_blank" rel="noreferrer">
      <Icon name="eye" size={18} />
      {t('papers.fileOpen')}
    </a>
  )
}
