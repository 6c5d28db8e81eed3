import type { shotKinds } from '@huming/shared/contracts/driving'
import { newId } from '@huming/shared/ids'
import { useEffect, useMemo, useState } from 'react'
import { t } from '../app/i18n.ts'
import { IconButton } from '../kit/button.tsx'
import '../kit/choose.css'
import { Icon } from '../kit/icon.tsx'
import { shrinkPhoto } from '../kit/photo-input.tsx'

/** A picture on the phone that is uploaded later, under an id it has already. */
export type Shot = { id: string; blob: Blob; of?: ShotKind }
export type ShotKind = (typeof shotKinds)[number]

const SHOTS_MAX = 4

interface PhotoShotsProps {
  shots: readonly Shot[]
  onShots: (shots: Shot[]) => void
  /** Takes and shows photos of this only; the others stay. */
  of?: ShotKind
  /** On the button; left out, 拍照. */
  label?: string
}

/** Takes photos and keeps them on the phone: unlike `PhotoInput` it needs no network. */
export function PhotoShots({ shots, onShots, of, label = t('driver.photo.take') }: PhotoShotsProps) {
  const own = shots.filter((shot) => shot.of === of)
  const [unreadable, setUnreadable] = useState(false)
  const add = async (file: File | undefined) => {
    if (!file) return
    const blob = await shrinkPhoto(file).catch(() => null)
    setUnreadable(blob === null)
    if (blob) onShots([...shots, { id: newId(), blob, ...(of && { of }) }])
  }
  return (
    <div className="k-field">
      <div className="k-photos">
        {own.map((shot, i) => (
          <div className="k-photo" key={shot.id}>
            <ShotImage shot={shot} alt={t('driver.photo.alt', { n: i + 1 })} />
            <IconButton
              icon="trash"
              label={t('driver.photo.remove')}
              onClick={() => onShots(shots.filter((one) => one.id !== shot.id))}
            />
          </div>
        ))}
        {own.length < SHOTS_MAX && (
          <label className="k-photo-add">
            <Icon name="camera" size={28} />
            {label}
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
          {t('driver.photo.unreadable')}
        </div>
      )}
    </div>
  )
}

function ShotImage({ shot, alt }: { shot: Shot; alt: string }) {
  const address = useMemo(() => URL.createObjectURL(shot.blob), [shot])
  useEffect(() => () => URL.revokeObjectURL(address), [address])
  return <img src={address} alt={alt} />
}
