import type { ProblemCode } from '../problems.ts'
import { messages, type Pair } from './messages.ts'
import { productionProblems } from './problems-production.ts'
import { tracingProblems } from './problems-tracing.ts'

/** What each refusal says to the person, and what to do next. */
export const problemMessages = messages({
  ...productionProblems,
  ...tracingProblems,
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
  'problem.out_of_season': [
    '采收日不在该商品的上市季内，请核对日期，或先在商品里修改上市季。',
    'The harvest day is out of the product’s season. Check the day, or change the season at the product first.',
  ],
  'problem.forecast_past': [
    '采收日已过，或送到时已不在保质期内，请改选以后的日期。',
    'The harvest day is over, or the goods would not last until they arrive. Choose a later day.',
  ],
  'problem.harvest_outside_week': [
    '采收日须在所填的那一周内。',
    'The harvest day must lie in the week it is entered for.',
  ],
  'problem.harvest_promised': [
    '已有订单要在 {{day}} 送达，不能推迟采收；如确需改期，请在要货单里提出换一天。',
    'Orders for {{day}} wait for this harvest, so it cannot be put off. Offer another day at the call-off instead.',
  ],
  'problem.cut_off_unreachable': [
    '这样设置货赶不上：{{step}}来不及{{what}}，晚 {{minutes}} 分钟；最晚须在 {{latest}}。',
    'Goods could not meet this: {{step}}{{what}} would be {{minutes}} minutes too late. The latest time is {{latest}}.',
  ],
  'problem.call_off_after_cut_off': [
    '要货时间不能晚于截单时间，请改早要货时间或改晚截单时间。',
    'Goods cannot be called off after the cut-off. Call off earlier, or close later.',
  ],
  'problem.cut_off_begun': [
    '所选起始日的截单（{{at}}）已过，请从更晚的一天起生效。',
    'The cut-off of the first day ({{at}}) has passed. Let it begin on a later day.',
  ],
  'problem.timeline_missing': [
    '还没有填写“{{step}}”所需的时间，无法核对，请先补上。',
    'Nobody has said how long {{step}} takes, so this cannot be checked. Enter that first.',
  ],
  'problem.making_too_long': [
    '按现在的要货时间，最多只来得及备货 {{hours}} 小时；更久的请提前做好，填 0 小时。',
    'The call-off leaves at most {{hours}} hours for making. Make such goods ahead and enter 0 hours.',
  ],
  'problem.offer_unfit': [
    '这个批次不能代替所要的货（温区、致敏原、保质期或到货时间不符，或已没有待供的订单），请换一个批次。',
    'This lot cannot stand for what is called off: zone, allergens, life or arrival differ, or no order waits any more. Choose another.',
  ],
  'problem.legs_broken': [
    '第 {{leg}} 段运输与前一段接不上，请检查起止地点和时间。',
    'Leg {{leg}} does not follow from the one before. Check its places and times.',
  ],
  'problem.handover_order': [
    '请按顺序登记交接，下一个是第 {{next}} 个交接点。',
    'Record hand-overs in their order; the next one is point {{next}}.',
  ],
  'problem.slot_unknown': [
    '仓库在这个时间不收货，请另选时段。',
    'The dock takes no trucks at this time. Choose another slot.',
  ],
  'problem.slot_full': [
    '{{from}} 的时段已约满，请另选时段。',
    'The slot at {{from}} is full. Choose another one.',
  ],
  'problem.slot_past': ['这个时段已过，请另选时段。', 'This slot is over. Choose a later one.'],
  'problem.over_call_off': [
    '确认数量不能超过要货数量 {{quantity}}。',
    'No more than the {{quantity}} called off can be confirmed.',
  ],
  'problem.reason_missing': ['请填写原因。', 'Please give a reason.'],
  'problem.consignment_empty': [
    '发货单里还没有批次，请先添加。',
    'There are no lots on this consignment yet. Add some first.',
  ],
  'problem.set_point_wrong': [
    '冷链货物须填写车厢设定温度，且不高于 {{max}}。',
    'Cold goods need the set point of the vehicle, at most {{max}}.',
  ],
  'problem.times_wrong': [
    '预计到达须晚于发车时间，且在 7 天以内。',
    'The expected arrival must be after departure and within 7 days.',
  ],
  'problem.licence_expired': [
    '{{holder}}的{{licence}}已过期，更新并审核通过后才能上架、发货和收货。',
    'The {{licence}} of {{holder}} has expired. Renew it and have it reviewed before goods are listed, shipped or taken in.',
  ],
  'problem.licence_missing': [
    '{{holder}}还没有审核通过的{{licence}}，通过后才能上架、发货和收货。',
    'No {{licence}} of {{holder}} has been reviewed yet. Goods are listed, shipped and taken in only after that.',
  ],
  'problem.licence_out_of_scope': [
    '{{holder}}的{{licence}}不包含这类商品，请核对品类或提交含该类别的证照。',
    'The {{licence}} of {{holder}} does not cover goods of this class. Check the category, or send a licence that does.',
  ],
  'problem.edible_basis_missing': [
    '林下与药食同源商品要注明可食用依据，才能作为食品上架。',
    'Say why this forest product may be eaten before it is listed as food.',
  ],
  'problem.too_warm': [
    '表面温度超过拒收线 {{limit}}，只能拒收。',
    'The surface is above the limit of {{limit}}: the goods must be refused.',
  ],
  'problem.lot_expired': ['该批次已过期，只能拒收。', 'The lot has expired: it must be refused.'],
  'problem.lines_open': [
    '还有 {{open}} 个批次没有收货，请先完成。',
    '{{open}} lots have not been received yet. Finish them first.',
  ],
  'problem.trip_log_missing': [
    '先录入{{zone}}的途中温度，再收货。',
    'Enter the trip temperature of the {{zone}} zone first.',
  ],
  'problem.trip_too_warm': [
    '{{zone}}途中超温 {{minutes}} 分钟。可以拒收，或请主管、食品安全员写明理由放行。',
    'The {{zone}} zone was too warm for {{minutes}} minutes on the way. Refuse the goods, or have the lead or food safety let them pass with a reason.',
  ],
  'problem.logger_unreadable': [
    '记录仪文件第 {{line}} 行读不出来。每行应有时间和温度。',
    'Line {{line}} of the logger file cannot be read. Each line needs a time and a temperature.',
  ],
  'problem.logger_other_trip': [
    '记录仪的时间不在这趟运输之内，请换对应的文件。',
    'The logger’s times are not of this trip. Choose the right file.',
  ],
  'problem.net_not_positive': [
    '毛重减皮重不大于 0，请核对重量和筐数。',
    'Gross less tare is not above 0. Check the weight and the crates.',
  ],
  'problem.weight_missing': [
    '这个批次按重量结算，请先过磅。',
    'This lot is settled by weight. Weigh it first.',
  ],
  'problem.life_too_short': [
    '剩余 {{left}} 天，入库至少要 {{needed}} 天。可以拒收，或请主管、食品安全员写明理由放行。',
    '{{left}} days are left and the dock asks for {{needed}}. Refuse the goods, or have the lead or food safety let them pass with a reason.',
  ],
  'problem.fate_missing': [
    '请选拒收的货交还司机还是当场销毁。',
    'Say whether the refused goods go back with the driver or are destroyed.',
  ],
  'problem.expired_not_back': [
    '过期食品不得退回供货方，只能销毁。',
    'Expired food must not go back to the supplier. It is destroyed.',
  ],
  'problem.photo_missing': ['请拍一张照片作为凭证。', 'Take a photo as evidence.'],
  'problem.same_person': [
    '点收的人不能自己复核，请另一位同事用自己的账号确认。',
    'Whoever counted cannot confirm it. Ask a colleague to confirm on their own sign-in.',
  ],
  'problem.count_differs': ['两个人的数量不一样，请重新点收。', 'The two counts differ. Count again.'],
  'problem.bin_unknown': [
    '没有这个货位：{{bin}}。请扫货架上的码。',
    'There is no bin {{bin}}. Scan the code on the shelf.',
  ],
  'problem.door_taken': [
    '{{dock}} 号月台这个时段已经有车，请换一个月台或时段。',
    'Door {{dock}} has a truck in this slot. Choose another door or slot.',
  ],
  'problem.crates_short': [
    '账上只有 {{has}} 只。如果实物更多，请写明来源。',
    'Only {{has}} are on the books. If there are more, say where they come from.',
  ],
  'problem.crate_type_closed': [
    '这种筐已停用或不存在，请选别的。',
    'This kind of crate is unknown or no longer in use. Choose another.',
  ],
  'problem.crate_code_taken': ['这个筐型编号已经有了。', 'There is already a crate type with this code.'],
  'problem.wave_empty': ['没有可拣的订单。', 'There are no orders to pick.'],
  'problem.proposal_outdated': [
    '排线在此期间被改动过，这个方案已不适用，请重新计算。',
    'The plan has changed meanwhile and this proposal no longer fits. Have it planned again.',
  ],
  'problem.nothing_packed': [
    '还没有拣好的货，拣货后才有单证。',
    'Nothing is packed yet. The papers are there once the goods are picked.',
  ],
  'problem.wrong_lot': ['批号不对：请拣 {{expected}}。', 'Wrong lot: pick {{expected}}.'],
  'problem.over_pick': ['拣货数量不能超过 {{max}}。', 'No more than {{max}} can be picked.'],
  'problem.weight_out_of_tolerance': [
    '称重超出允许误差（{{min}}–{{max}}），请复称。',
    'The weight is outside the tolerance ({{min}}–{{max}}). Weigh it again.',
  ],
  'problem.wrong_tote': ['箱号不对：请放入 {{expected}}。', 'Wrong tote: put it into {{expected}}.'],
  'problem.under_pick': [
    '数量不足 {{quantity}}；如货不够，请按“短拣”并选择原因。',
    'That is less than {{quantity}}. If there is no more, use “short” and give the reason.',
  ],
  'problem.tote_unfinished': [
    '这个箱子还有 {{open}} 项未拣，不能封箱。',
    '{{open}} picks of this tote are still open; it cannot be sealed.',
  ],
  'problem.tote_mixes_handling': [
    '生熟不能混装：此箱装{{holds}}，请放入 {{expected}}。',
    'Raw and ready-to-eat goods may not share a tote: this one holds {{holds}}. Put it into {{expected}}.',
  ],
  'problem.tote_mixes_allergen': [
    '含花生的货要单独装箱：此箱装{{holds}}，请放入 {{expected}}。',
    'Peanut goods have totes of their own: this one holds {{holds}}. Put it into {{expected}}.',
  ],
  'problem.tote_mixes_lots': [
    '散货不同批次不能混在一箱：此箱只装批次 {{holds}}，请放入 {{expected}}。',
    'Lots of loose goods are never mixed: this tote holds lot {{holds}} only. Put it into {{expected}}.',
  ],
  'problem.tote_other_zone': [
    '温区不同：此箱属{{holds}}，请放入 {{expected}}。',
    'That tote is of another temperature zone ({{holds}}). Put it into {{expected}}.',
  ],
  'problem.tote_held': [
    '这个箱子在{{who}}手上，请先交接（扫箱码接手）。',
    '{{who}} has this tote in hand. Take it over first by scanning its code.',
  ],
  'problem.tote_unchecked': [
    '这个箱子还没复核，请先过秤或点数。',
    'This tote has not been checked yet. Weigh it or count it first.',
  ],
  'problem.tote_stopped_lot': [
    '箱内批次 {{lot}} 已停售，不能封箱；请取出隔离。',
    'Lot {{lot}} in this tote is stopped. Take it out and set it apart before sealing.',
  ],
  'problem.count_incomplete': [
    '请把箱内每一项都点数（还差 {{missing}} 项）。',
    'Count everything in the tote ({{missing}} still to count).',
  ],
  'problem.later_lot_first': [
    '请先拣更早到期的批次，或说明原因。',
    'Pick the lot that expires earlier first, or give a reason.',
  ],
  'problem.no_vehicles': ['没有可用车辆，请先安排车辆。', 'No vehicle is available. Arrange one first.'],
  'problem.pre_cool_missing': ['请先记录车厢预冷温度。', 'Record the pre-cool temperature of the box first.'],
  'problem.delivery_mismatch': [
    '签收加拒收须等于应送数量 {{expected}}。',
    'Delivered plus refused must equal the {{expected}} aboard.',
  ],
  'problem.bin_short': [
    '货位{{bin}}里没有这么多货，请刷新后再试。',
    'There is not so much in bin {{bin}}. Refresh and try again.',
  ],
  'problem.bin_closed': ['这个货位已停用。', 'This bin is closed.'],
  'problem.bin_move_forbidden': [
    '货物不能这样移动：退货只能进待销毁区，待销毁的货不能再出来，隔离的货须由食品安全人员放行。',
    'Goods may not go this way: returns only go to be destroyed, nothing comes back from there, and quarantine is released by food safety.',
  ],
  'problem.bin_wrong_zone': [
    '这批货须放在{{zone}}，不能放到{{bin}}。',
    'These goods belong in {{zone}}. Bin {{bin}} is of another zone.',
  ],
  'problem.bin_code_taken': ['本仓已有这个货位编号。', 'The hub has a bin with this code.'],
  'problem.bin_fixed': [
    '货位的编号、温区和用途建好后不能更改，请新建一个货位。',
    'A bin keeps its code, zone and kind. Open another one.',
  ],
  'problem.bin_not_empty': [
    '货位{{bin}}里还有货，不能停用。',
    'Bin {{bin}} is not empty and cannot be closed.',
  ],
  'problem.picks_stand_on_it': [
    '有{{count}}（基本单位）已分给正在拣的订单。请先拣完或报缺货，或暂停整个批次。',
    'Orders being picked stand on {{count}} (base units) of it. Finish or short those picks first, or hold the whole lot.',
  ],
  'problem.over_return': [
    '退回的数量多于从这批货里拣出的数量，最多{{max}}。',
    'More than was ever picked of this lot. At most {{max}}.',
  ],
  'problem.over_free': [
    '批次{{lot}}可调拨的只有{{max}}（基本单位），其余已承诺给订单。',
    'Only {{max}} (base units) of lot {{lot}} is free. The rest is promised to orders.',
  ],
  'problem.over_transfer': ['超出调拨单要求的数量，最多{{max}}。', 'More than was asked. At most {{max}}.'],
  'problem.lot_on_the_way': [
    '批次{{lot}}上一车还没到对方仓库，收货后才能再发。',
    'Lot {{lot}} is still on its way there. Send more of it once it has been received.',
  ],
  'problem.lot_not_here': ['这个批次不属于本仓。', 'This lot is not of this hub.'],
  'problem.count_open': ['货位{{bin}}已有未完成的盘点。', 'Bin {{bin}} is already being counted.'],
  'problem.goods_expired': [
    '批次{{lot}}已过期，只能送去销毁。',
    'Lot {{lot}} has expired. It can only be destroyed.',
  ],
  'problem.other_person_needed': ['这一步须由另一位同事来做。', 'Somebody else must do this step.'],
  'problem.not_near_expiry': ['这个批次还没有进入临期。', 'This lot is not near its expiry yet.'],
  'problem.over_capacity': [
    '{{plate}} 装不下：超出载重或容积。',
    '{{plate}} cannot take this: too heavy or too large.',
  ],
  'problem.zone_not_carried': [
    '{{plate}} 不能运输这种温区的货物。',
    '{{plate}} does not carry this temperature zone.',
  ],
  'problem.driver_missing': ['请先为 {{plate}} 安排司机。', 'Give {{plate}} a driver first.'],
  'problem.driver_busy': [
    '{{driver}} 当天已有另一趟车，请换一位司机。',
    '{{driver}} already has another run that day. Choose another driver.',
  ],
  'problem.orders_not_picked': [
    '还有 {{count}} 个订单没有拣完，请等拣货完成后再派车。',
    '{{count}} orders are not picked yet. Dispatch when picking is done.',
  ],
  'problem.device_unknown': ['没有登记这个编号的温度设备。', 'No temperature device with this serial is registered.'],
  'problem.device_revoked': ['这台温度设备已停用。', 'This temperature device has been taken out of service.'],
  'problem.device_signature_wrong': [
    '签名不符，请检查设备密钥。',
    'The signature does not match. Check the secret of the device.',
  ],
  'problem.device_clock_off': [
    '设备时钟偏差超过 {{minutes}} 分钟，请先校时。',
    'The clock of the device is off by more than {{minutes}} minutes. Set it first.',
  ],
  'problem.device_replayed': [
    '这条消息已经收到过，请换一个随机数再发。',
    'This message was received before. Send with a new nonce.',
  ],
  'problem.readings_out_of_time': [
    '有读数的时间在将来，或早于 {{days}} 天。',
    'Some readings are of the future, or older than {{days}} days.',
  ],
  'problem.device_serial_taken': ['这个设备编号已登记。', 'A device with this serial is registered already.'],
  'problem.device_place_wrong': [
    '车厢设备须选本仓车辆，库房设备不能选车辆。',
    'A device of a truck needs a vehicle of this hub; one of a room has none.',
  ],
  'problem.temperature_limits_wrong': [
    '限值次序不对：下限须低于预警，拒收不能低于预警。',
    'The limits are out of order: low below warning, reject not below warning.',
  ],
  'problem.rule_not_ahead': [
    '新限值须晚于现行限值的生效日。',
    'New limits must begin after the ones in force.',
  ],
  'problem.goods_held_warm': [
    '批次{{lots}}因温度报警暂扣或须退回，不能交付。',
    'Lots {{lots}} are held or called back for a temperature alarm. Do not hand them over.',
  ],
  'problem.odometer_backwards': [
    '返回里程不能小于出发里程，也不能多出 3000 公里。',
    'The odometer cannot run backwards, nor 3,000 km in one run.',
  ],
  'problem.tote_not_on_run': [
    '{{code}} 不属于这趟车，请勿装车。',
    '{{code}} is not of this run. Do not load it.',
  ],
  'problem.totes_not_loaded': ['还有 {{count}} 个周转箱没有装车。', '{{count}} totes are not aboard yet.'],
  'problem.temperature_missing': [
    '有冷链货物，请先测量并填写温度。',
    'There are cold goods: measure and enter the temperature first.',
  ],
  'problem.stops_open': ['还有 {{count}} 个站点没有完成。', '{{count}} stops are not closed yet.'],
  'problem.goods_recalled': [
    '批次 {{lots}} 正在召回，不得交付。请按“召回”退回，随车带回仓库。',
    'Lot {{lots}} is being recalled: do not hand it over. Return it as “recalled” and bring it back.',
  ],
  'problem.tote_recalled': [
    '箱内有召回批次 {{lots}}，请先取出隔离，再封箱装车。',
    'There is recalled lot {{lots}} in the tote. Take it out and set it apart first.',
  ],
  'problem.recall_tasks_open': [
    '还有 {{count}} 处召回货物没有取回，请先完成。',
    'Recalled goods in {{count}} places are not fetched yet.',
  ],
  'problem.recall_not_witnessed': [
    '还有 {{count}} 条销毁记录没有第二人见证，请先在销毁台确认。',
    '{{count}} records of disposal await a second person. Confirm them at the disposal desk first.',
  ],
  'problem.recall_quantities_wrong': [
    '数量不对：合计不能超过 {{max}}。',
    'The quantities do not fit: together at most {{max}}.',
  ],
  'problem.trip_check_incomplete': [
    '行车前检查没有做完，或有不合格的项目：{{items}}。',
    'The check before the trip is not complete, or not in order: {{items}}.',
  ],
  'problem.pin_wrong': ['收货码不对，请向收货人再问一次。', 'That number is not right. Ask the receiver again.'],
  'problem.pin_locked': [
    '收货码错了太多次，请改用签名。',
    'The number was wrong too often. Get a signature instead.',
  ],
  'problem.tote_not_here': ['{{code}} 不是这一站的箱子。', '{{code}} is not a tote of this stop.'],
  'problem.wait_longer': [
    '请先打电话，并在门口等满 {{minutes}} 分钟。',
    'Call first, and wait {{minutes}} minutes at the door.',
  ],
  'problem.link_over': [
    '这个链接不能用了，请向调度要新的。',
    'This link is no longer valid. Ask the dispatcher for a new one.',
  ],
  'problem.link_code_wrong': ['验证码不对，还可以试 {{left}} 次。', 'That code is not right. {{left}} tries are left.'],
  'problem.link_code_over': ['验证码已失效，请重新获取。', 'That code is over. Ask for a new one.'],
  'problem.proof_missing': ['请先取得收货人签名或照片。', 'Get the receiver’s signature or a photo first.'],
} satisfies Record<`problem.${ProblemCode}`, Pair>)
