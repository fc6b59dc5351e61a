using XoBlazor.Core.Model;
using XoBlazor.Core.Pools;
using XoBlazor.Core.Store.Facts;
using XoBlazor.Core.Xapi;

namespace XoBlazor.Core.Operations.Transfers;

/// <summary>Where the members of a pool listen, by their own addresses and certificates.</summary>
internal static class HostEndpoints
{
    /// <summary>Only a host that has the storage can read and write on it: the coordinator, for which this is null, or another. Fails when none has it.</summary>
    public static XapiEndpoint? Near(OperationWork work, Sr sr)
    {
        var hosts = work.Pool.HostsOf(sr).ToList();
        return Of(work, hosts.Find(work.Pool.IsCoordinator) ?? hosts.Find(work.Pool.IsHostLive)
            ?? throw new OperationFailedException($"{work.Pool.NameOf(sr)} is not connected to any host that runs. Connect it to one first."));
    }

    /// <summary>The member that a host's redirect names. Fails when that is none of the pool's: our session goes to nobody else.</summary>
    public static XapiEndpoint? Named(OperationWork work, string? location)
    {
        var address = Uri.TryCreate(location, UriKind.Absolute, out var there) ? there.DnsSafeHost : "";
        return Of(work, work.Pool.All<Host>().FirstOrDefault(host => host.Address.Length > 0 && host.Address == address)
            ?? throw new OperationFailedException($"The pool sends us to '{ForeignText.Shown(address.Length > 0 ? address : location ?? "")}', which is the address of none of its hosts. "
                + "Check the hosts' management addresses."));
    }

    /// <summary>Null for the coordinator.</summary>
    public static XapiEndpoint? Of(OperationWork work, Host host) => MemberEndpoint.Of(work.Pool, work.Connection, host);
}
