/** A connector's charges: begin, sample, end. Everything of a transaction goes through the charger's queue. */
import type { ConnectorState, Status } from './connectorStatus'
import type { Inside } from './inside'
import type { TransactionRecord } from './ledger'
import { sampledValues } from './readings'

/** `OCPP 1.6 ed2 §7.36 Reason` */
export type StopReason =
  | 'DeAuthorized'
  | 'EmergencyStop'
  | 'EVDisconnected'
  | 'HardReset'
  | 'Local'
  | 'Other'
  | 'PowerLoss'
  | 'Reboot'
  | 'Remote'
  | 'SoftReset'
  | 'UnlockCommand'

type Around = {
  advance: () => void
  refresh: () => Promise<void>
  tell: (status: Status) => Promise<void>
}

export function createTransactions(inside: Inside, state: ConnectorState, around: Around) {
  const register = () => Math.floor(state.registerWh)

  const begin = async (idTag: string) => {
    if (inside.knobs.resetsRegister) state.registerWh = 0
    if (inside.knobs.chargesOffline) inside.goOffline()
    around.advance()
    const record: TransactionRecord = {
      identity: inside.identity,
      connectorId: state.id,
      idTag,
      startedAt: inside.deviceTime(),
      meterStartWh: register(),
      transactionId: null,
      isStartAcked: false,
      stoppedAt: null,
      meterStopWh: null,
      reason: null,
      isStopAcked: false,
      samples: [],
    }
    const reservation = state.reservation
    state.reservation = null
    inside.ledger.transactions.push(record)
    state.transaction = record
    state.isFinished = false
    if (inside.knobs.swallowsStart) record.isStartAcked = true
    else
      say(record, startOf(record, reservation?.id ?? null), (answer) => {
        record.isStartAcked = true
        record.transactionId = Number(answer.transactionId)
        if (inside.knobs.int32Only && !isInt32(record.transactionId))
          inside.ledger.refusals.push(`transaction number ${record.transactionId}`)
        const status = (answer.idTagInfo as { status?: string } | undefined)?.status
        if (status) inside.cardCache.set(idTag, status)
        const isRefused =
          status !== 'Accepted' &&
          !inside.knobs.isFreeVend &&
          inside.configuration.isOn('StopTransactionOnInvalidId')
        if (isRefused && state.transaction === record) void end('DeAuthorized')
      })
    void sampleWhile(record)
    await around.refresh()
  }

  /** Puts a message of the transaction into the queue. */
  const say = (
    record: TransactionRecord,
    message: { action: string; payload: () => object },
    onResult: (answer: Record<string, unknown>) => void,
  ) => {
    const queued = { ...message, onDiscard: () => void (inside.ledger.discarded += 1) }
    if (message.action === 'StartTransaction' && inside.knobs.repeatsStart) {
      inside.queue.add({ ...queued, onResult: () => {} })
    }
    inside.queue.add({ ...queued, onResult })
  }

  const sampleWhile = async (record: TransactionRecord) => {
    for (;;) {
      const seconds = inside.configuration.number('MeterValueSampleInterval') || 60
      const isAlive = await inside.clock.sleep(seconds, inside.life)
      if (!isAlive || state.transaction !== record) return
      await sample('Sample.Periodic')
    }
  }

  const sample = async (context: string) => {
    around.advance()
    const record = state.transaction
    const reading = {
      timestamp: inside.deviceTime(),
      sampledValue: sampledValues({
        model: inside.model,
        vehicle: state.vehicle,
        registerWh: register(),
        powerW: state.powerW,
        context,
        measurands: inside.configuration.list('MeterValuesSampledData'),
        random: inside.random,
      }),
    }
    if (!record) {
      await inside.say('MeterValues', { connectorId: state.id, meterValue: [reading] })
      return
    }
    queueReading(record, reading)
    await around.refresh()
  }

  const queueReading = (
    record: TransactionRecord,
    reading: { timestamp: string; sampledValue: object[] },
  ) => {
    if (reading.sampledValue.length === 0) return
    const entry = { at: reading.timestamp, energyWh: register(), isAcked: false }
    record.samples.push(entry)
    const payload = () => ({
      connectorId: state.id,
      transactionId: record.transactionId ?? 0,
      meterValue: [reading],
    })
    say(record, { action: 'MeterValues', payload }, () => void (entry.isAcked = true))
  }

  /** Ends the running charge, if there is one. */
  const end = async (reason: StopReason, idTag: string | null = null) => {
    const record = state.transaction
    if (!record) return
    around.advance()
    record.stoppedAt = inside.deviceTime()
    record.meterStopWh = register()
    record.reason = reason
    state.transaction = null
    state.isFinished = state.vehicle !== null
    state.isOperative = state.wantsOperative
    state.powerW = 0
    inside.profiles.ended(record.transactionId)
    if (inside.knobs.saysAvailableBeforeStop) await around.tell('Available')
    if (!inside.knobs.swallowsStop) {
      say(record, stopOf(record, idTag), () => void (record.isStopAcked = true))
    }
    sayLate(record)
    if (inside.knobs.chargesOffline) inside.goOnline()
    await around.refresh()
  }

  /** Row 47 of the quirks: closing values after the stop. They repeat the last register. */
  const sayLate = (record: TransactionRecord) => {
    for (let late = 1; late <= inside.knobs.valuesAfterStop; late++) {
      const timestamp = new Date(inside.clock.now().getTime() + late).toISOString()
      queueReading(record, {
        timestamp,
        sampledValue: [{ value: String(record.meterStopWh), context: 'Transaction.End' }],
      })
    }
  }

  return { begin, sample, end }
}

const isInt32 = (number: number) => Number.isInteger(number) && number > 0 && number < 2 ** 31

const startOf = (record: TransactionRecord, reservationId: number | null) => ({
  action: 'StartTransaction',
  payload: () => ({
    connectorId: record.connectorId,
    idTag: record.idTag,
    meterStart: record.meterStartWh,
    timestamp: record.startedAt,
    ...(reservationId === null ? {} : { reservationId }),
  }),
})

const stopOf = (record: TransactionRecord, idTag: string | null) => ({
  action: 'StopTransaction',
  payload: () => ({
    transactionId: record.transactionId ?? 0,
    ...(idTag ? { idTag } : {}),
    meterStop: record.meterStopWh,
    timestamp: record.stoppedAt,
    reason: record.reason,
  }),
})
