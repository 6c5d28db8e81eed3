import { newId } from '@huming/shared/ids'
import { useEffect, useMemo, useState } from 'react'
import { IconButton } from './button.tsx'
import './choose.css'
import { Icon } from './icon.tsx'
import { shrinkPhoto } from './photo-input.tsx'

/** A picture on the phone that is uploaded later, under an id it has already. */
export type KeptPhoto = { readonly id: string; readonly blob: Blob }

interface KeptPhotosProps {
  shots: readonly KeptPhoto[]
  max: number
  words: { take: string; remove: string; unreadable: string; alt: (n: number) => string }
  onAdd: (shot: KeptPhoto) => void
  onRemove: (id: string) => void
}

/** Takes photos and keeps them on the phone: unlike `PhotoInput` it needs no network. */
export function KeptPhotos({ shots, max, words, onAdd, onRemove }: KeptPhotosProps) {
  const [unreadable, setUnreadable] = useState(false)
  const add = async (file: File | undefined) => {
    if (!file) return
    const blob = await shrinkPhoto(file).catch(() => null)
    setUnreadable(blob === null)
    if (blob) onAdd({ id: newId(), blob })
  }
  return (
    <div className="k-field">
      <div className="k-photos">
        {shots.map((shot, i) => (
          <div className="k-photo" key={shot.id}>
            <KeptImage shot={shot} alt={words.alt(i + 1)} />
            <IconButton icon="trash" label={words.remove} onClick={() => onRemove(shot.id)} />
          </div>
        ))}
        {shots.length < max && (
          <label className="k-photo-add">
            <Icon name="camera" size={28} />
            {words.take}
            <input
              type="file"
              accept="image/*"
              capture="environment"
              onChange={(event) => {
                void add(event.target.files?.[0])
                event.target.value = ''
              }}
            />
          </label>
        )}
      </div>
      {unreadable && (
        <div className="k-error" role="alert">
          <Icon name="warning" size={16} />
          {words.unreadable}
        </div>
      )}
    </div>
  )
}

function KeptImage({ shot, alt }: { shot: KeptPhoto; alt: string }) {
  const address = useMemo(() => URL.createObjectURL(shot.blob), [shot])
  useEffect(() => () => URL.revokeObjectURL(address), [address])
  return <img src={address} alt={alt} />
}
