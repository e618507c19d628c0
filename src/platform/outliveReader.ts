/**
 * Whoever reads our lines may go away (`npm start | head`, a closed terminal): that ends the reading, not the process,
 * which still has chargers to serve and a database to stop.
 */
export function outliveReader(): void {
  for (const stream of [process.stdout, process.stderr]) {
    if (!stream.listeners('error').includes(ignoreGone)) stream.on('error', ignoreGone)
  }
}

function ignoreGone(error: NodeJS.ErrnoException): void {
  if (error.code !== 'EPIPE' && error.code !== 'EIO') throw error
}
