/** The package ships no types; these are the parts the interop test uses. */
declare module 'ocpp-eliftech' {
  type Command = Record<string, unknown>
  type CommandClass = new (values: object) => Command

  export class ChargePoint {
    constructor(options: {
      centralSystemUrl: string
      reconnectInterval?: number
      connectors?: object[]
    })
    connect(): Promise<{ socket: { terminate(): void; removeAllListeners(): void } }>
    send(command: Command): Promise<Record<string, unknown>>
    onRequest: (command: Command) => Promise<object>
    sendCurrentStatus(): Promise<unknown>
  }
  export class Connector {
    constructor(id: number)
  }
  export const OCPPCommands: Record<string, CommandClass>
  const bundle: {
    ChargePoint: typeof ChargePoint
    Connector: typeof Connector
    OCPPCommands: typeof OCPPCommands
  }
  export default bundle
}
