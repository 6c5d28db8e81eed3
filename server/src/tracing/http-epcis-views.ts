import type { On } from '../kernel/routes.ts'
import { findMember, listMembers, queryOf } from './collections.ts'
import { standardContext } from './epcis-document.ts'
import { accept, asked, documentOf, linkNext } from './http-epcis.ts'
import { dropQuery, listQueries, nameQuery, pollQuery, readQuery } from './named-queries.ts'
import { queryEvents } from './query-events.ts'

const collectionOf = (member: string[]) => ({
  '@context': standardContext,
  type: 'Collection' as const,
  member,
})

/** Doors of the EPCIS 2.0 REST binding to what events hold: collections by value, and queries with names. */
export function epcisViewRoutes(on: On): void {
  on('epcis.collection', async (ctx, { params, query }, { request, reply }) => {
    accept(request, reply)
    const { member, nextPageToken } = await listMembers(ctx, params.collection, query)
    linkNext(request, reply, nextPageToken)
    return collectionOf(member)
  })

  on('epcis.member', async (ctx, { params }, { request, reply }) => {
    accept(request, reply)
    await findMember(ctx, params.collection, params.value)
    return collectionOf(['events'])
  })

  on('epcis.memberEvents', async (ctx, { params, query }, { request, reply }) => {
    const links = accept(request, reply)
    const { events, nextPageToken } = await queryEvents(
      ctx,
      asked(request, query),
      queryOf(params.collection, params.value),
    )
    linkNext(request, reply, nextPageToken)
    return documentOf(events, links, ctx.now)
  })

  on('epcis.queries', async (ctx, { query }, { request, reply }) => {
    accept(request, reply)
    const { queries, nextPageToken } = await listQueries(ctx, query)
    linkNext(request, reply, nextPageToken)
    return queries
  })

  on('epcis.nameQuery', async (ctx, { body }, { request, reply }) => {
    accept(request, reply)
    const named = await nameQuery(ctx, body)
    reply.code(201).header('location', `/api/epcis/queries/${named.name}`)
    return named
  })

  on('epcis.namedQuery', async (ctx, { params }, { request, reply }) => {
    accept(request, reply)
    return readQuery(ctx, params.name)
  })

  on('epcis.namedEvents', async (ctx, { params, query }, { request, reply }) => {
    const links = accept(request, reply)
    const { events, nextPageToken } = await pollQuery(ctx, params.name, query)
    linkNext(request, reply, nextPageToken)
    return documentOf(events, links, ctx.now, params.name)
  })

  on('epcis.dropQuery', async (ctx, { params }, { reply }) => {
    await dropQuery(ctx, params.name)
    reply.code(204)
    return null
  })
}
