export default async function stopPostgres() {
  await globalThis.cpmsTestPostgres?.stop()
  delete globalThis.cpmsTestPostgres
}
