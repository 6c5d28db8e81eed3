import type { FastifyInstance, FastifyReply } from 'fastify'
import type { Books } from './books.ts'
import { readForm, textOf } from './form.ts'
import { ApiError, type Intent, type Method } from './objects.ts'
import { confirmIntent } from './routes.ts'

const names: Record<string, string> = {
  card: '银行卡 Card',
  alipay: '支付宝 Alipay',
  wechat_pay: '微信支付 WeChat Pay',
}

/**
 * The page that a payer of sample money pays on: `/pay/:intent?secret=…&back=…`. Only who has the intent's secret may
 * use it, and `back` is followed only to where the payer came from by http(s).
 */
export function payPage(app: FastifyInstance, books: Books): void {
  app.get<{ Params: { id: string }; Querystring: Record<string, string> }>(
    '/pay/:id',
    async (request, reply) => {
      const { secret = '', back = '', method = '' } = request.query
      const intent = owned(books, request.params.id, secret)
      if (!intent) return html(reply, 404, '<h1>没有这笔付款 No such payment</h1>')
      return html(reply, 200, pageOf(intent, secret, safe(back), method))
    },
  )

  app.post<{ Params: { id: string } }>('/pay/:id', async (request, reply) => {
    const form = readForm(typeof request.body === 'string' ? request.body : '')
    const intent = owned(books, request.params.id, textOf(form['secret']))
    if (!intent) return html(reply, 404, '<h1>没有这笔付款 No such payment</h1>')
    const back = safe(textOf(form['back']))
    const done = act(books, intent, textOf(form['method']), textOf(form['outcome']))
    const secret = textOf(form['secret'])
    if (!done) return html(reply, 409, pageOf(intent, secret, back, ''))
    if (back) return reply.redirect(back, 303)
    return html(reply, 200, pageOf(intent, secret, '', ''))
  })
}

/** The page at which a party of the sample would tell about itself: `/onboard/:account`. */
export function onboardPage(app: FastifyInstance, books: Books): void {
  app.get<{ Params: { id: string } }>('/onboard/:id', async (request, reply) => {
    const account = books.accounts.get(request.params.id)
    if (!account) return html(reply, 404, '<h1>没有这个账户 No such account</h1>')
    const state = account.payouts_enabled
      ? '<p>已开通 Ready</p>'
      : '<form method="post"><button>完成开通 Finish</button></form>'
    return html(reply, 200, `<h1>渠道收款账户 示例</h1>${state}`)
  })
  app.post<{ Params: { id: string } }>('/onboard/:id', async (request, reply) => {
    const account = books.accounts.get(request.params.id)
    if (!account) return html(reply, 404, '<h1>没有这个账户 No such account</h1>')
    Object.assign(account, { charges_enabled: true, payouts_enabled: true, details_submitted: true })
    books.tell('account.updated', account)
    return html(reply, 200, '<h1>已开通 Ready 示例</h1>')
  })
}

/** What the payer did on the page; false when the payment stands otherwise by now. */
export function act(books: Books, intent: Intent, method: string, outcome: string): boolean {
  try {
    if (outcome === 'fail') books.fail(intent)
    else {
      if (intent.status === 'requires_payment_method' && method !== 'card')
        confirmIntent(books, intent, method, '')
      books.succeed(intent, method as Method)
    }
    return true
  } catch (error) {
    if (error instanceof ApiError) return false
    throw error
  }
}

function owned(books: Books, id: string, secret: string): Intent | undefined {
  const intent = books.intents.get(id)
  return intent && secret !== '' && intent.client_secret === secret ? intent : undefined
}

const safe = (back: string): string => (/^https?:\/\/[^\s"'<>]+$/.test(back) ? back : '')
const escaped = (text: string): string => text.replace(/[&<>"']/g, (c) => `&#${c.charCodeAt(0)};`)

function pageOf(intent: Intent, secret: string, back: string, method: string): string {
  const amount = `¥${(intent.amount / 100).toFixed(2)}`
  if (intent.status === 'succeeded' || intent.status === 'canceled')
    return `<h1>${intent.status === 'succeeded' ? '已付款 Paid' : '已取消 Cancelled'} ${amount}</h1>
      ${back ? `<p><a href="${escaped(back)}">返回 Back</a></p>` : ''}`
  const offered = intent.payment_method_types
  const chosen = offered.includes(method) ? [method] : offered
  return `<h1>${amount}</h1><p>模拟支付，不产生真实扣款 示例<br>Sample payment, no money moves</p>
    <form method="post">
      <input type="hidden" name="secret" value="${escaped(secret)}"><input type="hidden" name="back" value="${escaped(back)}">
      ${chosen
        .map(
          (one, i) =>
            `<label><input type="radio" name="method" value="${escaped(one)}"${i === 0 ? ' checked' : ''}> ${names[one] ?? ''}</label>`,
        )
        .join('')}
      <button name="outcome" value="succeed">付款 Pay</button>
      <button name="outcome" value="fail" class="plain">付款失败 Let it fail</button>
    </form>`
}

function html(reply: FastifyReply, status: number, body: string): FastifyReply {
  return reply
    .code(status)
    .header('content-type', 'text/html; charset=utf-8')
    .header('cache-control', 'no-store')
    .header('referrer-policy', 'no-referrer')
    .header(
      'content-security-policy',
      "default-src 'none'; style-src 'unsafe-inline'; form-action *; base-uri 'none'",
    )
    .send(`<!doctype html><html lang="zh-CN"><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>模拟支付 Sample payment</title>
<style>body{font:18px/1.6 sans-serif;max-width:26rem;margin:2rem auto;padding:0 1rem}label{display:block;padding:.7rem 0}
button{font:inherit;display:block;width:100%;min-height:48px;margin:.6rem 0;border:0;border-radius:8px;background:#14532d;color:#fff}
button.plain{background:#fff;color:#14532d;border:1px solid #14532d}</style>
<main>${body}</main></html>`)
}
