using XoBlazor.Simulator.Data;

namespace XoBlazor.Simulator.Behaviour;

/// <summary>The messages that operations leave behind, with xapi's names, priorities and wording.</summary>
internal static class Notices
{
    /// <summary>About a VM: <c>VM 'name' (uuid: …) paused</c>.</summary>
    public static void Post(PoolSimulator pool, string name, DbObject vm, string what) =>
        pool.Messages.Create(name, 5, "VM", vm.Uuid, $"VM '{vm.Text("name_label")}' (uuid: {vm.Uuid}) {what}");
}
