import { messages } from './messages.ts'

/** Sentences of the shell: signing in, navigation, language, theme, connection. */
export const appMessages = messages({
  'app.name': ['沪明直供', 'Huming'],
  'app.line': [
    '三明的山货与小吃，今天下单，明早到上海门口',
    'Sanming’s harvest, ordered today, at Shanghai’s doors tomorrow',
  ],
  'app.point.lot': ['每一批都查得到来处', 'Every lot can be traced to its field'],
  'app.point.price': ['产地直供，价格写明', 'Straight from origin, prices in plain sight'],
  'app.point.cold': ['冷链直达，按时送到', 'Cold chain, on time'],
  'app.signIn': ['登录', 'Sign in'],
  'app.phone': ['手机号', 'Phone number'],
  'app.password': ['密码', 'Password'],
  'app.passwordShow': ['显示密码', 'Show password'],
  'app.passwordHide': ['隐藏密码', 'Hide password'],
  'app.phoneWrong': ['请填 11 位手机号', 'Enter an 11-digit mobile number'],
  'app.passwordMissing': ['请填密码', 'Enter your password'],
  'app.samples': ['示例账号', 'Sample accounts'],
  'app.samplesHint': [
    '示例：点一下即可填好手机号和密码',
    'Sample data (示例): one tap fills in phone and password',
  ],
  'app.signOut': ['退出登录', 'Sign out'],
  'app.signOutEverywhere': ['在所有设备上退出', 'Sign out everywhere'],
  'app.signOutEverywhereAsk': [
    '所有手机和电脑上都要重新登录。',
    'Every phone and computer will have to sign in again.',
  ],
  'app.signedOutEverywhere': ['已在 {{count}} 台设备上退出', 'Signed out on {{count}} devices'],
  'app.account': ['账号', 'Account'],
  'app.organisation': ['当前单位', 'Organisation'],
  'app.language': ['语言', 'Language'],
  'app.theme': ['外观', 'Theme'],
  'app.theme.auto': ['跟随系统', 'System'],
  'app.theme.light': ['浅色', 'Light'],
  'app.theme.dark': ['深色', 'Dark'],
  'app.skip': ['跳到正文', 'Skip to content'],
  'app.menu': ['主导航', 'Main navigation'],
  'app.more': ['更多', 'More'],
  'app.offline': [
    '网络已断开。已显示的内容仍可查看，恢复后自动更新。',
    'You are offline. What is shown stays; it updates when the network is back.',
  ],
  'app.live': ['实时更新中', 'Live'],
  'app.notLive': ['实时更新已中断，正在重连', 'Live updates interrupted, reconnecting'],
  'app.pageMissing': ['没有这个页面', 'There is no such page'],
  'app.pageMissingHint': [
    '地址可能写错了，或者内容已经移走。',
    'The address may be mistyped, or the page has moved.',
  ],
  'app.home': ['回到首页', 'Go home'],
  'app.otherConsole': ['这里属于别的岗位', 'This belongs to another role'],
  'app.otherConsoleHint': ['您当前的单位不使用这个工作台。', 'Your organisation does not use this console.'],
  'app.notLoaded': ['这一页还没打开', 'This page could not be opened'],
  'app.notLoadedHint': [
    '网络断开或刚有更新。网络恢复后会自动打开。',
    'The network is away, or there is an update. It opens when the network is back.',
  ],
  'app.crashed': ['页面出了问题', 'Something broke on this page'],
  'app.crashedHint': ['我们已收到报告。请刷新后再试。', 'A report was sent. Reload and try again.'],
  'app.reload': ['刷新页面', 'Reload'],
  'app.sampleMark': ['示例数据', 'Sample data'],
  'app.failed': ['出了点问题，请稍后再试。', 'Something went wrong. Try again in a moment.'],
  'problem.offline': ['连不上网络，请检查网络后重试。', 'No connection. Check the network and try again.'],
  'problem.timeout': ['服务器没有及时回应，请重试。', 'The server did not answer in time. Try again.'],
  'role.purchaser': ['采购', 'Purchaser'],
  'role.approver': ['审批', 'Approver'],
  'role.acceptor': ['验收', 'Acceptor'],
  'role.buyer_finance': ['采购方财务', 'Buyer finance'],
  'role.lister': ['上货', 'Lister'],
  'role.quality': ['质检', 'Quality'],
  'role.broker': ['经纪人', 'Broker'],
  'role.receiver': ['收货', 'Receiver'],
  'role.picker': ['拣货', 'Picker'],
  'role.dispatcher': ['调度', 'Dispatcher'],
  'role.lead': ['仓库主管', 'Warehouse lead'],
  'role.driver': ['司机', 'Driver'],
  'role.admin': ['运营管理员', 'Operations admin'],
  'role.food_safety': ['食品安全', 'Food safety'],
  'role.ops_finance': ['运营财务', 'Operations finance'],
  'role.government': ['政府（只读）', 'Government (read only)'],
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
  'app.papers.title': ['随货单证', 'Papers of the delivery'],
  'app.papers.hint': [
    '送货单、合格证、检测报告和供货方证照',
    'Delivery note, certificates, tests and licences',
  ],
  'app.papers.note': ['送货单', 'Delivery note'],
  'app.papers.pdf': ['打印', 'Print'],
  'app.papers.zip': ['全部下载', 'Download all'],
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
  'cut.supply_short': ['供货不足', 'Supply was short'],
  'cutRule.pro_rata': ['按订量比例分配', 'shared in proportion to the orders'],
  'cutRule.equal_share': ['各店平均分配', 'shared equally'],
  'cutRule.contract_first': ['先保合同与食堂客户', 'contracts and canteens first'],
  'cut.late_supply': ['供货晚到', 'Supply was late'],
  'cut.refused_at_receipt': ['收货未通过', 'Refused at receipt'],
  'cut.short_pick': ['拣货短缺', 'Short when picked'],
  'cut.damaged': ['破损', 'Damaged'],
  'cut.held': ['批次暂停', 'Lot on hold'],
  'cut.expired': ['过期', 'Expired'],
  'cut.recalled': ['批次召回', 'Lot recalled'],
})
