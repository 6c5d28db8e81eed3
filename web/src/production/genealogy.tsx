import { Link } from 'wouter'
import type { Reply } from '../app/api.ts'
import { t } from '../app/i18n.ts'
import { useApi } from '../app/query.ts'
import { useSupplier } from '../coop/scope.tsx'
import { dayWords } from '../coop/words.ts'
import { StatusChip } from '../kit/badge.tsx'
import { Card } from '../kit/page.tsx'
import { Loaded, Note } from '../kit/states.tsx'
import './production.css'
import './texts.ts'
import { amount, nameOf } from './words.ts'

type Tree = Reply<'production.genealogy'>
type Node = Tree['nodes'][number]
type Edge = Tree['edges'][number]

/** What a lot was made of and what was made of it, as a tree with quantities, both ways. */
export function Genealogy({ lotId }: { lotId: string }) {
  const tree = useApi('production.genealogy', { params: { id: lotId } })
  return (
    <Loaded query={tree}>
      {(found) => {
        const self = found.nodes.find((node) => node.lotId === lotId)
        if (!self || (found.edges.length === 0 && self.orders === 0)) return null
        return (
          <Card title={t('making.tree.title')}>
            {found.cut && <Note>{t('making.tree.cut')}</Note>}
            <Branch tree={found} lotId={lotId} way="from" />
            <Branch tree={found} lotId={lotId} way="to" />
            {self.orders > 0 && <p>{orderWords(self)}</p>}
          </Card>
        )
      }}
    </Loaded>
  )
}

const orderWords = (node: Node): string =>
  t('making.tree.orders', { count: node.orders, amount: amount(node.orderedQuantity, node) })

function Branch({ tree, lotId, way }: { tree: Tree; lotId: string; way: 'from' | 'to' }) {
  if (stepsOf(tree, lotId, way).length === 0) return null
  return (
    <section>
      <h3 className="small muted">{t(way === 'from' ? 'making.tree.from' : 'making.tree.to')}</h3>
      <Steps tree={tree} lotId={lotId} way={way} seen={new Set([lotId])} />
    </section>
  )
}

const stepsOf = (tree: Tree, lotId: string, way: 'from' | 'to'): Edge[] =>
  tree.edges.filter((edge) => (way === 'from' ? edge.toId : edge.fromId) === lotId)

interface StepsProps {
  tree: Tree
  lotId: string
  way: 'from' | 'to'
  /** Lots drawn above: one that is reached twice is not unfolded again. */
  seen: Set<string>
}

function Steps({ tree, lotId, way, seen }: StepsProps) {
  const byId = new Map(tree.nodes.map((node) => [node.lotId, node]))
  return (
    <ul className="making-tree">
      {stepsOf(tree, lotId, way).map((edge) => {
        const node = byId.get(way === 'from' ? edge.fromId : edge.toId)
        if (!node) return null
        const again = seen.has(node.lotId)
        seen.add(node.lotId)
        return (
          <li key={node.lotId}>
            <NodeLine node={node} edge={edge} self={byId.get(lotId)} way={way} />
            {again ? (
              <span className="small muted">{t('making.tree.again')}</span>
            ) : (
              <Steps tree={tree} lotId={node.lotId} way={way} seen={seen} />
            )}
          </li>
        )
      })}
    </ul>
  )
}

interface LineProps {
  node: Node
  edge: Edge
  self: Node | undefined
  way: 'from' | 'to'
}

/** One lot: what it is, whose, and how much of it this step is. */
function NodeLine({ node, edge, self, way }: LineProps) {
  const { orgId, to } = useSupplier()
  const [giver, taker] = way === 'from' ? [node, self] : [self, node]
  const words =
    edge.kind === 'moved'
      ? t('making.tree.moved', { amount: amount(edge.quantity, giver ?? node) })
      : `${t('making.tree.used', { amount: amount(edge.quantity, giver ?? node) })} · ${t('making.tree.stands', { amount: amount(edge.toQuantity, taker ?? node) })}`
  const name = (
    <>
      <b>{nameOf(node)}</b> <span className="small">{node.code}</span>
    </>
  )
  return (
    <div className="making-node">
      {orgId === undefined || orgId === node.orgId ? (
        <Link to={to(`/lots/${node.lotId}`)} className="making-node-name">
          {name}
        </Link>
      ) : (
        <span className="making-node-name">{name}</span>
      )}
      <StatusChip of="lot" status={node.stage as never} />
      <span className="small muted">
        {node.supplier} · {words} · {dayWords(node.useByDay)}
        {node.orders > 0 && ` · ${orderWords(node)}`}
      </span>
    </div>
  )
}
