import { Licences } from '../papers/licences.tsx'

/** The licences of the seller of a product. */
export function SellerPage() {
  return <Licences back="/catalogue" />
}
