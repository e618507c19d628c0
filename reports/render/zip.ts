import { crc32, createDeflateRaw } from 'node:zlib'

import type { Out } from './out'

/**
 * A ZIP archive written while it is made, in constant memory: sizes and checksum of a file follow it (a data descriptor),
 * the directory comes at the end. APPNOTE.TXT 6.3.10 §4.3. A file and the whole stay below 4 GiB: the caller's sheets do.
 * Own code, because the streaming writers of npm bring the spreadsheet libraries with them that nobody keeps any more.
 */
export class Zip {
  readonly #out: Out
  readonly #files: { name: Buffer; crc: number; size: number; packed: number; at: number }[] = []
  readonly #begun: number

  constructor(out: Out) {
    this.#out = out
    this.#begun = out.bytes
  }

  /** Deflates the chunks of one file as they come; level 1: twice as fast as the usual 6 and a tenth larger. */
  async add(name: string, chunks: AsyncIterable<string> | Iterable<string>): Promise<void> {
    const file = { name: Buffer.from(name), crc: 0, size: 0, packed: 0, at: this.#offset() }
    await this.#out.write(localHeader(file.name))
    const deflate = createDeflateRaw({ level: 1, chunkSize: 64 * 1024 })
    const packed = this.#drain(deflate, file)
    // a failure of the reader is told by `packed`; this one must not be left unheard meanwhile
    packed.catch(() => deflate.destroy())
    for await (const chunk of chunks) {
      const data = Buffer.from(chunk)
      file.crc = crc32(data, file.crc)
      file.size += data.byteLength
      if (deflate.destroyed) break
      if (!deflate.write(data)) await drainedOrClosed(deflate)
    }
    if (!deflate.destroyed) deflate.end()
    await packed
    await this.#out.write(descriptor(file))
    this.#files.push(file)
  }

  async end(): Promise<void> {
    const at = this.#offset()
    for (const file of this.#files) await this.#out.write(directoryEntry(file))
    await this.#out.write(endRecord(this.#files.length, at, this.#offset() - at))
  }

  async #drain(deflate: AsyncIterable<Buffer>, file: { packed: number }): Promise<void> {
    for await (const chunk of deflate) {
      file.packed += chunk.byteLength
      await this.#out.write(chunk)
    }
  }

  #offset(): number {
    return this.#out.bytes - this.#begun
  }
}

function drainedOrClosed(stream: NodeJS.WritableStream): Promise<void> {
  return new Promise((resolve) => {
    const done = () => {
      stream.off('drain', done)
      stream.off('close', done)
      resolve()
    }
    stream.once('drain', done)
    stream.once('close', done)
  })
}

/** 1 January 1980: a file of the same rows is the same file. */
const dosDate = 0x0021
/** Sizes follow the data (bit 3), names are UTF-8 (bit 11). */
const flags = 0x0808
const deflated = 8

function localHeader(name: Buffer): Buffer {
  const head = Buffer.alloc(30)
  head.writeUInt32LE(0x04034b50, 0)
  head.writeUInt16LE(20, 4)
  head.writeUInt16LE(flags, 6)
  head.writeUInt16LE(deflated, 8)
  head.writeUInt16LE(dosDate, 12)
  head.writeUInt16LE(name.length, 26)
  return Buffer.concat([head, name])
}

function descriptor(file: { crc: number; packed: number; size: number }): Buffer {
  const tail = Buffer.alloc(16)
  tail.writeUInt32LE(0x08074b50, 0)
  tail.writeUInt32LE(file.crc, 4)
  tail.writeUInt32LE(file.packed, 8)
  tail.writeUInt32LE(file.size, 12)
  return tail
}

function directoryEntry(file: {
  name: Buffer
  crc: number
  packed: number
  size: number
  at: number
}): Buffer {
  const entry = Buffer.alloc(46)
  entry.writeUInt32LE(0x02014b50, 0)
  entry.writeUInt16LE(20, 4)
  entry.writeUInt16LE(20, 6)
  entry.writeUInt16LE(flags, 8)
  entry.writeUInt16LE(deflated, 10)
  entry.writeUInt16LE(dosDate, 14)
  entry.writeUInt32LE(file.crc, 16)
  entry.writeUInt32LE(file.packed, 20)
  entry.writeUInt32LE(file.size, 24)
  entry.writeUInt16LE(file.name.length, 28)
  entry.writeUInt32LE(file.at, 42)
  return Buffer.concat([entry, file.name])
}

function endRecord(files: number, at: number, size: number): Buffer {
  const end = Buffer.alloc(22)
  end.writeUInt32LE(0x06054b50, 0)
  end.writeUInt16LE(files, 8)
  end.writeUInt16LE(files, 10)
  end.writeUInt32LE(size, 12)
  end.writeUInt32LE(at, 16)
  return end
}
