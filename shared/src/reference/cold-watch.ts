/** Words of the watch over temperatures, for contracts, verbs and screens. */
export const deviceKinds = ['truck_box', 'cold_room', 'probe'] as const
/** `none`: never heard. `off`: revoked. */
export const deviceStates = ['fine', 'warm', 'cold', 'silent', 'none', 'off'] as const
export const alarmKinds = ['warm', 'reject', 'cold', 'silent'] as const
export const alarmDecisions = ['release', 'return', 'dispose'] as const
/** Of goods: held until decided; decided; handed over before it was known; lying in a room. */
export const holdStatuses = ['held', 'release', 'return', 'dispose', 'passed', 'listed'] as const

export type AlarmKind = (typeof alarmKinds)[number]
export type AlarmDecision = (typeof alarmDecisions)[number]
export type DeviceState = (typeof deviceStates)[number]
