/** 138****5678: enough to recognise a number, not to call it. */
export const maskedPhone = (phone: string): string => `${phone.slice(0, 3)}****${phone.slice(-4)}`
