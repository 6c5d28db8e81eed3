import { z } from 'zod'
import { contract } from '../contract.ts'
import {
  fenField,
  idField,
  instantField,
  latE6Field,
  lngE6Field,
  minuteField,
  okReply,
  pageOf,
  pageQuery,
  phoneField,
  textField,
} from '../fields.ts'
import { orgKinds, roles } from '../permissions.ts'

const orgBrief = z.object({
  id: idField,
  name: z.string(),
  kind: z.enum(orgKinds),
  roles: z.array(z.enum(roles)),
})

/** The signed-in person, the organisation acted for, and what the matrix allows. */
export const meShape = z.object({
  person: z.object({ id: idField, name: z.string(), phone: z.string(), locale: z.string() }),
  org: z.object({
    id: idField,
    name: z.string(),
    kind: z.enum(orgKinds),
    buyerClass: z.string().nullable(),
    isSample: z.boolean(),
  }),
  roles: z.array(z.enum(roles)),
  hubIds: z.array(idField),
  principalIds: z.array(idField),
  /** Organisations the person may switch to. */
  orgs: z.array(orgBrief),
  expiresAt: instantField,
})

const siteShape = z.object({
  id: idField,
  orgId: idField,
  hubId: idField,
  name: z.string(),
  districtCode: z.string(),
  address: z.string(),
  lngE6: z.int(),
  latE6: z.int(),
  contactName: z.string(),
  contactPhone: z.string(),
  deliveryWeekdays: z.array(z.int()),
  windowFrom: z.int(),
  windowTo: z.int(),
  keyDrop: z.boolean(),
  gateNote: z.string(),
})

const siteWrite = z.object({
  orgId: idField,
  hubId: idField,
  name: textField(80, 1),
  districtCode: z.string().regex(/^\d{6}$/),
  address: textField(200, 1),
  lngE6: lngE6Field,
  latE6: latE6Field,
  contactName: textField(40, 1),
  contactPhone: phoneField,
  deliveryWeekdays: z.array(z.int().min(1).max(7)).min(1).max(7),
  windowFrom: minuteField,
  windowTo: minuteField,
  keyDrop: z.boolean().default(false),
  gateNote: textField(300).default(''),
})

const orgShape = z.object({
  id: idField,
  kind: z.enum(orgKinds),
  name: z.string(),
  shortName: z.string(),
  uscc: z.string().nullable(),
  buyerClass: z.string().nullable(),
  divisionCode: z.string(),
  suspended: z.boolean(),
  isSample: z.boolean(),
})

export const accountContracts = {
  'accounts.signIn': contract({
    method: 'POST',
    path: '/api/session',
    access: 'public',
    summary: 'Sign in by phone and password; sets the session cookie',
    body: z.object({ phone: phoneField, password: z.string().min(1).max(200), orgId: idField.optional() }),
    reply: meShape,
    problems: ['wrong_credentials', 'account_disabled', 'organisation_suspended'],
  }),
  'accounts.me': contract({
    method: 'GET',
    path: '/api/session',
    access: 'signedIn',
    summary: 'Who am I',
    reply: meShape,
  }),
  'accounts.signOut': contract({
    method: 'DELETE',
    path: '/api/session',
    access: 'signedIn',
    summary: 'Sign out on this device',
    reply: okReply,
  }),
  'accounts.signOutEverywhere': contract({
    method: 'DELETE',
    path: '/api/sessions',
    access: 'signedIn',
    summary: 'Sign out on every device',
    reply: z.object({ ended: z.int() }),
  }),
  'accounts.switchOrg': contract({
    method: 'POST',
    path: '/api/session/organisation',
    access: 'signedIn',
    summary: 'Act for another of one’s organisations',
    body: z.object({ orgId: idField }),
    reply: meShape,
  }),
  'accounts.samples': contract({
    method: 'GET',
    path: '/api/session/samples',
    access: 'public',
    summary: 'Sample sign-ins, only where the product runs on sample data (示例)',
    reply: z.object({
      items: z.array(
        z.object({
          role: z.enum(roles),
          phone: z.string(),
          password: z.string(),
          name: z.string(),
          org: z.string(),
        }),
      ),
    }),
  }),
  'accounts.listOrganisations': contract({
    method: 'GET',
    path: '/api/organisations',
    access: 'org.list',
    summary: 'Organisations, newest first',
    query: z.object({ ...pageQuery, kind: z.enum(orgKinds).optional(), search: textField(60).optional() }),
    reply: pageOf(orgShape),
  }),
  'accounts.readOrganisation': contract({
    method: 'GET',
    path: '/api/organisations/:id',
    access: 'org.read',
    summary: 'One organisation with its sites and people',
    params: z.object({ id: idField }),
    reply: orgShape.extend({
      sites: z.array(siteShape),
      people: z.array(
        z.object({
          id: idField,
          name: z.string(),
          phone: z.string(),
          roles: z.array(z.enum(roles)),
          disabled: z.boolean(),
        }),
      ),
    }),
  }),
  'accounts.writeOrganisation': contract({
    method: 'PUT',
    path: '/api/organisations/:id',
    access: 'org.write',
    summary: 'Register or change an organisation',
    params: z.object({ id: idField }),
    body: z.object({
      kind: z.enum(orgKinds),
      name: textField(80, 1),
      shortName: textField(20, 1),
      uscc: textField(18).nullable().default(null),
      buyerClass: textField(40).nullable().default(null),
      divisionCode: z.string().regex(/^\d{6}$/),
      sellerTaxType: z.enum(['self_producer', 'general', 'small']).nullable().default(null),
      creditLimitFen: fenField.nullable().default(null),
      approvalAboveFen: fenField.max(2_000_000_000).nullable().default(null),
      suspended: z.boolean().default(false),
    }),
    reply: orgShape,
    problems: ['id_reused'],
  }),
  'accounts.writeSite': contract({
    method: 'PUT',
    path: '/api/sites/:id',
    access: 'site.write',
    summary: 'Add or change a delivery site',
    params: z.object({ id: idField }),
    body: siteWrite,
    reply: siteShape,
  }),
  'accounts.writePerson': contract({
    method: 'PUT',
    path: '/api/people/:id',
    access: 'person.write',
    summary: 'Give a person an account and roles in an organisation, or take them away',
    params: z.object({ id: idField }),
    body: z.object({
      orgId: idField,
      phone: phoneField,
      name: textField(40, 1),
      /** Only for a new account, or to reset. */
      password: z.string().min(8).max(200).optional(),
      roles: z.array(z.enum(roles)).max(8),
      disabled: z.boolean().default(false),
    }),
    reply: z.object({
      id: idField,
      phone: z.string(),
      name: z.string(),
      roles: z.array(z.enum(roles)),
      disabled: z.boolean(),
    }),
    problems: ['phone_taken', 'id_reused'],
  }),
  'accounts.listPrincipals': contract({
    method: 'GET',
    path: '/api/principals',
    access: 'principal.list',
    summary: 'Farmers and co-ops a broker may act for today',
    reply: z.object({
      items: z.array(z.object({ id: idField, name: z.string(), validFrom: z.string(), validTo: z.string() })),
    }),
  }),
  'accounts.listNotices': contract({
    method: 'GET',
    path: '/api/notices',
    access: 'notice.read',
    summary: 'Messages to my organisation, newest first',
    query: z.object({ ...pageQuery, unread: z.stringbool().optional() }),
    reply: pageOf(
      z.object({
        id: idField,
        key: z.string(),
        params: z.record(z.string(), z.union([z.string(), z.number()])),
        subjectId: idField.nullable(),
        at: instantField,
        read: z.boolean(),
      }),
    ).extend({ unread: z.int() }),
  }),
  'accounts.readNotices': contract({
    method: 'POST',
    path: '/api/notices/read',
    access: 'notice.read',
    summary: 'Mark messages as read',
    body: z.object({ ids: z.array(idField).min(1).max(200) }),
    reply: okReply,
  }),
} as const
