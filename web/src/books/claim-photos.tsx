import { t } from '../app/i18n.ts'
import { type KeptPhoto, KeptPhotos } from '../kit/kept-photos.tsx'
import './texts.ts'

export type Shot = KeptPhoto

interface ClaimPhotosProps {
  shots: readonly Shot[]
  onShots: (shots: Shot[]) => void
}

/** Photos of a claim, uploaded with it, so that none needs a network now. */
export function ClaimPhotos({ shots, onShots }: ClaimPhotosProps) {
  return (
    <KeptPhotos
      shots={shots}
      max={6}
      words={{
        take: t('claims.photo'),
        remove: t('claims.photoRemove'),
        unreadable: t('kit.photoUnreadable'),
        alt: () => t('claims.photoAlt'),
      }}
      onAdd={(shot) => onShots([...shots, shot])}
      onRemove={(id) => onShots(shots.filter((one) => one.id !== id))}
    />
  )
}
