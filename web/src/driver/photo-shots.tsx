import type { shotKinds } from '@huming/shared/contracts/driving'
import { t } from '../app/i18n.ts'
import { type KeptPhoto, KeptPhotos } from '../kit/kept-photos.tsx'

export type ShotKind = (typeof shotKinds)[number]
/** A photo kept on the phone, and what it is of. */
export type Shot = KeptPhoto & { of?: ShotKind }

const SHOTS_MAX = 4

interface PhotoShotsProps {
  shots: readonly Shot[]
  onShots: (shots: Shot[]) => void
  /** Takes and shows photos of this only; the others stay. */
  of?: ShotKind
  /** On the button; left out, 拍照. */
  label?: string
}

/** The driver's photos of a door, of one kind. */
export function PhotoShots({ shots, onShots, of, label = t('driver.photo.take') }: PhotoShotsProps) {
  return (
    <KeptPhotos
      shots={shots.filter((shot) => shot.of === of)}
      max={SHOTS_MAX}
      words={{
        take: label,
        remove: t('driver.photo.remove'),
        unreadable: t('driver.photo.unreadable'),
        alt: (n) => t('driver.photo.alt', { n }),
      }}
      onAdd={(shot) => onShots([...shots, { ...shot, ...(of && { of }) }])}
      onRemove={(id) => onShots(shots.filter((one) => one.id !== id))}
    />
  )
}
