using System.Net;
using XoBlazor.Simulator.Data;

namespace XoBlazor.Simulator.Hosting;

/// <summary>
/// Which host answers at which loopback address. Every host has one of its own, so that clients can follow the coordinator and
/// consoles; 127.0.0.1 is one more address of the host that coordinated the pool when it started.
/// </summary>
internal sealed class HostAddresses
{
    private const int HostsPerBlock = 250;

    private readonly Dictionary<IPAddress, string> _hosts = [];
    private readonly string _first;

    public HostAddresses(Database db, int poolNumber)
    {
        _first = db.Coordinator.Ref;
        var hosts = db.All("host").OrderBy(h => h.Ref == _first ? 0 : 1).ThenBy(h => h.Text("name_label"), StringComparer.Ordinal).ToList();
        for (var i = 0; i < hosts.Count; i++)
            _hosts.Add(new([127, (byte)((poolNumber % HostsPerBlock) + 1), (byte)(i / HostsPerBlock), (byte)((i % HostsPerBlock) + 1)]), hosts[i].Ref);
    }

    /// <summary>All addresses to listen on.</summary>
    public IEnumerable<IPAddress> All => _hosts.Keys.Prepend(IPAddress.Loopback);

    public string HostAt(IPAddress? address) => address is not null && _hosts.TryGetValue(address, out var host) ? host : _first;

    public IPAddress AddressOf(string hostRef) => _hosts.First(h => h.Value == hostRef).Key;

    /// <summary>Writes the addresses into everything that names them: hosts, management interfaces, consoles.</summary>
    public void Record(Database db) => db.Update(() =>
    {
        foreach (var (address, hostRef) in _hosts)
        {
            var host = db.Get("host", hostRef);
            host["address"] = address.ToString();
            foreach (var pif in host.FollowAll("PIFs", "PIF").Where(pif => pif.Bool("management")))
                pif["IP"] = address.ToString();
            foreach (var vm in host.FollowAll("resident_VMs", "VM"))
                foreach (var console in vm.FollowAll("consoles", "console"))
                    if (Uri.TryCreate(console.Text("location"), UriKind.Absolute, out var location))
                        console["location"] = $"{location.Scheme}://{address}{location.PathAndQuery}";
        }
    });
}
