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
// Against hosts without event.from the client registers for events only after it has fetched the objects: a change made in between
// is lost to it, so another is made every second until one is seen.
const mark = `seen by xen-api ${Date.now()}`
let seen = false
xapi.objects.on('update', objects => {
  seen ||= objects[vm.$id]?.name_description?.startsWith(mark) ?? false
})
for (let i = 0; !seen; i++) {
  await vm.set_name_description(`${mark} ${i}`)
  for (let wait = 0; wait < 20 && !seen; wait++) {
    await new Promise(resolve => setTimeout(resolve, 50))
  }
}

console.log(JSON.stringify({ counts, event: seen, vm: vm.uuid, pool: xapi.pool.uuid }))
await xapi.disconnect()
process.exit(0)
