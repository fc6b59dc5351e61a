"""What there is here, as far as the plugin may see it."""
import ipaddress
from dataclasses import dataclass, field


@dataclass
class Inventory:
    """Objects by class, each {pool, uuid, ref, fields}; only pools that are there are spoken of."""

    pools: dict = field(default_factory=dict)
    hosts: list = field(default_factory=list)
    vms: list = field(default_factory=list)
    vifs: list = field(default_factory=list)
    guests: dict = field(default_factory=dict)

    @staticmethod
    def read(ask):
        found = Inventory()
        found.pools = {pool["pool"]: pool for pool in everything(ask, "pool")}
        found.hosts = [host for host in everything(ask, "host") if host["pool"] in found.pools]
        found.vms = [vm for vm in everything(ask, "VM") if vm["pool"] in found.pools]
        found.vifs = [vif for vif in everything(ask, "VIF") if vif["pool"] in found.pools]
        found.guests = {(one["pool"], one["ref"]): one["fields"] for one in everything(ask, "VM_guest_metrics")}
        return found

    def addresses(self, vm, device):
        """What the guest says of one of its interfaces, without what holds on a link only."""
        networks = self.guests.get((vm["pool"], vm["fields"].get("guest_metrics")), {}).get("networks") or {}
        addresses = set()
        for name, text in networks.items():
            parts = name.split("/")
            if parts[0] == device and parts[1:2] in (["ip"], ["ipv4"], ["ipv6"]):
                try:
                    address = ipaddress.ip_address(text.strip())
                except ValueError:
                    continue
                if not (address.is_link_local or address.is_loopback or address.is_unspecified or address.is_multicast):
                    addresses.add(address)
        return sorted(addresses, key=lambda one: (one.version, one))


def everything(ask, name):
    after, found = None, []
    while True:
        page = ask("objects.list", **{"class": name, "after": after})
        found += page["objects"]
        after = page["next"]
        if not after:
            return found
