import { named, t } from '../app/i18n.ts'
import { useAct } from '../app/query.ts'
import { IconButton } from '../kit/button.tsx'
import { toast, toastProblem } from '../kit/toast.tsx'
import { useShopping } from './shopping.tsx'
import type { Offer } from './words.ts'

type PinProps = { offer: Offer; pinned: boolean; parUnits: number | null }

/** The star that keeps a pack on top of the site's order guide. */
export function Pin({ offer, pinned, parUnits }: PinProps) {
  const { site } = useShopping()
  const name = `${named({ zh: offer.name, en: offer.nameEn })} ${offer.spec}`
  const pin = useAct('orders.pinGuideItem', {
    changes: ['orders.guide'],
    onDone: () => toast(pinned ? t('shop.unpinnedNow') : t('shop.pinnedNow')),
  })
  return (
    <IconButton
      icon="star"
      className="shop-pin"
      aria-pressed={pinned}
      label={pinned ? t('shop.unpin', { name }) : t('shop.pin', { name })}
      onClick={() =>
        pin.mutate(
          { params: { siteId: site?.id ?? '', skuId: offer.skuId }, body: { pinned: !pinned, parUnits } },
          { onError: toastProblem },
        )
      }
    />
  )
}
