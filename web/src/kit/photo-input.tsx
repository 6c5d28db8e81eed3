import { useState } from 'react'
import { sentenceOf } from '../app/api.ts'
import { fileAddress, uploadFile } from '../app/files.ts'
import { t } from '../app/i18n.ts'
import { IconButton } from './button.tsx'
import './choose.css'
import { Icon } from './icon.tsx'

const LONGEST_SIDE = 1600

/** The photo as a JPEG no longer than 1600 px on a side: a phone camera's 12 MB become about 300 KB. */
export async function shrinkPhoto(file: Blob): Promise<Blob> {
  const picture = await createImageBitmap(file, { imageOrientation: 'from-image' })
  const scale = Math.min(1, LONGEST_SIDE / Math.max(picture.width, picture.height))
  const canvas = document.createElement('canvas')
  canvas.width = Math.round(picture.width * scale)
  canvas.height = Math.round(picture.height * scale)
  canvas.getContext('2d')?.drawImage(picture, 0, 0, canvas.width, canvas.height)
  picture.close()
  return new Promise((resolve, reject) => {
    canvas.toBlob((jpeg) => (jpeg ? resolve(jpeg) : reject(new Error('no picture'))), 'image/jpeg', 0.82)
  })
}

interface PhotoInputProps {
  label?: string
  /** Ids of the uploaded photos. */
  ids: readonly string[]
  onIds: (ids: string[]) => void
  max?: number
  visibility?: 'public' | 'own'
}

/** Takes photos with the camera (or picks files), shrinks and uploads them. */
export function PhotoInput(props: PhotoInputProps) {
  const { label = t('kit.photoTake'), ids, onIds, max = 4, visibility = 'own' } = props
  const [state, setState] = useState<{ busy: boolean; error?: string }>({ busy: false })
  const add = async (file: File | undefined) => {
    if (!file) return
    setState({ busy: true })
    try {
      const jpeg = await shrinkPhoto(file).catch(() => null)
      if (!jpeg) return setState({ busy: false, error: t('kit.photoUnreadable') })
      onIds([...ids, await uploadFile(jpeg, visibility)])
      setState({ busy: false })
    } catch (error) {
      setState({ busy: false, error: sentenceOf(error) })
    }
  }
  return (
    <div className="k-field">
      <div className="k-photos">
        {ids.map((id) => (
          <div className="k-photo" key={id}>
            <img src={fileAddress(id)} alt={t('kit.photoAlt')} />
            <IconButton
              icon="trash"
              label={t('kit.photoRemove')}
              onClick={() => onIds(ids.filter((other) => other !== id))}
            />
          </div>
        ))}
        {ids.length < max && (
          <label className="k-photo-add" aria-busy={state.busy || undefined}>
            <Icon name="camera" size={28} />
            {state.busy ? t('kit.photoSending') : label}
            <input
              type="file"
              accept="image/*"
              capture="environment"
              disabled={state.busy}
              onChange={(event) => {
                void add(event.target.files?.[0])
                event.target.value = ''
              }}
            />
          </label>
        )}
      </div>
      {state.error && (
        <div className="k-error" role="alert">
          <Icon name="warning" size={16} />
          {state.error}
        </div>
      )}
    </div>
  )
}
