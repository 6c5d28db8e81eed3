import { messages } from './messages.ts'

/** What was called off and when, and offers of other goods when there is not enough; operations use them too. */
export const coopCallOffMessages = messages({
  'callOff.shipBy': ['最晚 {{at}} 发车', 'leave by {{at}}'],
  'callOff.makeBy': ['{{at}} 前备好', 'made by {{at}}'],
  'callOff.startBy': ['{{at}} 前开始采收/生产', 'begin by {{at}}'],
  'callOff.late': ['已过最晚发车时间', 'too late to leave in time'],
  'offer.open': ['换一批', 'Offer another lot'],
  'offer.title': ['用别的批次代替', 'Another lot instead'],
  'offer.hint': [
    '同规格的其他批次、换一天送，或同商品的其他包装都可以提；不能自动接受的由运营中心决定。',
    'Another lot of the pack, a later day, or another pack of the product. What the rule does not take, operations decide.',
  ],
  'offer.lot': ['批次', 'Lot'],
  'offer.noLots': [
    '没有可以代替的批次。先报一个批次再来。',
    'There is no lot that could stand for it. Declare one first.',
  ],
  'offer.free': ['可用 {{amount}}', '{{amount}} free'],
  'offer.amount': ['数量', 'How much'],
  'offer.note': ['说明', 'Note'],
  'offer.send': ['提出', 'Offer'],
  'offer.missing': ['请选批次并填数量', 'Choose a lot and how much'],
  'offer.taken': ['已按规则接受，订单已换到新批次', 'Taken by the rule; the orders stand on the new lot'],
  'offer.sent': ['已提出，等运营中心决定', 'Sent; operations decide'],
  'offer.kind.other_lot': ['换一批', 'another lot'],
  'offer.kind.later_day': ['换到 {{day}}', 'on {{day}}'],
  'offer.kind.other_pack': ['换包装 {{spec}}', 'as {{spec}}'],
  'offer.withdraw': ['撤回', 'Take back'],
  'offer.withdrawAsk': ['撤回这个提议？', 'Take this offer back?'],
})
