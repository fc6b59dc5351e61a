using XoBlazor.Core.Model;
using XoBlazor.Core.Patching;

namespace XoBlazor.App.Components.Updates;

/// <summary>An update, and which of the hosts lack it.</summary>
/// <param name="IsNotOnAll">The other hosts have it, as far as is known: they differ.</param>
public sealed record UpdateLine(MissingUpdate Update, IReadOnlyList<Host> Lacking, bool IsNotOnAll)
{
    public string Key => $"{Update.Id} {Update.Version}-{Update.Release}";

    /// <summary>What any of the hosts lacks, in the order of the first that lacks it.</summary>
    /// <param name="lists">Of each host what is known of it.</param>
    public static List<UpdateLine> Of(IReadOnlyList<Host> hosts, IReadOnlyList<HostUpdates?> lists) =>
    [
        .. hosts.Zip(lists).SelectMany(one => (one.Second?.Missing ?? []).Select(update => (Host: one.First, Update: update)))
            .GroupBy(one => (one.Update.Id, one.Update.Version, one.Update.Release))
            .Select(group => new UpdateLine(group.First().Update, [.. group.Select(one => one.Host)], group.Count() < lists.Count(list => list?.AsOf is not null))),
    ];
}
