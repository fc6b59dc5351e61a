using System.Security.Cryptography;
using System.Text;
using XoBlazor.Simulator.Data;

namespace XoBlazor.Simulator.Patching.Repositories;

/// <summary>
/// The updates of a XenServer 8 pool: what the maker has published, the copy that the pool took when it synchronised, and what each host has of it. It lies beside the
/// database, as the repositories do. Any thread may call.
/// </summary>
public sealed class UpdateCatalogue
{
    private readonly Lock _gate = new();
    private readonly List<CdnUpdate> _published = [];
    private readonly Dictionary<string, HashSet<string>> _applied = [];
    private readonly Database _db;
    private IReadOnlyList<CdnUpdate>? _copy;

    internal UpdateCatalogue(Database db) => _db = db;

    /// <summary>Puts updates where pools fetch them from; a pool knows of them when it synchronises the next time.</summary>
    public void Publish(params IEnumerable<CdnUpdate> updates)
    {
        lock (_gate) _published.AddRange(updates);
    }

    /// <summary>What a host, given by uuid or name, has applied.</summary>
    /// <exception cref="SimulatorException">No host of the pool is called so.</exception>
    public IReadOnlyList<string> AppliedOn(string host)
    {
        var found = _db.Where("host", "uuid", host).Concat(_db.Where("host", "name_label", host)).FirstOrDefault() ?? throw new SimulatorException($"the pool has no host '{host}'.");
        lock (_gate) return [.. AppliedTo(found.Ref)];
    }

    /// <summary>Whether the pool has a copy at all.</summary>
    internal bool HasCopy
    {
        get
        {
            lock (_gate) return _copy is not null;
        }
    }

    /// <summary>Takes the copy anew; its hash.</summary>
    internal string Synchronise()
    {
        lock (_gate)
        {
            _copy = [.. _published];
            var text = string.Join('\n', _copy.Select(update => update.ToString()));
            return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
        }
    }

    /// <summary>The pool has no copy any more.</summary>
    internal void Forget()
    {
        lock (_gate) _copy = null;
    }

    /// <summary>What a host lacks of the copy, the oldest first.</summary>
    internal IReadOnlyList<CdnUpdate> MissingOn(string hostRef)
    {
        lock (_gate) return [.. (_copy ?? []).Where(update => !AppliedTo(hostRef).Contains(update.Id))];
    }

    internal void Apply(string hostRef, IEnumerable<CdnUpdate> updates)
    {
        lock (_gate) AppliedTo(hostRef).UnionWith(updates.Select(update => update.Id));
    }

    private HashSet<string> AppliedTo(string hostRef)
    {
        if (!_applied.TryGetValue(hostRef, out var ids)) _applied.Add(hostRef, ids = []);
        return ids;
    }
}
