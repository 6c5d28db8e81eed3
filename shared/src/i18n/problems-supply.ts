import type { Pair } from './messages.ts'

/** Refusals of forecasts, call-offs, consignments, receiving and crates. */
export const supplyProblems = {
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
  'problem.slot_overlaps': [
    '与同一天的另一个时段重叠，请先把那个时段改为 0 个月台。',
    'It lies over another slot of the same day. Set that one to 0 doors first.',
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
  'problem.licence_unchecked': [
    '供货方的证照超过半年没有与登记核对，核对前不能出售。',
    'The seller’s licences were not compared with the register for half a year. Nothing is sold until they are.',
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
} satisfies Record<`problem.${string}`, Pair>
