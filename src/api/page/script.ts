/** What runs in the browser, as it stands: no build step, no dependency. Text from the API goes in as text, never as markup. */
export const script = String.raw`(() => {
const api = '/api/app/v1', page = document.getElementById('page'), problem = document.getElementById('problem')
const keep = (name, value) => { try { if (value === undefined) return sessionStorage.getItem(name); value === null ? sessionStorage.removeItem(name) : sessionStorage.setItem(name, value) } catch { return null } }
let config = null, evse = null, follower = null, started = null
const newKey = () => Array.from(crypto.getRandomValues(new Uint8Array(16)), (b) => b.toString(16).padStart(2, '0')).join('')
const show = (...nodes) => { page.replaceChildren(...nodes.flat().filter(Boolean)); say('') }
const say = (text) => { problem.textContent = text; problem.hidden = !text }
function el(name, props = {}, ...inner) {
  const node = document.createElement(name)
  for (const [key, value] of Object.entries(props)) key.startsWith('on') ? node.addEventListener(key.slice(2), value) : key === 'class' ? (node.className = value) : node.setAttribute(key, value)
  node.append(...inner.flat().filter((one) => one !== null && one !== undefined && one !== false))
  return node
}
async function call(method, path, body, key) {
  const send = () => fetch(api + path, { method, headers: { ...(body ? { 'Content-Type': 'application/json' } : {}), ...(key ? { 'Idempotency-Key': key } : {}), ...(keep('access') ? { Authorization: 'Bearer ' + keep('access') } : {}) }, body: body && JSON.stringify(body) })
  let answer = await send().catch(() => null)
  if (answer?.status === 401 && keep('refresh') && (await renew())) answer = await send().catch(() => null)
  // the same key makes the second try harmless
  if (!answer && (key || method === 'GET')) { await new Promise((done) => setTimeout(done, 1500)); answer = await send().catch(() => null) }
  if (!answer) throw new Error('There is no connection. Check your phone’s signal and try again.')
  const data = answer.status === 204 ? null : await answer.json().catch(() => null)
  if (!answer.ok) throw Object.assign(new Error(data?.detail || 'That did not work. Try again.'), { code: data?.code, status: answer.status })
  return data
}
async function renew() {
  const refreshToken = keep('refresh')
  keep('access', null); keep('refresh', null)
  const answer = await fetch(api + '/auth/refresh', { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify({ refreshToken }) }).catch(() => null)
  if (!answer?.ok) return false
  signedIn(await answer.json())
  return true
}
const signedIn = (tokens) => { keep('access', tokens.accessToken); keep('refresh', tokens.refreshToken) }
const forgetMe = () => { keep('access', null); keep('refresh', null) }
const money = (minor, currency) => { const format = new Intl.NumberFormat('en-GB', { style: 'currency', currency }); return format.format(minor / 10 ** format.resolvedOptions().maximumFractionDigits) }
const kwh = (wh, digits = 2) => (wh / 1000).toLocaleString('en-GB', { minimumFractionDigits: digits, maximumFractionDigits: digits }) + ' kWh'
const time = (seconds) => { const m = Math.floor(seconds / 60); return m < 60 ? m + ' min' : Math.floor(m / 60) + ' h ' + (m % 60) + ' min' }
const at = (text, zone) => new Date(text).toLocaleString('en-GB', { dateStyle: 'medium', timeStyle: 'short', timeZone: zone })
const looks = { AVAILABLE: ['Available', 'good'], BLOCKED: ['Plugged in', 'good'], CHARGING: ['In use', 'busy'], RESERVED: ['Reserved', 'busy'], INOPERATIVE: ['Not in service', 'bad'], OUTOFORDER: ['Out of order', 'bad'], UNKNOWN: ['Offline', 'bad'] }
const states = { requested: ['Asking the charger…', 'busy'], waiting_for_plug: ['Plug in your car', 'busy'], starting: ['Starting…', 'busy'], charging: ['Charging', 'good'], suspended_ev: ['Your car has paused', 'busy'], suspended_evse: ['The charger has paused', 'busy'], finishing: ['Stopping…', 'busy'], ended: ['Ended, making the receipt…', 'good'], priced: ['Ended', 'good'], paid: ['Ended and paid', 'good'], needs_review: ['Ended; we are checking it', 'busy'], failed: ['It did not start', 'bad'] }
const pill = ([text, tone]) => el('p', { class: 'pill ' + tone }, text)
const head = () => [el('h1', {}, evse.locationName), el('p', { class: 'soft' }, [evse.chargerName, evse.label, evse.connectors[0]?.name, evse.connectors[0]?.maxPowerW ? evse.connectors[0].maxPowerW / 1000 + ' kW' : null].filter(Boolean).join(' · '))]
const field = (label, props) => el('label', {}, label, el('input', props))
function form(fields, button, send) {
  const submit = el('button', { type: 'submit' }, button)
  return el('form', { onsubmit: async (event) => { event.preventDefault(); submit.disabled = true; say(''); try { await send(Object.fromEntries(new FormData(event.target))) } catch (error) { say(error.message) } submit.disabled = false } }, fields, submit)
}
const second = (text, go) => el('button', { type: 'button', class: 'second', onclick: () => { say(''); go() } }, text)
function askCode() {
  show(el('h1', {}, 'Charge here'), el('p', { class: 'soft' }, 'Type the code that is printed on the charger.'),
    form([field('Code', { name: 'code', required: '', autocapitalize: 'characters', autocomplete: 'off' })], 'Find the charger', ({ code }) => { location.href = '/charge/' + encodeURIComponent(code.trim()) }))
}
async function charger() {
  const tariff = await call('GET', '/evses/' + evse.id + '/tariff').catch(() => null)
  const parts = [...head(), pill(looks[evse.status]), el('h2', {}, 'Price'), tariff ? el('ul', { class: 'price' }, tariff.summary.map((line) => el('li', {}, line))) : el('p', { class: 'soft' }, 'No price is set for this charger.')]
  if (!keep('access')) return show(parts, signIn())
  let context
  try { context = await call('GET', '/me/start-context?evseId=' + evse.id) } catch (error) { if (error.status !== 401 && error.status !== 403) throw error; forgetMe(); return show(parts, signIn()) }
  const { payment } = context
  show(parts, payment.required && el('p', { class: 'soft' }, 'Up to ' + money(payment.hold.amountMinor, payment.hold.currency) + ' is set aside at the start' + (payment.method === 'card' ? ' on your card' : '') + '; what is not used comes back. In your wallet: ' + money(payment.walletAvailable.amountMinor, payment.walletAvailable.currency) + '.'),
    payment.required && config.features.cards && topUp(),
    context.blockers.map(({ sentence }) => el('p', { class: 'bad' }, sentence)),
    context.allowed ? form([limits()], 'Start charging', start) : second('Look again', () => open()),
    second('Sign out', async () => { await call('POST', '/auth/logout').catch(() => {}); forgetMe(); await open() }))
}
function signIn() {
  return [config.features.guests && guest(), el('h2', {}, config.features.guests ? 'Or sign in' : 'Sign in to charge'), form([field('E-mail', { name: 'email', type: 'email', required: '', autocomplete: 'email' }), field('Password', { name: 'password', type: 'password', required: '', autocomplete: 'current-password' })], 'Sign in', async (data) => { const answer = await call('POST', '/auth/login', data); if (answer.mfaRequired) return secondFactor(answer.mfaToken); signedIn(answer); await open() }),
    second('Forgot password, or signing in for the first time?', forgot), config.features.selfRegistration && second('I have no account yet', register)]
}
function secondFactor(mfaToken) { show(el('h1', {}, 'Second step'), form([field('Code of your authenticator app, or a recovery code', { name: 'code', required: '', autocomplete: 'one-time-code' })], 'Sign in', async ({ code }) => { signedIn(await call('POST', '/auth/mfa', { mfaToken, code })); await open() }), second('Back', open)) }
const limits = () => el('label', {}, 'Charge', el('select', { name: 'limit' }, [['', 'Until I stop it or it is full'], ['5000', '5 kWh'], ['10000', '10 kWh'], ['20000', '20 kWh'], ['40000', '40 kWh']].map(([value, text]) => el('option', { value }, text))))
function guest() {
  const pays = config.features.billing
  return el('section', {}, el('h2', {}, 'Charge without an account'), pays && el('p', { class: 'soft' }, 'You pay by card on a page of our payment provider. An amount is set aside; what is not used is given back.'),
    form([limits()], pays ? 'Pay by card and charge' : 'Start charging', async (data) => {
      const { session, tokens } = await call('POST', '/guest-sessions', { evseId: evse.id, ...(data.limit ? { limit: { energyWh: Number(data.limit) } } : {}) })
      signedIn(tokens)
      if (session.paymentId) await pay(session)
      await follow(session)
    }))
}
async function pay(session) {
  for (let n = 0; n < 20; n++) {
    const payment = await call('GET', '/me/payments/' + session.paymentId)
    if (payment.checkoutUrl) { location.href = payment.checkoutUrl; return new Promise(() => {}) }
    if (payment.failure) throw new Error(payment.failure)
    await new Promise((done) => setTimeout(done, 700))
  }
  throw new Error('The payment page cannot be reached at the moment. Try again.')
}
const sent = (what) => show(el('h1', {}, 'Look into your mail'), el('p', {}, 'If the address is right, a link ' + what + ' is on its way.'), second('Back', open))
function forgot() { show(el('h1', {}, 'Set a password'), form([field('E-mail', { name: 'email', type: 'email', required: '', autocomplete: 'email' })], 'Send me a link', async (data) => { await call('POST', '/auth/forgot-password', data); sent('to set a password') }), second('Back', open)) }
function register() { show(el('h1', {}, 'New account'), form([field('Name', { name: 'name', required: '', autocomplete: 'name' }), field('E-mail', { name: 'email', type: 'email', required: '', autocomplete: 'email' }), field('Password, at least 10 characters', { name: 'password', type: 'password', required: '', minlength: '10', autocomplete: 'new-password' })], 'Register', async (data) => { await call('POST', '/auth/register', data); sent('to confirm it') }), second('Back', open)) }
const topUp = () => el('details', {}, el('summary', {}, 'Top up the wallet'), form([field('Amount (' + config.currency + ')', { name: 'amount', type: 'number', min: '1', max: '1000', step: '0.01', value: '20', required: '', inputmode: 'decimal' })], 'Pay by card', async ({ amount }) => {
  const payment = await call('POST', '/me/wallet/top-ups', { amountMinor: Math.round(Number(amount) * 100) }, newKey())
  await pay({ paymentId: payment.id })
}))
async function start(data) {
  // one wish, one key: pressed again after a lost answer it is the same charge
  started ??= newKey()
  const key = started
  try {
    const { session } = await call('POST', '/sessions', { evseId: evse.id, ...(data.limit ? { limit: { energyWh: Number(data.limit) } } : {}) }, key)
    started = null
    await follow(session)
  } catch (error) { if (error.status) started = null; throw error }
}
const figure = (name, value) => el('div', {}, el('span', {}, name), el('b', {}, value))
function live(session) {
  const isOver = ['priced', 'paid', 'needs_review', 'failed'].includes(session.state)
  const stop = el('button', { type: 'button', class: 'stop', onclick: async () => { stop.disabled = true; say(''); try { await call('POST', '/sessions/' + session.id + '/stop', undefined, newKey()) } catch (error) { say(error.message); stop.disabled = false } } }, 'Stop charging')
  show(...head(), pill(states[session.state]), session.stateReason && el('p', {}, session.stateReason),
    session.paymentId && !isOver && [el('p', {}, 'The charger starts once your card is confirmed.'), second('Open the payment page', () => pay(session).catch((error) => say(error.message)))],
    session.dueMinor > 0 && el('p', { class: 'bad' }, money(session.dueMinor, session.currency) + ' could not be taken. Top up, or pay it in the app.'),
    session.startedAt && el('div', { class: 'figures' }, figure('Energy', kwh(session.energyWh ?? 0)), figure('Cost so far', session.costMinor === null ? '–' : money(session.costMinor, session.currency)), figure('Power', session.powerW === null ? '–' : (session.powerW / 1000).toFixed(1) + ' kW'), figure('Time', time(session.durationSeconds ?? 0))),
    session.limit?.energyWh && !isOver && el('p', { class: 'soft' }, 'Stops by itself at ' + kwh(session.limit.energyWh) + '.'),
    ['charging', 'suspended_ev', 'suspended_evse'].includes(session.state) && stop, isOver && second(session.state === 'failed' ? 'Try again' : 'Back to the charger', open))
}
async function follow(session) {
  follower?.abort()
  const mine = (follower = new AbortController())
  let last = ''
  live(session)
  for (let isOver = false; !isOver && !mine.signal.aborted; ) {
    try {
      const answer = await fetch(api + '/sessions/' + session.id + '/events', { signal: mine.signal, headers: { Authorization: 'Bearer ' + keep('access'), ...(last ? { 'Last-Event-ID': last } : {}) } })
      if (answer.status === 401) { if (!(await renew())) return open(); continue }
      if (!answer.ok) throw new Error()
      const reader = answer.body.pipeThrough(new TextDecoderStream()).getReader()
      for (let buffer = ''; ; ) {
        const { done, value } = await reader.read()
        if (done) break
        buffer += value
        for (let end; (end = buffer.indexOf('\n\n')) >= 0; buffer = buffer.slice(end + 2)) {
          const block = buffer.slice(0, end), data = /^data: (.*)$/m.exec(block)?.[1]
          if (/^event: end/m.test(block)) isOver = true
          else if (data) { last = /^id: (.*)$/m.exec(block)?.[1] ?? last; session = JSON.parse(data); live(session) }
        }
      }
    } catch { if (mine.signal.aborted) return; say('The connection is lost. The charge goes on; looking again…') }
    if (!isOver) await new Promise((done) => setTimeout(done, 2000))
  }
  if (!mine.signal.aborted && session.state !== 'failed' && session.state !== 'needs_review') await receipt(session)
}
async function receipt(session) {
  const paper = await call('GET', '/sessions/' + session.id + '/receipt').catch(() => null)
  if (!paper) return
  const names = { energy: 'Energy', time: 'Time', flat: 'Per charge', parking: 'After the charge', minimum: 'Minimum', maximum: 'Maximum', correction: 'Correction' }
  show(...head(), pill(states[session.state]), el('p', {}, paper.ended.sentence), el('h2', {}, 'Receipt ' + paper.number), el('p', { class: 'soft' }, at(paper.startedAt, paper.timeZone) + ' · ' + time(paper.durationSeconds) + ' · ' + kwh(paper.energyWh, 3)),
    el('table', {}, paper.lines.map((line) => el('tr', {}, el('td', {}, names[line.kind]), el('td', {}, money(line.amountMinor, paper.currency)))), el('tr', {}, el('td', {}, 'Tax'), el('td', {}, money(paper.taxMinor, paper.currency))), el('tr', {}, el('td', {}, 'Total'), el('td', {}, money(paper.totalMinor, paper.currency)))),
    second('Back to the charger', open))
}
async function account(query) {
  const reset = query.get('reset'), verify = query.get('verify')
  history.replaceState(null, '', '/charge/account')
  const done = () => show(el('h1', {}, 'You are signed in'), el('p', {}, 'Scan the code on a charger, or type it in.'), second('Type a code', () => { location.href = '/charge' }))
  if (verify) { signedIn(await call('POST', '/auth/verify', { token: verify })); return done() }
  if (!reset) return keep('access') ? done() : forgot()
  show(el('h1', {}, 'Set a password'), form([field('New password, at least 10 characters', { name: 'password', type: 'password', required: '', minlength: '10', autocomplete: 'new-password' })], 'Set the password', async ({ password }) => { signedIn(await call('POST', '/auth/reset-password', { token: reset, password })); done() }))
}
async function open() {
  try {
    follower?.abort()
    config ??= await call('GET', '/config')
    document.getElementById('brand').textContent = config.networkName
    document.getElementById('foot').textContent = config.support.phone || config.support.email ? 'Help: ' + [config.support.phone, config.support.email].filter(Boolean).join(' · ') : ''
    const code = decodeURIComponent(location.pathname.replace(/^\/charge\/?/, ''))
    if (code === 'account') return await account(new URLSearchParams(location.search))
    if (!code) return askCode()
    evse = await call('GET', '/evses/by-code/' + encodeURIComponent(code))
    document.title = evse.chargerName + ' · ' + config.networkName
    if (keep('access')) {
      const active = (await call('GET', '/sessions/active').catch(() => null))?.sessions.find((one) => one.evseId === evse.id)
      if (active) return await follow(active)
    }
    await charger()
  } catch (error) {
    if (error.status === 404) { askCode(); say('No charger has this code. Check it and type it again.') }
    else { show(second('Try again', open)); say(error.message) }
  }
}
open()
})()`
