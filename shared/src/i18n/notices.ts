import { messages } from './messages.ts'

/** What organisations are told: the sentence of each notice, shown where notices are read. */
export const noticeMessages = messages({
  'notice.weight_asked': [
    '订单 {{number}} 有 {{count}} 种称重商品超出约定重量，超出部分暂不计价，请在订单里答复。',
    'Order {{number}}: {{count}} weighed goods came out above the agreed weight. What is above is not billed until you answer in the order.',
  ],
  'notice.payout_confirmed': ['货款 {{amount}} 已到账。', 'Your payout of {{amount}} has arrived.'],
  'notice.payout_returned': [
    '货款 {{amount}} 被退回：{{reason}}。请核对收款账户。',
    'Your payout of {{amount}} came back: {{reason}}. Check your bank account.',
  ],
  'notice.commission_answered': ['佣金异议已答复：{{answer}}', 'Your objection was answered: {{answer}}'],
  'notice.payment_received': ['已收到付款 {{amount}}。', 'Your payment of {{amount}} has come.'],
  'notice.refund': ['退款 {{amount}} 已处理。', 'A refund of {{amount}} is on its way.'],
  'notice.refund_failed': [
    '退款 {{amount}} 没有成功，金额仍在账户中。',
    'A refund of {{amount}} did not go through; the money is still in the account.',
  ],
  'notice.dispute_lost': [
    '银行卡拒付成立，{{amount}} 重新计入应付。',
    'The card payment of {{amount}} was taken back and is owed again.',
  ],
  'notice.claim_sent': [
    '客户对“{{name}}”提出售后 {{number}}，运营中心将处理。',
    'A buyer claims {{name}} ({{number}}). The operations centre will decide.',
  ],
  'notice.claim_accepted': [
    '售后 {{number}} 已认可，扣款 {{amount}}。',
    'Claim {{number}} was accepted: {{amount}} is credited.',
  ],
  'notice.claim_refused': [
    '售后 {{number}} 未被认可，请查看理由。',
    'Claim {{number}} was not accepted. See why.',
  ],
  'notice.claim_decided': [
    '售后 {{number}}（{{name}}）已处理，由您承担 {{amount}}。如有不同意见请在时限内申诉。',
    'Claim {{number}} on {{name}} is decided: you bear {{amount}}. Object within the time given if you disagree.',
  ],
  'notice.contest_changed': [
    '售后 {{number}} 的申诉成立，已改由其他方承担。',
    'Your objection to claim {{number}} holds: another party bears it.',
  ],
  'notice.contest_upheld': [
    '售后 {{number}} 的申诉未成立。',
    'Your objection to claim {{number}} does not hold.',
  ],
  'notice.statement_sent': [
    '对账单 {{number}}（{{from}} 至 {{to}}，期末 {{amount}}）请核对确认。',
    'Statement {{number}} ({{from}} to {{to}}, closing {{amount}}) waits for you to check it.',
  ],
  'notice.dispute_answered': [
    '对账单 {{number}} 的异议已答复。',
    'Your objection on statement {{number}} was answered.',
  ],
  'notice.statement_due': [
    '对账单 {{number}} 将于 {{day}} 到期，未付 {{amount}}。',
    'Statement {{number}} is due on {{day}}: {{amount}} is open.',
  ],
  'notice.statement_late': [
    '对账单 {{number}} 已于 {{day}} 到期，未付 {{amount}}，请尽快付款。',
    'Statement {{number}} was due on {{day}}: {{amount}} is late. Please pay soon.',
  ],
  'notice.material_sent': [
    '{{supplier}} 发来 {{name}}，请在原料库收货。',
    '{{supplier}} sent {{name}}. Receive it in your store.',
  ],
  'notice.call_offs': [
    '{{day}} 有 {{count}} 个规格等待确认供货。',
    '{{count}} [pack|packs] [is|are] called off for {{day}} and wait for your answer.',
  ],
  'notice.confidence_set': [
    '{{name}} 的预售比例由运营中心定为 {{percent}}%：{{reason}}',
    'Operations set how much of {{name}} is sold ahead to {{percent}} %: {{reason}}',
  ],
  'notice.confidence_free': [
    '{{name}} 的预售比例恢复按往期兑现情况计算：{{reason}}',
    'How much of {{name}} is sold ahead follows its record again: {{reason}}',
  ],
  'notice.offer_accepted': [
    '{{day}} {{name}}：换货提议已接受，请按新批次备货。{{note}}',
    '{{name}} for {{day}}: your offer is taken; prepare that lot. {{note}}',
  ],
  'notice.offer_refused': [
    '{{day}} {{name}}：换货提议未接受。{{note}}',
    '{{name}} for {{day}}: your offer was not taken. {{note}}',
  ],
  'notice.comes_later': [
    '订单 {{number}}：{{name}} 改为 {{day}} 起可送，本单已减量，需要的话请再下一单。',
    'Order {{number}}: {{name}} comes from {{day}} on and was cut here. Order again for that day if you want it.',
  ],
  'notice.load_warm': [
    '发货单 {{number}} 在 {{place}} 交接时温度 {{temperature}}，高于拒收线，到仓请重点查验。',
    'Consignment {{number}} was handed over at {{place}} at {{temperature}}, above the limit. Check it closely at the dock.',
  ],
  'notice.seal_broken': [
    '发货单 {{number}} 在 {{place}} 交接时封签异常，到仓请重点查验。',
    'The seal of consignment {{number}} was not whole at {{place}}. Check it closely at the dock.',
  ],
  'notice.dock_confirmed': [
    '月台预约已确认：{{day}} {{from}}，{{dock}} 号月台。',
    'Your place at the dock is kept: {{day}} at {{from}}, door {{dock}}.',
  ],
  'notice.dock_missed': [
    '{{day}} {{from}} 的月台预约没有到车，请重新预约。',
    'No truck came for the dock on {{day}} at {{from}}. Ask for a new place.',
  ],
  'notice.goods_refused': [
    '发货单 {{number}}：{{name}}（批次 {{lot}}）有货未收。',
    'Consignment {{number}}: some of {{name}} (lot {{lot}}) was not taken in.',
  ],
  'notice.line_cut': [
    '订单 {{number}}：{{name}} 供应不足，已减量，详见订单。',
    'Order {{number}}: {{name}} is short and was cut. See the order.',
  ],
  'notice.line_cut.pro_rata': [
    '订单 {{number}}：{{name}} 供应不足，已按各店订量比例分配，详见订单。',
    'Order {{number}}: {{name}} is short; what there is was shared in proportion to the orders. See the order.',
  ],
  'notice.line_cut.equal_share': [
    '订单 {{number}}：{{name}} 供应不足，已在各店间平均分配，详见订单。',
    'Order {{number}}: {{name}} is short; what there is was shared equally. See the order.',
  ],
  'notice.line_cut.contract_first': [
    '订单 {{number}}：{{name}} 供应不足，已先保合同与食堂客户，详见订单。',
    'Order {{number}}: {{name}} is short; contracts and canteens were served first. See the order.',
  ],
  'notice.stock_quarantined': [
    '批次 {{lot}} 有部分货物已隔离待查：{{reason}}。',
    'Part of lot {{lot}} is kept apart until checked: {{reason}}.',
  ],
  'notice.near_expiry': [
    '{{name}}（批次 {{lot}}）已进入临期，{{useByDay}}到期，还剩 {{days}} 天。',
    '{{name}} (lot {{lot}}) is near its expiry: {{days}} days left, use by {{useByDay}}.',
  ],
  'notice.markdown_hint': [
    '仓库建议：{{name}}（批次 {{lot}}）还剩 {{days}} 天，可降价 {{percent}}% 促销。',
    'The warehouse suggests {{percent}} % off {{name}} (lot {{lot}}), {{days}} days left.',
  ],
  'notice.transfer_short': [
    '调拨单 {{number}} 到货短少，批次：{{lots}}。',
    'Transfer {{number}} arrived short, lots: {{lots}}.',
  ],
  'notice.handed_before_recall': [
    '召回前已交付：{{site}} 收到了批次 {{lots}}，断网期间交付、刚刚上报，请补充通知。',
    'Handed over before the recall: {{site}} has lots {{lots}}. It was done without a network and told just now; add it to the notices.',
  ],
  'notice.stop_late': [
    '订单 {{number}}（{{site}}）预计 {{time}} 送到，比约定时段晚 {{minutes}} 分钟。',
    'Order {{number}} ({{site}}) is expected at {{time}}, {{minutes}} minutes after its window.',
  ],
  'notice.arrival_later': [
    '订单 {{number}}（{{site}}）预计 {{time}} 送到，比之前告知的 {{before}} 晚。',
    'Order {{number}} ({{site}}) is now expected at {{time}}, later than {{before}} as told before.',
  ],
  'notice.arrival_earlier': [
    '订单 {{number}}（{{site}}）预计 {{time}} 送到，比之前告知的 {{before}} 早。',
    'Order {{number}} ({{site}}) is now expected at {{time}}, earlier than {{before}} as told before.',
  ],
  'notice.door_again': [
    '订单 {{number}}（{{site}}）今晚再送一次，预计 {{time}} 到。',
    'Order {{number}} ({{site}}) is brought once more tonight, at about {{time}}.',
  ],
  'notice.door_back': [
    '订单 {{number}}（{{site}}）未能送达，货物运回仓库，不收货款。',
    'Order {{number}} ({{site}}) could not be delivered. Its goods go back to the warehouse; nothing is owed.',
  ],
  'notice.door_tomorrow': [
    '订单 {{number}}（{{site}}）今晚未能送达，不收货款；如明天仍需要，请在截单前再次下单。',
    'Order {{number}} ({{site}}) could not be delivered tonight; nothing is owed. Order it again before the cut-off to have it tomorrow.',
  ],
  'notice.temperature_alarm': [
    '{{place}} 温度超限，最差 {{degrees}}，相关货物已暂扣，等待食品安全决定。',
    '{{place}} is out of its temperature limits, at worst {{degrees}}. Its goods are held until food safety decides.',
  ],
  'notice.temperature_silent': [
    '{{place}} 的温度设备在途中没有信号，请联系司机查看。',
    'The temperature device of {{place}} is silent on the road. Call the driver.',
  ],
  'notice.temperature_release': [
    '{{place}} 的温度报警已处理：货物可以交付。',
    'Temperature alarm of {{place}} decided: the goods may be handed over.',
  ],
  'notice.temperature_return': [
    '{{place}} 的温度报警已处理：相关货物不得交付，带回仓库。',
    'Temperature alarm of {{place}} decided: do not hand the goods over, bring them back.',
  ],
  'notice.temperature_dispose': [
    '{{place}} 的温度报警已处理：相关货物不得交付，带回销毁。',
    'Temperature alarm of {{place}} decided: do not hand the goods over, bring them back to be destroyed.',
  ],
  'notice.temperature_goods_back': [
    '订单 {{number}} 有货物因运输温度超限被召回，不会交付，不计费用。',
    'Goods of order {{number}} were called back for their temperature on the road. They are not delivered and not charged.',
  ],
  'notice.order_lapsed': [
    '订单 {{number}}（{{day}}）截单前未审批，已取消。',
    'Order {{number}} for {{day}} was not approved before the cut-off and has lapsed.',
  ],
  'notice.recall': [
    '召回 {{number}}：{{reason}}。请立即停用封存并确认。',
    'Recall {{number}}: {{reason}}. Stop using it, set it aside and acknowledge.',
  ],
  'notice.recall_stop': [
    '{{name}} 已停售（召回 {{number}}）。',
    'Sale of {{name}} is stopped (recall {{number}}).',
  ],
  'notice.recall_reminder': [
    '召回 {{number}} 还没有确认，请马上处理。',
    'Recall {{number}} is not acknowledged yet. Please act now.',
  ],
  'notice.recall_withdrawn': [
    '召回 {{number}} 已撤销：{{reason}}',
    'Recall {{number}} was withdrawn: {{reason}}',
  ],
})
