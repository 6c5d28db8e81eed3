import { newId } from '@huming/shared/ids'
import { useCallback, useState } from 'react'
import { t } from '../app/i18n.ts'
import { IconButton } from '../kit/button.tsx'
import { Icon } from '../kit/icon.tsx'
import { shrinkPhoto } from '../kit/photo-input.tsx'

export type Shot = { readonly id: string; readonly blob: Blob }

/** Photos kept on the phone: they are uploaded with the claim, so that none needs a network now. */
export function ClaimPhotos({
  shots,
  onShots,
}: {
  shots: readonly Shot[]
  onShots: (shots: Shot[]) => void
}) {
  const [wrong, setWrong] = useState(false)
  const add = async (file: File | undefined) => {
    if (!file) return
    const blob = await shrinkPhoto(file).catch(() => null)
    setWrong(blob === null)
    if (blob) onShots([...shots, { id: newId(), blob }])
  }
  return (
    <div className="k-field">
      <div className="k-photos">
        {shots.map((shot) => (
          <ShotView key={shot.id} shot={shot} onRemove={() => onShots(shots.filter((one) => one !== shot))} />
        ))}
        {shots.length < 6 && (
          <label className="k-photo-add">
            <Icon name="camera" size={28} />
            {t('claims.photo')}
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
      {wrong && (
        <div className="k-error" role="alert">
          <Icon name="warning" size={16} />
          {t('kit.photoUnreadable')}
        </div>
      )}
    </div>
  )
}

function ShotView({ shot, onRemove }: { shot: Shot; onRemove: () => void }) {
  const show = useCallback(
    (image: HTMLImageElement) => {
      const address = URL.createObjectURL(shot.blob)
      image.src = address
      return () => URL.revokeObjectURL(address)
    },
    [shot.blob],
  )
  return (
    <div className="k-photo">
      <img ref={show} alt={t('claims.photoAlt')} />
      <IconButton icon="trash" label={t('claims.photoRemove')} onClick={onRemove} />
    </div>
  )
}
