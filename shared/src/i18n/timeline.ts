import { messages } from './messages.ts'

/** What happened to an order, for its timeline: `event.<type>`. */
export const timelineMessages = messages({
  'event.order.placed': ['已下单', 'Placed'],
  'event.order.changed': ['已改单', 'Changed'],
  'event.order.approved': ['已审批', 'Approved'],
  'event.order.cancelled': ['已取消', 'Cancelled'],
  'event.order.lapsed': ['未审批，已失效', 'Lapsed without approval'],
  'event.order.frozen': ['已截单', 'Locked at the cut-off'],
  'event.order.line_cut': ['部分商品缺货', 'A line was cut'],
  'event.order.released': ['开始拣货', 'Picking began'],
  'event.order.picked': ['已拣好', 'Picked'],
  'event.order.loaded': ['已装车', 'Loaded'],
  'event.order.delivered': ['已送达', 'Delivered'],
  'event.order.failed': ['未送成', 'Not delivered'],
  'event.order.sent_again': ['再送一次', 'Sent out once more'],
  'event.order.accepted': ['已验收', 'Accepted'],
  'event.order.acceptance': ['一位验收员已确认', 'One acceptor confirmed'],
})
