// Counts how often each VM starts and stops. Needs nothing but Node.js.
import { createInterface } from 'node:readline'

let lastId = 0
const waiting = new Map()
const states = new Map()

const send = message => process.stdout.write(JSON.stringify({ jsonrpc: '2.0', ...message }) + '\n')

function ask(method, params) {
  const id = ++lastId
  send({ id, method, params })
  return new Promise((resolve, reject) => waiting.set(id, { resolve, reject }))
}

async function count({ pool, uuid, fields }) {
  const key = `${pool}/${uuid}`
  const { changes = 0 } = JSON.parse((await ask('storage.get', { key })) ?? '{}')
  await ask('storage.set', { key, value: JSON.stringify({ name: fields.name_label, changes: changes + 1, state: fields.power_state }) })
}

const methods = {
  initialize: () => ({ id: 'power-log', version: '1.0.0', testable: true }),
  load: () => true,
  unload: () => true,
  test: async () => ({ vms: states.size, counted: (await ask('storage.keys', {})).length }),
  'objects.changed': async ({ changes }) => {
    for (const change of changes) {
      const known = states.get(change.ref)
      if (change.kind === 'removed') {
        states.delete(change.ref)
        continue
      }
      states.set(change.ref, change.fields.power_state)
      if (known !== undefined && known !== change.fields.power_state) {
        await count(change)
      }
    }
    return true
  },
}

async function answer({ id, method, params }) {
  try {
    if (!Object.hasOwn(methods, method)) {
      throw Object.assign(new Error(`no method ${method}`), { code: -32601 })
    }
    send({ id, result: await methods[method](params) })
  } catch (error) {
    send({ id, error: { code: error.code ?? -32603, message: error.message } })
  }
}

function take({ id, result, error }) {
  const asked = waiting.get(id)
  waiting.delete(id)
  error === undefined ? asked?.resolve(result) : asked?.reject(new Error(error.message))
}

// Standard input ends when the server does, and so does the plugin.
createInterface({ input: process.stdin }).on('line', line => {
  const message = JSON.parse(line)
  message.method === undefined ? take(message) : void answer(message)
})
