import { moneyFlows } from './money-flows.ts'

/**
 * Status flows as tables: from → action → to. The server refuses what is not here; a button asks `nextStatus`.
 * A test walks each flow: every state reachable, every end intended.
 */
export type Flow = {
  start: readonly string[]
  ends: readonly string[]
  moves: Readonly<Record<string, Readonly<Record<string, string>>>>
}

export const flows = {
  paper: {
    start: ['pending'],
    ends: ['revoked', 'withdrawn'],
    moves: {
      pending: { edit: 'pending', approve: 'valid', refuse: 'refused', withdraw: 'withdrawn' },
      refused: { edit: 'pending', withdraw: 'withdrawn' },
      // Whether a valid one runs out soon or has run out is told by the day.
      valid: { verify: 'valid', revoke: 'revoked', withdraw: 'withdrawn' },
    },
  },
  order: {
    start: ['placed', 'awaiting_approval'],
    ends: ['accepted', 'cancelled'],
    moves: {
      awaiting_approval: {
        approve: 'placed',
        edit: 'awaiting_approval',
        cancel: 'cancelled',
        lapse: 'cancelled',
      },
      placed: { edit: 'placed', exceed: 'awaiting_approval', cancel: 'cancelled', freeze: 'frozen' },
      frozen: { release: 'picking', cut_all: 'cancelled' },
      picking: { pick: 'picked', cut_all: 'cancelled' },
      // Cut to nothing when all its goods are taken out for a recall.
      picked: { load: 'loaded', cut_all: 'cancelled' },
      // Unloaded when its vehicle breaks down at the dock.
      loaded: { deliver: 'delivered', fail: 'failed', cut_all: 'cancelled', unload: 'picked' },
      delivered: { accept: 'accepted' },
      // Its goods are still out, and go to the door once more.
      failed: { send_again: 'loaded' },
    },
  },
  lot: {
    start: ['planned', 'made'],
    // A lot used up or destroyed here may have gone out before: it is recalled like any other.
    ends: ['withdrawn'],
    moves: {
      planned: { make: 'made', withdraw: 'withdrawn', recall: 'recalled' },
      made: {
        ship: 'shipped',
        use_up: 'used_up',
        hold: 'held',
        withdraw: 'withdrawn',
        expire: 'expired',
        recall: 'recalled',
      },
      shipped: {
        receive: 'received',
        refuse: 'destroyed',
        lose: 'used_up',
        hold: 'held',
        recall: 'recalled',
      },
      received: { use_up: 'used_up', hold: 'held', expire: 'expired', recall: 'recalled' },
      held: {
        release_made: 'made',
        release_shipped: 'shipped',
        release_received: 'received',
        destroy: 'destroyed',
        recall: 'recalled',
      },
      recalled: {
        destroy: 'destroyed',
        // A wrong recall is withdrawn: back to where the lot stood.
        clear_planned: 'planned',
        clear_made: 'made',
        clear_shipped: 'shipped',
        clear_received: 'received',
        clear_held: 'held',
        clear_expired: 'expired',
        clear_used_up: 'used_up',
        clear_destroyed: 'destroyed',
      },
      expired: { destroy: 'destroyed', recall: 'recalled' },
      used_up: { recall: 'recalled', restock: 'received' },
      destroyed: { recall: 'recalled' },
    },
  },
  productionBatch: {
    start: ['planned'],
    ends: ['released', 'cancelled'],
    moves: {
      planned: { start: 'running', cancel: 'cancelled' },
      running: { take: 'running', read: 'running', finish: 'made', cancel: 'cancelled' },
      made: { read: 'made', pass: 'released', fail: 'rejected' },
      // Checked once more, after new samples or rework.
      rejected: { read: 'rejected', pass: 'released', fail: 'rejected' },
    },
  },
  baseReceipt: {
    // Bought elsewhere, goods are known when they arrive.
    start: ['sent', 'received'],
    ends: ['received', 'refused', 'cancelled'],
    moves: { sent: { receive: 'received', refuse: 'refused', cancel: 'cancelled' } },
  },
  consignment: {
    start: ['draft'],
    ends: ['received', 'cancelled'],
    moves: {
      draft: { edit: 'draft', ship: 'shipped', cancel: 'cancelled' },
      shipped: { arrive: 'arrived' },
      arrived: { receive: 'received' },
    },
  },
  quarantine: {
    start: ['waiting'],
    ends: ['released', 'rejected'],
    moves: {
      waiting: { test: 'testing', release: 'released', reject: 'rejected' },
      testing: { release: 'released', reject: 'rejected' },
    },
  },
  temperatureAlarm: {
    start: ['open'],
    ends: ['decided'],
    moves: { open: { acknowledge: 'acknowledged', decide: 'decided' }, acknowledged: { decide: 'decided' } },
  },
  transfer: {
    start: ['asked'],
    ends: ['received', 'cancelled'],
    moves: { asked: { ship: 'shipped', cancel: 'cancelled' }, shipped: { receive: 'received' } },
  },
  binCount: {
    start: ['open'],
    ends: ['done', 'cancelled'],
    moves: {
      open: { agree: 'done', differ: 'recount', cancel: 'cancelled' },
      recount: { agree: 'done', differ: 'review', cancel: 'cancelled' },
      review: { approve: 'done', again: 'open', cancel: 'cancelled' },
    },
  },
  disposal: {
    start: ['written'],
    ends: ['witnessed', 'cancelled'],
    moves: { written: { witness: 'witnessed', cancel: 'cancelled' } },
  },
  callOff: {
    start: ['asked'],
    // None is final: a later cut-off may ask for more.
    ends: [],
    moves: {
      asked: { confirm: 'confirmed', cut: 'cut' },
      confirmed: { ask_more: 'asked' },
      cut: { ask_more: 'asked' },
    },
  },
  offer: {
    start: ['offered'],
    ends: ['accepted', 'refused', 'withdrawn'],
    moves: { offered: { accept: 'accepted', refuse: 'refused', withdraw: 'withdrawn' } },
  },
  appointment: {
    start: ['requested'],
    ends: ['arrived', 'missed', 'cancelled'],
    moves: {
      requested: {
        confirm: 'confirmed',
        move: 'requested',
        arrive: 'arrived',
        miss: 'missed',
        cancel: 'cancelled',
      },
      confirmed: { move: 'requested', arrive: 'arrived', miss: 'missed', cancel: 'cancelled' },
    },
  },
  wave: {
    start: ['planned'],
    ends: ['picked', 'cancelled'],
    moves: { planned: { release: 'picking', cancel: 'cancelled' }, picking: { finish: 'picked' } },
  },
  pickTask: {
    start: ['open'],
    ends: ['short'],
    moves: { open: { pick: 'done', short: 'short' }, done: { take_out: 'short' } },
  },
  tote: {
    start: ['open'],
    ends: ['delivered', 'empty'],
    moves: {
      open: { seal: 'sealed', void: 'empty' },
      // Emptied when all in it is recalled and was taken out.
      sealed: { load: 'loaded', empty: 'empty' },
      loaded: { deliver: 'delivered', bring_back: 'returned', empty: 'empty', unload: 'sealed' },
      returned: { send_again: 'loaded' },
    },
  },
  plan: {
    start: ['draft'],
    ends: [],
    // Reopened when orders of a run that failed get other vehicles.
    moves: { draft: { replan: 'draft', dispatch: 'dispatched' }, dispatched: { reopen: 'draft' } },
  },
  run: {
    start: ['planned'],
    ends: ['finished'],
    moves: {
      planned: { dispatch: 'loading' },
      // Called off when none of its orders has anything left to bring.
      loading: { depart: 'on_road', call_off: 'finished' },
      on_road: { finish: 'finished' },
    },
  },
  stop: {
    start: ['waiting'],
    ends: ['delivered', 'partial', 'refused', 'failed'],
    moves: {
      waiting: { arrive: 'arrived', fail: 'failed' },
      arrived: { deliver: 'delivered', deliver_part: 'partial', refuse: 'refused', fail: 'failed' },
    },
  },
  // 食品召回: stop first, then find, tell, fetch, destroy, report. A drill tells and fetches nothing.
  recall: {
    start: ['draft'],
    ends: ['closed', 'withdrawn'],
    moves: {
      draft: { edit: 'draft', stop: 'stop_sale', withdraw: 'withdrawn' },
      stop_sale: { widen: 'stop_sale', scope: 'scope_computed', withdraw: 'withdrawn' },
      scope_computed: {
        widen: 'stop_sale',
        scope: 'scope_computed',
        notify: 'notified',
        withdraw: 'withdrawn',
      },
      notified: {
        widen: 'stop_sale',
        retrieve: 'retrieving',
        report_drill: 'reported',
        withdraw: 'withdrawn',
      },
      retrieving: { widen: 'stop_sale', dispose: 'disposed', withdraw: 'withdrawn' },
      disposed: { widen: 'stop_sale', report: 'reported' },
      reported: { close: 'closed' },
    },
  },
  recallTask: {
    start: ['open'],
    ends: ['done', 'void'],
    moves: { open: { fetch: 'done', drop: 'void' } },
  },
  ...moneyFlows,
} as const satisfies Record<string, Flow>

export type FlowName = keyof typeof flows
type MovesOf<F extends FlowName> = (typeof flows)[F]['moves']
export type StatusOf<F extends FlowName> =
  | keyof MovesOf<F>
  | (typeof flows)[F]['start'][number]
  | (typeof flows)[F]['ends'][number]
export type FlowAction<F extends FlowName> = {
  [S in keyof MovesOf<F>]: keyof MovesOf<F>[S]
}[keyof MovesOf<F>]

/** The status after the action, or null when the flow does not allow it from here. */
export function nextStatus<F extends FlowName>(
  flow: F,
  from: string,
  action: FlowAction<F>,
): StatusOf<F> | null {
  const moves: Flow['moves'] = flows[flow].moves
  return (moves[from]?.[action as string] ?? null) as StatusOf<F> | null
}
