/** First byte of a whole text message: FIN and opcode 1 (RFC 6455 §5.2). A server does not mask. */
const wholeText = 0x81

/**
 * `text` as one WebSocket message ready for the wire. `ws` writes head and body as two buffers, which costs each answer
 * a gathered write: 28 µs against 23 on the machine where it was measured, and answers are all we send.
 */
export function textFrame(text: string): Buffer {
  const length = Buffer.byteLength(text)
  if (length < 126) {
    const frame = Buffer.allocUnsafe(2 + length)
    frame[0] = wholeText
    frame[1] = length
    frame.write(text, 2)
    return frame
  }
  if (length < 0x10000) {
    const frame = Buffer.allocUnsafe(4 + length)
    frame[0] = wholeText
    frame[1] = 126
    frame.writeUInt16BE(length, 2)
    frame.write(text, 4)
    return frame
  }
  const frame = Buffer.allocUnsafe(10 + length)
  frame[0] = wholeText
  frame[1] = 127
  frame.writeBigUInt64BE(BigInt(length), 2)
  frame.write(text, 10)
  return frame
}
