import type { Pair } from './messages.ts'

/** Refusals of plans, devices, runs and the door. */
export const drivingProblems = {
  'problem.no_vehicles': ['没有可用车辆，请先安排车辆。', 'No vehicle is available. Arrange one first.'],
  'problem.pre_cool_missing': ['请先记录车厢预冷温度。', 'Record the pre-cool temperature of the box first.'],
  'problem.delivery_mismatch': [
    '签收加拒收须等于应送数量 {{expected}}。',
    'Delivered plus refused must equal the {{expected}} aboard.',
  ],
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
    '{{count}} [order|orders] [is|are] not picked yet. Dispatch when picking is done.',
  ],
  'problem.device_unknown': [
    '没有登记这个编号的温度设备。',
    'No temperature device with this serial is registered.',
  ],
  'problem.device_revoked': [
    '这台温度设备已停用。',
    'This temperature device has been taken out of service.',
  ],
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
  'problem.tote_of_later_trip': [
    '这个周转箱属于第 {{trip}} 趟，回来后再装。',
    'That tote is of trip {{trip}}. Load it when the truck is back.',
  ],
  'problem.trip_not_gone': [
    '这一站属于第 {{trip}} 趟，还没有出发。',
    'That stop is of trip {{trip}}, which has not left yet.',
  ],
  'problem.totes_not_loaded': [
    '还有 {{count}} 个周转箱没有装车。',
    '{{count}} [tote|totes] [is|are] not aboard yet.',
  ],
  'problem.temperature_missing': [
    '有冷链货物，请先测量并填写温度。',
    'There are cold goods: measure and enter the temperature first.',
  ],
  'problem.stops_open': [
    '还有 {{count}} 个站点没有完成。',
    '{{count}} [stop|stops] [is|are] not closed yet.',
  ],
  'problem.trip_check_incomplete': [
    '行车前检查没有做完，或有不合格的项目：{{items}}。',
    'The check before the trip is not complete, or not in order: {{items}}.',
  ],
  'problem.pin_wrong': [
    '收货码不对，请向收货人再问一次。',
    'That number is not right. Ask the receiver again.',
  ],
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
  'problem.link_code_wrong': [
    '验证码不对，还可以试 {{left}} 次。',
    'That code is not right. {{left}} tries are left.',
  ],
  'problem.link_code_over': ['验证码已失效，请重新获取。', 'That code is over. Ask for a new one.'],
  'problem.proof_missing': ['请先取得收货人签名或照片。', 'Get the receiver’s signature or a photo first.'],
  'problem.layout_over_capacity': [
    '各车厢合计超过 {{plate}} 的载重或容积，请改小。',
    'Together the compartments carry more than {{plate}} does. Make them smaller.',
  ],
  'problem.proposal_outdated': [
    '排线在此期间被改动过，这个方案已不适用，请重新计算。',
    'The plan has changed meanwhile and this proposal no longer fits. Have it planned again.',
  ],
  'problem.nothing_packed': [
    '还没有拣好的货，拣货后才有单证。',
    'Nothing is packed yet. The papers are there once the goods are picked.',
  ],
} satisfies Record<`problem.${string}`, Pair>
