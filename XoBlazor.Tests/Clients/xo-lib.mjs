// Xen Orchestra's own library and the client beneath it, used as xo-cli uses them.
// usage: node xo-lib.mjs URL USER PASSWORD  ->  one line of JSON
import xoLib from 'xo-lib'
import jsonRpcClient from 'jsonrpc-websocket-client'

const [url, user, password] = process.argv.slice(2)
const Xo = xoLib.default
const { JsonRpcWebSocketClient } = jsonRpcClient
const failure = promise => promise.then(() => null, error => ({ name: error.constructor.name, code: error.code, message: error.message, data: error.data }))
const seen = {}

// xo-cli register
const first = new Xo({ url })
await first.open()
seen.wrongPassword = await failure(first.signIn({ email: user, password: 'wrong' }))
await first.signIn({ email: user, password })
seen.user = first.user
seen.sessionMethods = await failure(first.call('session.getUser'))
const token = await first.call('token.create', { client: { id: 'test' }, description: 'xo-lib' })
await first.close()

// every later command
const xo = new Xo({ url, credentials: { token } })
const authenticated = new Promise(resolve => xo.on('authenticated', resolve))
await xo.open()
await authenticated
seen.again = xo.user.email
const methods = await xo.call('system.getMethodsInfo')
seen.methods = Object.keys(methods).length
seen.start = methods['vm.start'].params
seen.badMethod = await failure(xo.call('no.such'))
seen.badParams = await failure(xo.call('user.create', { foo: 'bar' }))
seen.noSuchObject = await failure(xo.call('vm.start', { id: 'nope' }))
seen.many = (await Promise.all(Array.from({ length: 200 }, () => xo.call('system.getServerVersion')))).length
await xo.close()

// The client beneath, alone.
const raw = new JsonRpcWebSocketClient(url.replace(/^http/, 'ws') + '/api/')
await raw.open()
seen.anonymous = await raw.call('session.getUser')
seen.refused = await failure(raw.call('user.getAll'))
await raw.call('session.signIn', { token })
seen.signedIn = (await raw.call('session.getUser')).permission
seen.out = await raw.call('session.signOut')
await raw.close()

console.log(JSON.stringify(seen))
process.exit(0)
