/** Status flows of money: payments, claims, statements, payouts, invoices, months; `flows` has them with all others. */
export const moneyFlows = {
  // A payment given up is booked all the same when its money comes.
  payment: {
    start: ['asked', 'open'],
    ends: ['succeeded'],
    moves: {
      asked: { open: 'open', cancel: 'cancelled', succeed: 'succeeded' },
      open: { process: 'processing', cancel: 'cancelled', succeed: 'succeeded' },
      processing: { reopen: 'open', cancel: 'cancelled', succeed: 'succeeded' },
      cancelled: { succeed: 'succeeded' },
    },
  },
  // Asked here, or made at the provider and told to us.
  refund: {
    start: ['asked', 'pending', 'succeeded'],
    ends: ['refused', 'failed'],
    moves: {
      asked: { approve: 'approved', refuse: 'refused' },
      approved: { send: 'pending', succeed: 'succeeded', fail: 'failed' },
      pending: { succeed: 'succeeded', fail: 'failed' },
      // The payer's bank may send it back later.
      succeeded: { fail: 'failed' },
    },
  },
  bankLine: {
    start: ['unmatched', 'proposed', 'matched'],
    ends: ['matched', 'sent_back'],
    moves: {
      unmatched: { match: 'matched', ask_return: 'returning', ignore: 'ignored' },
      proposed: { match: 'matched', ask_return: 'returning', ignore: 'ignored' },
      returning: { approve: 'returned', refuse: 'unmatched' },
      // Decided; then it has left the account, or has come back.
      returned: { settle: 'sent_back', bounce: 'unmatched' },
      // Set aside too early.
      ignored: { match: 'matched', ask_return: 'returning' },
    },
  },
  claim: {
    start: ['sent'],
    ends: ['withdrawn'],
    moves: {
      sent: { decide: 'decided', withdraw: 'withdrawn' },
      decided: { contest: 'contested' },
      contested: { contest: 'contested', answer: 'contested', settle: 'decided' },
    },
  },
  // A supplier's or broker's statement ends confirmed or invoiced: payouts have a flow of their own.
  statement: {
    start: ['open'],
    ends: ['written_off'],
    moves: {
      open: { send: 'sent' },
      sent: { dispute: 'disputed', confirm: 'confirmed' },
      disputed: { dispute: 'disputed', answer: 'disputed', settle: 'sent' },
      confirmed: { invoice: 'invoiced', pay: 'paid', write_off: 'written_off' },
      invoiced: { pay: 'paid', write_off: 'written_off' },
      // The payer's bank took the money back.
      paid: { unpay: 'confirmed' },
    },
  },
  payoutBatch: {
    start: ['proposed'],
    ends: ['done', 'cancelled'],
    moves: {
      proposed: { approve: 'approved', cancel: 'cancelled' },
      approved: { send: 'sent', cancel: 'cancelled' },
      sent: { finish: 'done' },
    },
  },
  // Money that a bank sends back after it arrived is owed again, too.
  payout: {
    start: ['proposed'],
    ends: ['returned', 'cancelled'],
    moves: {
      proposed: { approve: 'approved', cancel: 'cancelled' },
      approved: { send: 'sent', cancel: 'cancelled' },
      sent: { confirm: 'confirmed', return: 'returned' },
      confirmed: { return: 'returned' },
    },
  },
  commissionContest: {
    start: ['open'],
    ends: ['upheld', 'rejected'],
    moves: { open: { uphold: 'upheld', reject: 'rejected' } },
  },
  invoice: {
    start: ['draft'],
    ends: ['reddened'],
    moves: { draft: { issue: 'issued' }, issued: { redden: 'reddened' } },
  },
  month: {
    start: ['closed'],
    ends: [],
    moves: {
      closed: { ask_open: 'opening' },
      opening: { approve: 'open', refuse: 'closed' },
      open: { close: 'closed' },
    },
  },
} as const
