import type { ProblemCode } from '../problems.ts'
import { messages, type Pair } from './messages.ts'
import { claimProblems } from './problems-claims.ts'
import { drivingProblems } from './problems-driving.ts'
import { paymentProblems } from './problems-payment.ts'
import { pickingProblems } from './problems-picking.ts'
import { productionProblems } from './problems-production.ts'
import { recallProblems } from './problems-recall.ts'
import { settlementProblems } from './problems-settlement.ts'
import { storingProblems } from './problems-storing.ts'
import { supplyProblems } from './problems-supply.ts'
import { tracingProblems } from './problems-tracing.ts'

/** What each refusal says to the person, and what to do next. */
export const problemMessages = messages({
  ...supplyProblems,
  ...pickingProblems,
  ...settlementProblems,
  ...storingProblems,
  ...claimProblems,
  ...drivingProblems,
  ...recallProblems,
  ...productionProblems,
  ...tracingProblems,
  ...paymentProblems,
  'problem.bad_input': [
    '填写的内容有误，请检查标出的项目后再试。',
    'Some of what was entered is not right. Check the marked fields and try again.',
  ],
  'problem.bad_json': [
    '请求内容无法读取，请刷新页面后重试。',
    'The request could not be read. Reload the page and try again.',
  ],
  'problem.body_too_large': [
    '内容太大，请减少后再提交。',
    'This is too large. Make it smaller and send it again.',
  ],
  'problem.unsupported_media': [
    '不支持这种文件格式，请换用 JPG 或 PNG。',
    'This kind of file is not supported. Use JPG or PNG.',
  ],
  'problem.unauthenticated': ['请先登录。', 'Please sign in first.'],
  'problem.session_expired': [
    '登录已过期，请重新登录；未提交的内容仍在本机保留。',
    'Your sign-in has expired. Sign in again; what you had not sent is kept on this device.',
  ],
  'problem.forbidden': [
    '您的岗位没有这项权限，如需使用请联系本单位管理员。',
    'Your role does not allow this. Ask your organisation’s administrator if you need it.',
  ],
  'problem.cross_site': [
    '请求来自其他网站，已被拒绝。请从本平台页面操作。',
    'The request came from another site and was refused. Use this site’s own pages.',
  ],
  'problem.not_found': [
    '没有找到，可能已被删除，或不属于您的单位。',
    'Not found. It may be gone, or belong to another organisation.',
  ],
  'problem.route_not_found': [
    '没有这个地址，请返回首页。',
    'There is no such address. Go back to the start page.',
  ],
  'problem.id_reused': [
    '这个编号已用于另一份内容。请刷新后重新提交。',
    'This id was already used for something else. Reload and send it again.',
  ],
  'problem.stale_version': [
    '别人刚刚修改过，请先查看最新内容再改。',
    'Somebody else has just changed this. Look at the latest version before you change it.',
  ],
  'problem.wrong_state': [
    '当前状态不能这样操作，请刷新查看最新状态。',
    'This cannot be done in its present state. Reload to see the latest.',
  ],
  'problem.too_many_requests': [
    '操作太频繁，请稍等 {{seconds}} 秒再试。',
    'Too many attempts. Wait {{seconds}} seconds and try again.',
  ],
  'problem.internal': [
    '系统出了问题，我们已收到报告。请稍后再试。',
    'Something went wrong on our side and has been reported. Please try again shortly.',
  ],
  'problem.unavailable': [
    '服务暂时不可用，请稍后再试；已提交的内容不会丢失。',
    'The service is briefly unavailable. Try again shortly; nothing you sent is lost.',
  ],
  'problem.wrong_credentials': ['手机号或密码不正确。', 'The phone number or password is not right.'],
  'problem.account_disabled': [
    '该账号已停用，请联系管理员。',
    'This account has been disabled. Contact your administrator.',
  ],
  'problem.phone_taken': [
    '这个手机号已注册，请直接登录。',
    'This phone number is already registered. Sign in instead.',
  ],
  'problem.organisation_suspended': [
    '该单位已暂停合作，请联系运营中心。',
    'This organisation is suspended. Contact the operations centre.',
  ],
  'problem.sku_code_taken': [
    '该商品编码已被使用，请换一个。',
    'This SKU code is already in use. Choose another.',
  ],
  'problem.bad_units': [
    '单位换算有误：请填写大于零的整数换算量。',
    'The unit conversion is not right. Give a whole number greater than zero.',
  ],
  'problem.unknown_category': [
    '没有这个品类，请从列表中选择。',
    'There is no such category. Choose one from the list.',
  ],
  'problem.lot_code_taken': ['该批号已存在，请换一个批号。', 'This lot code exists already. Choose another.'],
  'problem.lot_not_enough': [
    '该批次数量不足，最多可用 {{available}}。',
    'The lot does not hold that much; at most {{available}} can be used.',
  ],
  'problem.lot_promised': [
    '该批次已有订单占用，不能撤回。',
    'Orders already count on this lot; it cannot be withdrawn.',
  ],
  'problem.lot_wrong_stage': ['该批次当前阶段不能这样操作。', 'The lot’s present stage does not allow this.'],
  'problem.certificate_missing': [
    '这批货缺少{{paper}}，请先登记。',
    'The lot lacks its {{paper}}. Enter it first.',
  ],
  'problem.certificate_expired': [
    '这批货的{{paper}}已过有效期，请换新的。',
    'The lot’s {{paper}} has run out. Enter a new one.',
  ],
  'problem.certificate_short': [
    '这批货的{{paper}}上的数量不够，请按实际数量补登。',
    'The lot’s {{paper}} covers less than this quantity. Enter one for the rest.',
  ],
  'problem.lot_days_wrong': [
    '日期有误：到期日不得早于可供日，且须在保质期内。',
    'The days are not right: use-by must not be before the ready day and must lie within the shelf life.',
  ],
  'problem.order_empty': ['购物篮是空的，请先选择商品。', 'The basket is empty. Choose some goods first.'],
  'problem.contract_number_taken': [
    '您已有同号合同，请核对合同编号。',
    'You have a contract with this number. Check the number.',
  ],
  'problem.contract_overlaps': [
    '合同 {{number}} 在这段时间已包含所标商品。请先终止它，或改日期、移除该商品。',
    'Contract {{number}} covers the marked goods in this time. End it first, change the days or take them out.',
  ],
  'problem.contract_day_wrong': [
    '终止日须在今天至合同到期日之间。',
    'Choose a last day between today and the end of the contract.',
  ],
  'problem.reference_missing': [
    '生效日及之前没有所标参考价，请先导入行情，或改用固定价。',
    'There is no such reference price on or before the first day. Import it first, or agree on a fixed price.',
  ],
  'problem.price_by_contract': [
    '该客户在这段时间按合同 {{number}} 结算。如需改价，请先终止合同。',
    'This buyer pays by contract {{number}} in this time. End the contract first to change the price.',
  ],
  'problem.tax_rule_too_early': [
    '税率只能从明天起生效，已成交的不变。',
    'A tax rule can begin tomorrow at the earliest; what was sold keeps its rate.',
  ],
  'problem.tax_rule_exists': [
    '该类别自这一天起已有税率，请换生效日。',
    'There is a rule for this class from that day on. Choose another first day.',
  ],
  'problem.weight_answer_late': [
    '已过答复期，按约定上限计价，不再变动。',
    'The time to answer is over; the bill stands as it is.',
  ],
  'problem.day_closed': [
    '{{day}} 不配送（{{reason}}），请选择其他日期。',
    'No delivery on {{day}} ({{reason}}). Choose another day.',
  ],
  'problem.day_not_served': [
    '该收货点 {{day}} 不在配送日内，请选择其他日期。',
    '{{day}} is not a delivery day of this site. Choose another day.',
  ],
  'problem.day_out_of_range': [
    '只能预订未来 {{days}} 天内的配送。',
    'Orders can be placed at most {{days}} days ahead.',
  ],
  'problem.cut_off_passed': [
    '已过截单时间（{{time}}），请改选下一个配送日。',
    'The cut-off ({{time}}) has passed. Choose the next delivery day.',
  ],
  'problem.below_minimum': [
    '未达起送金额 {{minimum}}，还差 {{missing}}。',
    'Below the minimum order of {{minimum}}; {{missing}} more is needed.',
  ],
  'problem.off_step': [
    '数量须从 {{min}} 起、按 {{step}} 的倍数订购，最多 {{max}}。',
    'Order from {{min}} to {{max}}, in steps of {{step}}.',
  ],
  'problem.price_missing': [
    '该商品暂无有效价格，请联系供货方。',
    'There is no valid price for this item. Contact the supplier.',
  ],
  'problem.total_changed': [
    '价格有变动，最新合计为 {{total}}，请确认后再提交。',
    'Prices have changed; the total is now {{total}}. Check and send again.',
  ],
  'problem.not_available': [
    '部分商品在该配送日供应不足，请调整标出的数量。',
    'Some goods are short for that delivery day. Adjust the marked quantities.',
  ],
  'problem.credit_exceeded': [
    '超出信用额度，可用额度 {{available}}。请减少数量或先付款。',
    'This exceeds the credit line; {{available}} is available. Order less or pay first.',
  ],
  'problem.needs_second_person': [
    '食堂验收须两人，请由另一位验收员确认。',
    'Canteens need two people to accept. Ask another acceptor to confirm.',
  ],
  'problem.window_not_offered': [
    '该收货点不提供这个送达时段，请重新选择。',
    'This delivery window is not offered for the site. Choose again.',
  ],
  'problem.lot_already_shipped': [
    '该批次已在另一张发货单上。',
    'This lot is already on another consignment.',
  ],
  'problem.receipt_mismatch': [
    '实收加拒收须等于到货数量 {{expected}}。',
    'Accepted plus refused must equal the {{expected}} that arrived.',
  ],
} satisfies Record<`problem.${ProblemCode}`, Pair>)
