import { type MouseEvent, type ReactNode, useState } from 'react'
import { Link, useLocation } from 'wouter'
import { t } from '../app/i18n.ts'
import { Icon } from './icon.tsx'
import { LoadMore } from './states.tsx'
import './table.css'

export interface Column<Row> {
  key: string
  head: string
  cell: (row: Row) => ReactNode
  /** Numbers and money stand at the end of the column. */
  end?: boolean
  /** What the column is sorted by; only for lists that are wholly loaded. */
  sort?: (row: Row) => string | number
}

interface DataTableProps<Row> {
  /** What the table lists, for screen readers. */
  label: string
  rows: readonly Row[]
  rowKey: (row: Row) => string
  columns: readonly Column<Row>[]
  /** Where a row leads: its first cell becomes the link, the whole row takes the pointer. */
  rowLink?: (row: Row) => string
  /** Says there is more, and reads it. */
  more?: { on: boolean; busy: boolean; read: () => void }
  /** At the foot: totals. */
  foot?: ReactNode
}

type Sorting = { key: string; down: boolean } | null

/** Rows and columns; under 640 px each row is a card. */
export function DataTable<Row>({ label, rows, rowKey, columns, rowLink, more, foot }: DataTableProps<Row>) {
  const [sorting, setSorting] = useState<Sorting>(null)
  const sorted = sortRows(rows, columns, sorting)
  return (
    <div className="stack">
      {/* A scrolling box must be reachable by keyboard. */}
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex */}
      <div className="k-table-box" tabIndex={0} role="group" aria-label={label}>
        <table className="k-table">
          <thead>
            <tr>
              {columns.map((column) => (
                <HeadCell key={column.key} column={column} sorting={sorting} onSort={setSorting} />
              ))}
            </tr>
          </thead>
          <tbody>
            {sorted.map((row) => (
              <BodyRow key={rowKey(row)} row={row} columns={columns} to={rowLink?.(row)} />
            ))}
          </tbody>
          {foot && <tfoot>{foot}</tfoot>}
        </table>
      </div>
      {more && <LoadMore more={more} />}
    </div>
  )
}

function sortRows<Row>(
  rows: readonly Row[],
  columns: readonly Column<Row>[],
  sorting: Sorting,
): readonly Row[] {
  const by = columns.find((column) => column.key === sorting?.key)?.sort
  if (!by || !sorting) return rows
  const order = (a: Row, b: Row) => {
    const [left, right] = [by(a), by(b)]
    if (typeof left === 'number' && typeof right === 'number') return left - right
    return String(left).localeCompare(String(right), 'zh-CN', { numeric: true })
  }
  return [...rows].sort((a, b) => (sorting.down ? order(b, a) : order(a, b)))
}

type HeadProps<Row> = { column: Column<Row>; sorting: Sorting; onSort: (next: Sorting) => void }

function HeadCell<Row>({ column, sorting, onSort }: HeadProps<Row>) {
  const on = sorting?.key === column.key ? sorting : null
  // The column of row buttons needs no name: an empty cell, not an empty heading.
  // oxlint-disable-next-line jsx-a11y/control-has-associated-label
  if (column.head === '') return <td />
  const direction = on ? (on.down ? 'descending' : 'ascending') : undefined
  return (
    <th scope="col" data-end={column.end || undefined} aria-sort={direction}>
      {column.sort ? (
        <button
          type="button"
          className="k-sort"
          title={t('kit.sortBy', { column: column.head })}
          onClick={() => onSort({ key: column.key, down: on ? !on.down : false })}
        >
          {column.head}
          <Icon name={on?.down ? 'down' : 'up'} size={14} />
        </button>
      ) : (
        column.head
      )}
    </th>
  )
}

type BodyProps<Row> = { row: Row; columns: readonly Column<Row>[]; to: string | undefined }

function BodyRow<Row>({ row, columns, to }: BodyProps<Row>) {
  const [, go] = useLocation()
  const follow = (event: MouseEvent) => {
    // Controls inside the row keep their own press, and text may be selected for copying.
    if (!to || (event.target as Element).closest('a, button, input, select, label')) return
    if (window.getSelection()?.toString()) return
    go(to)
  }
  return (
    <tr data-link={to ? '' : undefined} onClick={follow}>
      {columns.map((column, index) => (
        <td
          key={column.key}
          data-label={column.head}
          data-head={index === 0 ? '' : undefined}
          data-end={column.end || undefined}
        >
          {index === 0 && to ? <Link to={to}>{column.cell(row)}</Link> : column.cell(row)}
        </td>
      ))}
    </tr>
  )
}
