import { messages } from './messages.ts'

/** When a delivery comes: on the buyer's order and behind a link. */
export const arrivalMessages = messages({
  'arrival.title': ['预计送达', 'Expected arrival'],
  'arrival.range': ['{{from}} – {{to}}', '{{from}} – {{to}}'],
  'arrival.window': ['约定时段 {{from}}–{{to}}', 'Agreed window {{from}}–{{to}}'],
  'arrival.before': ['前面还有 {{count}} 站', '{{count}} [stop|stops] before yours'],
  'arrival.next': ['下一站就是你', 'Yours is the next stop'],
  'arrival.late': ['可能晚于约定时段', 'May come after the window'],
  'arrival.at': ['{{time}} 到达', 'Arrived {{time}}'],
  'arrival.state.preparing': ['备货中', 'Being prepared'],
  'arrival.state.planned': ['装车中，尚未出发', 'Being loaded, not on the way yet'],
  'arrival.state.on_the_way': ['配送途中', 'On the way'],
  'arrival.state.arrived': ['已到门口', 'At the door'],
  'arrival.state.delivered': ['已送达', 'Delivered'],
  'arrival.state.not_delivered': ['未送成，请联系订货方', 'Not delivered; ask whoever ordered'],
  'arrival.state.cancelled': ['订单已取消', 'The order was cancelled'],
  'arrival.linkHint': [
    '不用登录就能看到送达时间，看不到价格和电话；时段结束 12 小时后失效。',
    'Shows the time without signing in, no prices and no phone numbers. It ends 12 hours after the window.',
  ],
  'arrival.linkMake': ['生成链接', 'Make a link'],
  'arrival.linkCopy': ['复制链接', 'Copy the link'],
  'arrival.linkCopied': ['链接已复制', 'The link is copied'],
  'arrival.linkOnce': ['链接只显示这一次，请现在复制。', 'The link is shown this once; copy it now.'],
  'arrival.linkEnd': ['停用链接', 'End the link'],
  'arrival.linkUntil': ['有效至 {{time}}', 'Valid until {{time}}'],
  'arrival.missing': ['链接已失效或不正确', 'This link has ended or is wrong'],
  'arrival.missingHint': ['请向订货的人要新的链接。', 'Ask whoever ordered for a new one.'],
  'arrival.language': ['English', '中文'],
})
