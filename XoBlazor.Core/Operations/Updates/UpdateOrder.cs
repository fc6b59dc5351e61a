using System.Collections.Immutable;
using XoBlazor.Core.Model;
using XoBlazor.Core.Patching;

namespace XoBlazor.Core.Operations.Updates;

/// <summary>What the hosts of a pool lack together, each update after those that it requires.</summary>
internal static class UpdateOrder
{
    /// <param name="only">The ids of those that are wanted, with what they require; all when there are none.</param>
    /// <returns>Each update with the hosts that lack it, in the order in which the hosts were given.</returns>
    public static List<(MissingUpdate Update, List<Host> Hosts)> Of(IEnumerable<(Host Host, ImmutableArray<MissingUpdate> Missing)> lists, IReadOnlyCollection<string> only)
    {
        var lacking = new Dictionary<string, (MissingUpdate Update, List<Host> Hosts)>(StringComparer.OrdinalIgnoreCase);
        var order = new List<string>();
        foreach (var (host, missing) in lists)
            foreach (var update in missing)
            {
                if (lacking.TryAdd(update.Id, (update, [])))
                    order.Add(update.Id);
                lacking[update.Id].Hosts.Add(host);
            }

        var taken = new List<(MissingUpdate, List<Host>)>();
        var seen = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        foreach (var id in only.Count > 0 ? only : order)
            Take(id);
        return taken;

        // What a host has already is not in its list, so that what another lacks may have to go before.
        void Take(string id)
        {
            if (!lacking.TryGetValue(id, out var one) || !seen.Add(id))
                return;
            foreach (var needed in one.Update.Requirements)
                Take(needed);
            taken.Add(one);
        }
    }
}
