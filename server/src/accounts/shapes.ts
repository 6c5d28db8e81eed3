import type { organisations, sites } from '@huming/db/schema/accounts'
import type { OrgKind } from '@huming/shared/permissions'

/** What leaves the server of an organisation. */
export const orgReply = (row: typeof organisations.$inferSelect) => ({
  id: row.id,
  kind: row.kind as OrgKind,
  name: row.name,
  shortName: row.shortName,
  uscc: row.uscc,
  buyerClass: row.buyerClass,
  divisionCode: row.divisionCode,
  suspended: row.suspendedAt !== null,
  isSample: row.isSample,
})

/** What leaves the server of a site. */
export const siteReply = (row: typeof sites.$inferSelect) => ({
  id: row.id,
  orgId: row.orgId,
  hubId: row.hubId,
  name: row.name,
  districtCode: row.districtCode,
  address: row.address,
  lngE6: row.lngE6,
  latE6: row.latE6,
  contactName: row.contactName,
  contactPhone: row.contactPhone,
  deliveryWeekdays: row.deliveryWeekdays,
  windowFrom: row.windowFrom,
  windowTo: row.windowTo,
  keyDrop: row.keyDrop,
  gateNote: row.gateNote,
})
