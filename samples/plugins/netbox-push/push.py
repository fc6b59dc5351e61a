"""Brings what stands in NetBox in line with what there is here."""
import re
from collections import Counter
from dataclasses import dataclass, field

from netbox import NetBoxError, NetBoxRefused

BATCH = 50
MARK = "xo:"
OF_A_POOL = re.compile(r"^xo:([0-9A-Za-z-]{1,64})(?:/\S+)?")

CLUSTERS = "virtualization/clusters"
DEVICES = "dcim/devices"
VMS = "virtualization/virtual-machines"
INTERFACES = "virtualization/interfaces"
ADDRESSES = "ipam/ip-addresses"

# What hangs on an object there and would go with it: while there is any, it stays.
HANGING = {
    CLUSTERS: [(VMS, "cluster_id"), (DEVICES, "cluster_id")],
    DEVICES: [("dcim/interfaces", "device_id"), (VMS, "device_id")],
    VMS: [(INTERFACES, "virtual_machine_id")],
    INTERFACES: [(ADDRESSES, "vminterface_id")],
}


@dataclass
class Push:
    """One push, or what it would do. What is ours in NetBox has the tag and a description that begins with the mark and says of which pool and object it is."""

    netbox: object
    configuration: dict
    is_rehearsal: bool
    done: list = field(default_factory=list)
    problems: list = field(default_factory=list)
    did: Counter = field(default_factory=Counter)

    def counts(self):
        return f"{self.did['create']} created, {self.did['change']} changed, {self.did['delete']} deleted, {len(self.problems)} problems"

    def run(self, inventory):
        tag = self.configuration["tag"]
        is_new = not self.netbox.list("extras/tags", slug=tag)
        if is_new:
            self.made("extras/tags", {"name": tag, "slug": tag})
        # NetBox refuses to look for a tag that it does not know, which is so in a rehearsal only.
        self.is_empty = is_new and self.is_rehearsal
        self.pools = set(inventory.pools)
        cluster_type = self.ensure("virtualization/cluster-types", "XCP-ng", "xcp-ng")
        clusters = self.bring(CLUSTERS, self.clusters(inventory, cluster_type))
        site = self.ensure("dcim/sites", self.configuration["site"], self.configuration["site"])
        role = self.ensure("dcim/device-roles", "Hypervisor", "hypervisor", color="607d8b")
        maker = self.ensure("dcim/manufacturers", "XCP-ng", "xcp-ng")
        model = self.ensure("dcim/device-types", "XCP-ng host", "xcp-ng-host", name="model", manufacturer=maker)
        devices = self.bring(DEVICES, self.devices(inventory, clusters, site, role, model))
        vms = self.bring(VMS, self.vms(inventory, clusters))
        interfaces = self.bring(INTERFACES, self.interfaces(inventory, vms))
        addresses = self.bring(ADDRESSES, self.addresses(inventory, interfaces))
        # What hangs on others goes first.
        for path, wanted in ((ADDRESSES, addresses), (INTERFACES, interfaces), (VMS, vms), (DEVICES, devices), (CLUSTERS, clusters)):
            self.clear(path, wanted)

    # What there should be: {mark: fields}

    def clusters(self, inventory, cluster_type):
        names = Names(100)
        return {f"{MARK}{uuid}": {"name": names.of(pool, uuid), "type": cluster_type, "status": "active"} for uuid, pool in sorted(inventory.pools.items())}

    def devices(self, inventory, clusters, site, role, model):
        names = Names(64)
        return {mark(host): {
            "name": names.of(host), "site": site, "role": role, "device_type": model, "cluster": clusters.get(f"{MARK}{host['pool']}"),
            "status": "active" if host["fields"].get("enabled") else "offline",
        } for host in by_uuid(inventory.hosts) if f"{MARK}{host['pool']}" in clusters}

    def vms(self, inventory, clusters):
        wanted, names = {}, {}
        for vm in by_uuid(inventory.vms):
            if f"{MARK}{vm['pool']}" in clusters:
                fields = vm["fields"]
                wanted[mark(vm)] = {
                    "name": names.setdefault(vm["pool"], Names(64)).of(vm), "cluster": clusters[f"{MARK}{vm['pool']}"],
                    "status": "active" if fields.get("power_state") == "Running" else "offline",
                    "vcpus": int(fields.get("VCPUs_at_startup") or 0) or None, "memory": int(fields.get("memory_dynamic_max") or 0) // 2**20 or None,
                    "comments": (fields.get("name_description") or "").strip()[:1000],
                }
        return wanted

    def interfaces(self, inventory, vms):
        self.vm_of = {(vm["pool"], vm["ref"]): vm for vm in inventory.vms}
        self.taken = {}
        wanted = {}
        for vif in by_uuid(inventory.vifs):
            vm = self.vm_of.get((vif["pool"], vif["fields"].get("VM")))
            if vm and mark(vm) in vms:
                device = vif["fields"].get("device") or "0"
                name = f"eth{device}"
                # One name once on a VM; a device number may be given twice only by mistake.
                if self.taken.setdefault((mark(vm), name), vif["uuid"]) == vif["uuid"]:
                    wanted[f"{mark(vif)}"] = {"name": name, "virtual_machine": vms[mark(vm)], "enabled": bool(vif["fields"].get("currently_attached")),
                                              "mark": f"{mark(vif)} MAC {vif['fields'].get('MAC', '')}"}
        return wanted

    def addresses(self, inventory, interfaces):
        wanted = {}
        for vif in by_uuid(inventory.vifs):
            if mark(vif) in interfaces:
                vm = self.vm_of[(vif["pool"], vif["fields"]["VM"])]
                for address in inventory.addresses(vm, vif["fields"].get("device") or "0"):
                    wanted[f"{mark(vif)}/{address}"] = {"address": f"{address}/{address.max_prefixlen}", "status": "active",
                                                       "assigned_object_type": "virtualization.vminterface", "assigned_object_id": interfaces[mark(vif)]}
        return wanted

    # How it gets there

    def ensure(self, path, title, slug, name="name", **more):
        """What others stand on: used where it is there already, whoever made it, and never changed or deleted."""
        there = self.netbox.list(path, slug=slug)
        return there[0]["id"] if there else self.made(path, {name: title, "slug": slug, **more})

    def made(self, path, fields):
        self.note("create", path, fields.get("name") or fields.get("model"))
        return f"new {path}" if self.is_rehearsal else self.netbox.send("POST", path, fields)["id"]

    def ours(self, path):
        """By mark; what the tag was put on by others has none and is theirs, and so is what belongs to a pool that is not here now."""
        if self.is_empty:
            return {}
        found = {}
        for one in self.netbox.list(path, tag=self.configuration["tag"]):
            description = one.get("description") or ""
            of = OF_A_POOL.match(description)
            if of and of[1] in self.pools and any(tag.get("slug") == self.configuration["tag"] for tag in one.get("tags", [])):
                found.setdefault(description.split(" ")[0], one)
        return found

    def bring(self, path, wanted):
        """Creates what is missing and changes what differs. Returns ids by mark, of what is there then."""
        there, ids, missing, changes = self.ours(path), {}, [], []
        for key, fields in wanted.items():
            description = fields.pop("mark", key)
            if key in there:
                one = there[key]
                ids[key] = one["id"]
                differs = {name: value for name, value in {**fields, "description": description}.items() if plain(one.get(name)) != plain(value)}
                if differs:
                    changes.append((key, {"id": one["id"], **differs}, fields))
            else:
                missing.append((key, {**fields, "description": description, "tags": [{"name": self.configuration["tag"], "slug": self.configuration["tag"]}]}, fields))
        for key, made in self.batches("POST", path, missing, "create"):
            ids[key] = made["id"]
        for _ in self.batches("PATCH", path, changes, "change"):
            pass
        return ids

    def clear(self, path, wanted):
        """Deletes what is ours and stands for nothing any more."""
        gone = []
        for key, one in self.ours(path).items():
            if key not in wanted:
                hanging = [where for where, by in HANGING.get(path, []) if not self.is_rehearsal and self.netbox.list(where, **{by: one["id"]})]
                if hanging:
                    self.problems.append(f"{label(one)} is gone here and stays in NetBox, as {', '.join(hanging)} of others hang on it. Take these away first.")
                else:
                    gone.append((key, {"id": one["id"]}, one))
        for _ in self.batches("DELETE", path, gone, "delete"):
            pass

    def batches(self, method, path, items, what):
        """Sends so many at once; where NetBox does not want a batch, one by one, so that one that it does not want keeps none of the others away."""
        for start in range(0, len(items), BATCH):
            part = items[start:start + BATCH]
            if self.is_rehearsal:
                for key, body, fields in part:
                    self.note(what, path, label(fields))
                    yield key, {"id": body.get("id", f"new {key}")}
                continue
            try:
                yield from self.take(part, self.netbox.send(method, path, [body for _, body, _ in part]), path, what)
            except NetBoxRefused:
                for item in part:
                    try:
                        yield from self.take([item], self.netbox.send(method, path, [item[1]]), path, what)
                    except NetBoxRefused as refused:
                        self.problems.append(f"{label(item[2])} was not {what}d: {refused}")

    def take(self, part, answers, path, what):
        if answers is not None and (not isinstance(answers, list) or len(answers) != len(part)):
            raise NetBoxError(f"it does not answer {path} with what was sent")
        for index, (key, body, fields) in enumerate(part):
            self.note(what, path, label(fields))
            yield key, answers[index] if answers else body

    def note(self, what, path, name):
        self.did[what] += 1
        self.done.append(f"{what} {path}: {name}")


class Names:
    """Names as NetBox takes them: not empty, not too long, none twice."""

    def __init__(self, longest):
        self._longest = longest
        self._taken = set()

    def of(self, one, uuid=None):
        uuid = uuid or one["uuid"]
        name = (one["fields"].get("name_label") or "").strip()[:self._longest] or uuid
        if name.lower() in self._taken:
            name = f"{name[:self._longest - 38]} {uuid}"
        self._taken.add(name.lower())
        return name


def mark(one):
    return f"{MARK}{one['pool']}/{one['uuid']}"


def by_uuid(objects):
    return sorted(objects, key=lambda one: (one["pool"], one["uuid"]))


def label(fields):
    return fields.get("name") or fields.get("address") or fields.get("id")


def plain(value):
    """A value as it is sent, of one as it comes back."""
    if isinstance(value, dict):
        return value.get("id", value.get("value"))
    return value if value != "" else None
