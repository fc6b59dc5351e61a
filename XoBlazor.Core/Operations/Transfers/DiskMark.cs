using XoBlazor.Core.Model;
using XoBlazor.Core.Xapi;

namespace XoBlazor.Core.Operations.Transfers;

/// <summary>
/// The mark on a disk that was made for a transfer and is not to stay as it is: it is made with it, so that there is no moment at which a disk of ours is known by nothing. It
/// comes off once the disk is whole.
/// </summary>
internal static class DiskMark
{
    /// <summary>In the disk's <c>other_config</c>.</summary>
    public const string Key = "xo-blazor:unfinished";

    /// <summary>Takes the disks away that bear the mark; the mark alone from those that stay.</summary>
    public static async Task CleanAsync(OperationWork work, string mark, bool isKept)
    {
        foreach (var disk in (await work.Connection.GetAllAsync<Vdi>(work.Token)).Where(disk => disk.OtherConfig.TryGetValue(Key, out var own) && own == mark))
            await (isKept ? TakeOffAsync(work, new(disk.Ref)) : work.CallAsync("VDI.destroy", disk.Ref));
    }

    public static Task PutOnAsync(OperationWork work, XenRef<Vdi> disk, string mark) => work.CallAsync("VDI.add_to_other_config", XapiValue.Ref(disk), Key, mark);

    public static Task TakeOffAsync(OperationWork work, XenRef<Vdi> disk) => work.CallAsync("VDI.remove_from_other_config", XapiValue.Ref(disk), Key);
}
