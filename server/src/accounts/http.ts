import type { Actor } from '@huming/shared/permissions'
import type { FastifyRequest } from 'fastify'
import type { Ctx } from '../kernel/ctx.ts'
import { found } from '../kernel/fault.ts'
import { type Door, done, type On } from '../kernel/routes.ts'
import { listOrganisations } from './list-organisations.ts'
import { listPapers } from './list-papers.ts'
import { listNotices, listPrincipals, readNotices } from './notices.ts'
import { readLicences } from './read-licences.ts'
import { readMe } from './read-me.ts'
import { readOrganisation } from './read-organisation.ts'
import { readPaperNeeds } from './read-paper-needs.ts'
import { readPaperSubjects } from './read-paper-subjects.ts'
import { reviewPaper } from './review-paper.ts'
import { listSamples } from './samples.ts'
import { sellerRegister } from './seller-register.ts'
import { cookieName, type SessionReader, setCookie } from './sessions.ts'
import { signIn } from './sign-in.ts'
import { signOut, signOutEverywhere } from './sign-out.ts'
import { switchOrganisation } from './switch-organisation.ts'
import { writeOrganisation } from './write-organisation.ts'
import { withdrawPaper, writePaper } from './write-paper.ts'
import { writePerson } from './write-person.ts'
import { writeSite } from './write-site.ts'

export function accountRoutes(on: On, reader: SessionReader, sample: boolean): void {
  /** Sets the cookie and answers as the new session's person. */
  const enter = async (ctx: Ctx, door: Door, session: { token: string; expiresAt: Date }) => {
    setCookie(door.request, door.reply, session.token, session.expiresAt)
    const actor: Actor = found(await reader.actorOf(session.token, ctx.now))
    return readMe({ ...ctx, actor })
  }

  on('accounts.signIn', async (ctx, { body }, door) =>
    enter(ctx, door, await signIn(ctx, { ...body, device: deviceOf(door.request) })),
  )

  on('accounts.me', (ctx) => readMe(ctx))

  on('accounts.signOut', async (ctx, _input, { reply }) => {
    await signOut(ctx)
    reply.clearCookie(cookieName, { path: '/' })
    return done
  })

  on('accounts.signOutEverywhere', async (ctx, _input, { reply }) => {
    const ended = await signOutEverywhere(ctx)
    reply.clearCookie(cookieName, { path: '/' })
    return { ended }
  })

  on('accounts.switchOrg', async (ctx, { body }, door) =>
    enter(ctx, door, await switchOrganisation(ctx, { ...body, device: deviceOf(door.request) })),
  )

  on('accounts.samples', (ctx) => listSamples(ctx, sample))
  on('accounts.listOrganisations', (ctx, { query }) => listOrganisations(ctx, query))
  on('accounts.readOrganisation', (ctx, { params }) => readOrganisation(ctx, params.id))
  on('accounts.writeOrganisation', (ctx, { params, body }) => writeOrganisation(ctx, params.id, body))
  on('accounts.writeSite', (ctx, { params, body }) => writeSite(ctx, params.id, body))
  on('accounts.writePerson', (ctx, { params, body }) => writePerson(ctx, params.id, body))
  on('accounts.listPrincipals', (ctx) => listPrincipals(ctx))
  on('accounts.listNotices', (ctx, { query }) => listNotices(ctx, query))
  on('accounts.readNotices', async (ctx, { body }) => {
    await readNotices(ctx, body.ids)
    return done
  })
  paperRoutes(on)
}

/** Licences and certificates of organisations. */
function paperRoutes(on: On): void {
  on('papers.list', (ctx, { query }) => listPapers(ctx, query))
  on('papers.write', (ctx, { params, body }) => writePaper(ctx, params.id, body))
  on('papers.subjects', (ctx, { params }) => readPaperSubjects(ctx, params.id))
  on('papers.withdraw', (ctx, { params, body }) => withdrawPaper(ctx, params.id, body.version))
  on('papers.review', (ctx, { params, body }) => reviewPaper(ctx, params.id, body))
  on('papers.needs', (ctx, { params }) => readPaperNeeds(ctx, params.id))
  on('papers.licences', (ctx, { params }) => readLicences(ctx, params.id))
  on('papers.sellerRegister', (ctx, { params }, door) => sellerRegister(ctx, params, door))
}

const deviceOf = (request: FastifyRequest): string => request.headers['user-agent'] ?? ''
