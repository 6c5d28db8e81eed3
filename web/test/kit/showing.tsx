import { useState } from 'react'
import { ApiProblem } from '../../src/app/api.ts'
import { Money, Quantity, UnitPrice } from '../../src/kit/amount.tsx'
import { Badge, StatusChip } from '../../src/kit/badge.tsx'
import { Button } from '../../src/kit/button.tsx'
import { Countdown } from '../../src/kit/countdown.tsx'
import { ConfirmButton, Dialog, Drawer } from '../../src/kit/dialog.tsx'
import { Card, Facts, Tile } from '../../src/kit/page.tsx'
import { Picture } from '../../src/kit/picture.tsx'
import { EmptyState, ErrorState, Note, ProgressBar, Skeleton } from '../../src/kit/states.tsx'
import { type Column, DataTable } from '../../src/kit/table.tsx'
import { toast, toastProblem } from '../../src/kit/toast.tsx'
import type { Saying } from './forms.tsx'

interface Row {
  id: string
  name: string
  fen: number
}

const rows: Row[] = [
  { id: 'H8K2', name: '五角场沙县小吃', fen: 123_450 },
  { id: 'H8K3', name: '复旦大学食堂', fen: 9_876_500 },
  { id: 'H8K1', name: '曹杨菜场', fen: 4200 },
]

const columns: Column<Row>[] = [
  { key: 'name', head: '客户', cell: (row) => row.name, sort: (row) => row.name },
  { key: 'id', head: '单号', cell: (row) => row.id },
  { key: 'status', head: '状态', cell: () => <StatusChip of="order" status="picking" /> },
  { key: 'fen', head: '金额', end: true, cell: (row) => <Money fen={row.fen} />, sort: (row) => row.fen },
]

const packing = { baseUnit: 'g', conversions: [{ unit: 'carton', size: 10_000 }] } as const

export function Showing({ say }: Saying) {
  const [open, setOpen] = useState<'' | 'dialog' | 'drawer'>('')
  const [until] = useState(() => new Date(Date.now() + 3 * 3_600_000).toISOString())
  return (
    <>
      <Card title="显示" side={<Badge tone="info">示例</Badge>}>
        <div className="row">
          <UnitPrice centifen={148_000} unit="jin" size="l" />
          <Money fen={123_450} />
          <Quantity base={30_000} unit="carton" packing={packing} />
          <Countdown until={until} />
          <Countdown until="2020-01-01T00:00:00Z" />
          <StatusChip of="stop" status="refused" />
          <StatusChip of="order" status="awaiting_approval" />
          <StatusChip of="order" status="accepted" />
          <StatusChip of="order" status="frozen" />
        </div>
        <div style={{ width: 120 }}>
          <Picture picture="lotus-seed" alt="建宁莲子" />
        </div>
        <div className="cards">
          <Tile label="今晚订单">712</Tile>
          <Tile label="晚点" tone="bad">
            3
          </Tile>
        </div>
        <Facts
          of={[
            ['产地', '建宁'],
            ['批次', 'L2026-1124-01'],
            ['空', null],
          ]}
        />
        <ProgressBar label="已拣" done={31} total={80} />
        <Note tone="warn">这一行减了 2 箱：产量不足。</Note>
        <Note tone="bad">合格证已过期。</Note>
        <Note>截单前可以修改。</Note>
        <Skeleton lines={2} />
        <EmptyState text="从常购清单开始。" />
        <ErrorState error={new ApiProblem(409, 'cut_off_passed')} onRetry={() => say('retried')} />
      </Card>
      <DataTable
        label="订单"
        rows={rows}
        rowKey={(row) => row.id}
        columns={columns}
        rowLink={(row) => `/${row.id}`}
      />
      <div className="row">
        <Button onClick={() => setOpen('dialog')}>打开对话框</Button>
        <Button onClick={() => setOpen('drawer')}>打开抽屉</Button>
        <ConfirmButton label="作废" title="作废这张单？" text="不能恢复。" onConfirm={() => say('voided')} />
        <Button onClick={() => toast('已保存', { action: { label: '撤销', run: () => say('undone') } })}>
          提示
        </Button>
        <Button onClick={() => toastProblem(new ApiProblem(0, 'offline'))}>出错</Button>
      </div>
      <Dialog open={open === 'dialog'} onClose={() => setOpen('')} title="选择车辆">
        <p>一辆冷藏车。</p>
      </Dialog>
      <Drawer open={open === 'drawer'} onClose={() => setOpen('')} title="订单 H8K2">
        <p>三行货品。</p>
      </Drawer>
    </>
  )
}
