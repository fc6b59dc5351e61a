// Connects with Xen Orchestra's own client, counts the objects it sees, changes one, and waits until the change comes back as an event.
// usage: node count.mjs URL USER PASSWORD  ->  one line of JSON
import { createClient } from 'xen-api'

const [url, user, password] = process.argv.slice(2)
const xapi = createClient({ url, auth: { user, password }, allowUnauthorized: true, watchEvents: true })
await xapi.connect()
await xapi.objectsFetched

const counts = {}
for (const object of Object.values(xapi.objects.all)) {
  counts[object.$type] = (counts[object.$type] ?? 0) + 1
}

const vm = Object.values(xapi.objects.all).find(object => object.$type === 'VM' && !object.is_a_template && !object.is_control_domain)
const mark = `seen by xen-api ${Date.now()}`
const seen = new Promise(resolve => {
  xapi.objects.on('update', objects => {
    if (objects[vm.$id]?.name_description === mark) {
      resolve(true)
    }
  })
})
await vm.set_name_description(mark)
const event = await seen

console.log(JSON.stringify({ counts, event, vm: vm.uuid, pool: xapi.pool.uuid }))
await xapi.disconnect()
process.exit(0)
