using XoBlazor.Simulator.Data;

namespace XoBlazor.Simulator.Patching;

/// <summary>Which packages wait for each XCP-ng host of a pool, and which it has installed here. It lies beside the database, as RPMs lie beside XAPI's. Any thread may call.</summary>
public sealed class PackageBook
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, List<Package>> _pending = [];
    private readonly Dictionary<string, List<Package>> _installed = [];
    private readonly Database _db;

    internal PackageBook(Database db) => _db = db;

    /// <summary>Puts packages into the repositories of one host, given by uuid or name, or of all. One that waits under the same name is replaced.</summary>
    /// <exception cref="SimulatorException">No host of the pool is called so.</exception>
    public void Offer(IReadOnlyList<Package> packages, string? host = null)
    {
        var hosts = host is null ? _db.All("host") : [Find(host)];
        lock (_gate)
        {
            foreach (var one in hosts)
            {
                var pending = ListOf(_pending, one.Ref);
                pending.RemoveAll(package => packages.Any(offered => offered.Name == package.Name));
                pending.AddRange(packages);
            }
        }
    }

    /// <summary>What a host, given by uuid or name, could install.</summary>
    /// <exception cref="SimulatorException">No host of the pool is called so.</exception>
    public IReadOnlyList<Package> PendingOf(string host) => Pending(Find(host).Ref);

    /// <summary>What a host, given by uuid or name, has installed since the pool was started.</summary>
    /// <exception cref="SimulatorException">No host of the pool is called so.</exception>
    public IReadOnlyList<Package> InstalledOn(string host)
    {
        var found = Find(host);
        lock (_gate) return [.. ListOf(_installed, found.Ref)];
    }

    internal IReadOnlyList<Package> Pending(string hostRef)
    {
        lock (_gate) return [.. ListOf(_pending, hostRef)];
    }

    /// <summary>Moves packages from those that wait to those that are installed.</summary>
    internal void Install(string hostRef, IReadOnlyList<Package> packages)
    {
        lock (_gate)
        {
            foreach (var package in packages.Where(package => ListOf(_pending, hostRef).Remove(package)))
                ListOf(_installed, hostRef).Add(package);
        }
    }

    private DbObject Find(string host) => _db.Where("host", "uuid", host).Concat(_db.Where("host", "name_label", host)).FirstOrDefault()
        ?? throw new SimulatorException($"the pool has no host '{host}'.");

    private static List<Package> ListOf(Dictionary<string, List<Package>> lists, string hostRef)
    {
        if (!lists.TryGetValue(hostRef, out var list)) lists.Add(hostRef, list = []);
        return list;
    }
}
