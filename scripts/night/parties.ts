import { SHANGHAI_DISTRICTS } from '@huming/shared/districts'
import type { Role } from '@huming/shared/permissions'
import { BUYER_CLASS_IDS, BUYER_CLASSES, type BuyerClass } from '@huming/shared/reference/buyer-classes'
import { Chance, idOf, phoneOf } from './chance.ts'
import { type Client, eachOf, type Who } from './client.ts'
import type { Buyer, Night, Site, Staff } from './night.ts'

const password = 'night-of-huming-1'

/** Share of the orders by class: most are snack shops. */
const shares: Record<BuyerClass, number> = {
  snack_shop: 0.58,
  breakfast: 0.12,
  canteen_university: 0.06,
  canteen_office: 0.08,
  wholesale: 0.05,
  fresh_platform: 0.04,
  community: 0.07,
}

/** Signs in the staff of the sample data; refuses a product without it. */
export async function signInStaff(
  client: Client,
): Promise<Staff & { listerPhones: string[]; samplePassword: string }> {
  const { items } = await client.call('accounts.samples', {})
  const enter = async (role: Role): Promise<Who> => {
    const sample = items.find((one) => one.role === role)
    if (!sample) throw new Error(`no sample person of role ${role}`)
    return client.signIn(sample.phone, sample.password)
  }
  const [admin, lead, receiver, picker, dispatcher, safety] = await Promise.all([
    enter('admin'),
    enter('lead'),
    enter('receiver'),
    enter('picker'),
    enter('dispatcher'),
    enter('food_safety'),
  ])
  const samplePassword = items[0]?.password ?? ''
  const listerPhones = await phonesOf(client, admin, ['coop', 'base'], 'lister')
  return { admin, lead, receiver, picker, dispatcher, safety, listerPhones, samplePassword }
}

/** Phones of one person of a role in each organisation of the kinds. */
export async function phonesOf(
  client: Client,
  admin: Who,
  kinds: readonly ('coop' | 'base' | 'carrier')[],
  role: Role,
): Promise<string[]> {
  const phones: string[] = []
  for (const kind of kinds) {
    const { items } = await client.call('accounts.listOrganisations', { query: { kind, limit: 200 } }, admin)
    for (const org of items.filter((one) => one.isSample)) {
      const { people } = await client.call('accounts.readOrganisation', { params: { id: org.id } }, admin)
      const able = people.filter((one) => one.roles.includes(role))
      phones.push(...(role === 'lister' ? able.slice(0, 1) : able).map((one) => one.phone))
    }
  }
  return phones
}

/** Seven chains, one of each class, with as many doors in all as there are orders. */
export async function registerBuyers(night: Night): Promise<Buyer[]> {
  const buyers: Buyer[] = []
  for (const buyerClass of BUYER_CLASS_IDS) buyers.push(await registerBuyer(night, buyerClass))
  return buyers
}

async function registerBuyer(
  { client, staff: { admin }, hubId, orders, seed }: Night,
  buyerClass: BuyerClass,
): Promise<Buyer> {
  const orgId = idOf('night', buyerClass)
  const name = `${BUYER_CLASSES[buyerClass].zh}联盟（示例）`
  const approvalAboveFen = buyerClass === 'canteen_university' ? 500_000 : null
  await client.call(
    'accounts.writeOrganisation',
    {
      params: { id: orgId },
      body: {
        kind: 'buyer',
        name,
        shortName: name.slice(0, 20),
        buyerClass,
        divisionCode: '310114',
        creditLimitFen: 2_000_000_000,
        approvalAboveFen,
      },
    },
    admin,
  )
  const person = async (role: Role, nth: number): Promise<Who> => {
    const phone = phoneOf('night', buyerClass, role, nth)
    const id = idOf('night', buyerClass, role, nth)
    await client.call(
      'accounts.writePerson',
      { params: { id }, body: { orgId, phone, name: `示例${nth}`, password, roles: [role] } },
      admin,
    )
    return client.signIn(phone, password)
  }
  const [purchaser, approver, first, second] = await Promise.all([
    person('purchaser', 1),
    person('approver', 1),
    person('acceptor', 1),
    person('acceptor', 2),
  ])
  const wanted = Math.max(1, Math.round(orders * shares[buyerClass]))
  const sites: Site[] = []
  await eachOf(
    Array.from({ length: wanted }, (_, nth) => nth),
    16,
    async (nth) => {
      sites[nth] = await client.call(
        'accounts.writeSite',
        {
          params: { id: idOf('night', seed, buyerClass, nth) },
          body: siteOf(seed, buyerClass, nth, orgId, hubId),
        },
        admin,
      )
    },
  )
  return { buyerClass, orgId, purchaser, approver, acceptors: [first, second], sites }
}

/** A door within a few kilometres of the middle of one of the nearer districts. */
function siteOf(seed: number, buyerClass: BuyerClass, nth: number, orgId: string, hubId: string) {
  const chance = new Chance(seed * 7919 + nth * 31 + buyerClass.length * 1009)
  const district = chance.pick(
    SHANGHAI_DISTRICTS.filter((one) => one.code !== '310151' || chance.happens(0.1)),
  )
  const near = (middle: number) => middle + chance.whole(-22_000, 22_000)
  const { window } = BUYER_CLASSES[buyerClass]
  return {
    orgId,
    hubId,
    name: `${district.name.zh}${nth + 1}号门（示例）`,
    districtCode: district.code,
    address: `示例路${nth + 1}号`,
    lngE6: near(district.point.lngE6),
    latE6: near(district.point.latE6),
    contactName: '示例联系人',
    contactPhone: phoneOf('night', 'door', seed, buyerClass, nth),
    deliveryWeekdays: [1, 2, 3, 4, 5, 6, 7],
    windowFrom: window.from,
    windowTo: window.to,
    keyDrop: buyerClass === 'snack_shop' && chance.happens(0.5),
  }
}
