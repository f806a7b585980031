// PostgreSQL with TimescaleDB in WebAssembly behind PostgreSQL's protocol on loopback: one session, which all clients share
// in turn. `node server.mjs <folder of the package>` prints its port, and ends when its standard input does.
import { createServer } from 'node:net'
import { pathToFileURL } from 'node:url'

const part = (path) => import(pathToFileURL(`${process.argv[2]}/dist/${path}`))
const { PGlite } = await part('index.js')
const { timescaledb } = await part('timescaledb/index.js')

const ENCRYPTED = [80877103, 80877104] // asks for SSL, for GSSAPI
const TERMINATE = 'X'.charCodeAt(0)

const message = (kind, body) => {
  const head = Buffer.alloc(5)
  head.write(kind)
  head.writeInt32BE(body.length + 4, 1)
  return Buffer.concat([head, body])
}
const parameters = { server_version: '17.5', client_encoding: 'UTF8', integer_datetimes: 'on', standard_conforming_strings: 'on', TimeZone: 'UTC' }
const GREETING = Buffer.concat([
  message('R', Buffer.alloc(4)),
  ...Object.entries(parameters).map(([name, value]) => message('S', Buffer.from(`${name}\0${value}\0`))),
  message('Z', Buffer.from('I')),
])

const db = await PGlite.create({ extensions: { timescaledb } })
let turn = Promise.resolve()
const next = (work) => (turn = turn.then(work).catch((error) => console.error(error)))

// What a client sets for its session by `options`; DISCARD ALL at its end takes it back.
const setOptions = async (startup) => {
  const texts = startup.split('\0')
  const options = texts.indexOf('options') < 0 ? '' : texts[texts.indexOf('options') + 1]
  for (const [, name, value] of options.matchAll(/-c(\w+)=(\S+)/g)) await db.query('SELECT set_config($1, $2, FALSE)', [name, value])
}

const serve = (socket) => {
  let held = Buffer.alloc(0)
  let isGreeted = false

  const greet = () => {
    if (held.length < 8 || held.length < held.readInt32BE(0)) return
    const isEncrypted = ENCRYPTED.includes(held.readInt32BE(4))
    const startup = held.toString('utf8', 8, held.readInt32BE(0))
    if (!isEncrypted) next(() => setOptions(startup))
    held = held.subarray(held.readInt32BE(0))
    isGreeted = !isEncrypted
    socket.write(isEncrypted ? 'N' : GREETING)
  }
  const wholeMessages = () => {
    let end = 0
    while (held.length >= end + 5 && held[end] !== TERMINATE && held.length > end + held.readInt32BE(end + 1)) {
      end += 1 + held.readInt32BE(end + 1)
    }
    return end
  }
  socket.on('data', (bytes) => {
    held = Buffer.concat([held, bytes])
    if (!isGreeted) greet()
    if (!isGreeted) return
    const end = wholeMessages()
    const asked = new Uint8Array(held.subarray(0, end))
    held = held.subarray(end)
    if (end) next(async () => socket.write(await db.execProtocolRaw(asked)))
  })
  socket.on('error', () => {})
  socket.on('close', () => next(() => db.exec('ROLLBACK')) && next(() => db.exec('DISCARD ALL')))
}

const server = createServer(serve)
server.listen(0, '127.0.0.1', () => console.log(server.address().port))
process.stdin.resume().on('end', () => process.exit(0))
