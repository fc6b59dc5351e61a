using System.Collections.Immutable;
using XoBlazor.Core.Access;
using XoBlazor.Core.Model;

namespace XoBlazor.Core.Operations.CustomFields;

/// <summary>What people note of objects under names of their own, where XenCenter and Xen Orchestra keep it: entries of <c>other_config</c>. For every class that they know it of.</summary>
public static class CustomFieldOperations
{
    private const string Prefix = "XenCenter.CustomFields.";

    public static ImmutableArray<Operation> All { get; } =
    [
        For<Vm>("vm", Vms.VmRights.Edit), For<Vdi>("vdi", Storage.DiskOperations.Edit.Right), For<Sr>("sr", Storage.SrOperations.Edit.Right),
        For<Network>("network", Networks.NetworkOperations.Edit.Right), For<Host>("host", Hosts.HostOperations.Edit.Right), For<Pool>("pool", Pools.PoolOperations.EditRight),
    ];

    /// <summary>What is noted of an object under a name; null for nothing.</summary>
    public static string? Find(XapiObject target, string name) => (target switch
    {
        Vm vm => vm.OtherConfig,
        Vdi disk => disk.OtherConfig,
        Sr sr => sr.OtherConfig,
        Network network => network.OtherConfig,
        Host host => host.OtherConfig,
        Pool pool => pool.OtherConfig,
        _ => XenMap<string, string>.Empty,
    }).GetValueOrDefault(Prefix + name);

    private static OperationOn<T> For<T>(string area, Right right) where T : XapiObject => new($"{area}.set_custom_field", right,
        (work, target) => work.SetEntryAsync(target, "other_config", Prefix + work.Arguments.Text("name"), work.Arguments.Text("value")))
    {
        Title = "Set a custom field",
        Progressive = "Setting a custom field",
        Description = "Notes something of it under a name of your own, as XenCenter does; without a value the note goes.",
        Group = OperationGroup.Change,
        UnlessWith = (_, _, given) => given.Text("name")!.Trim().Length == 0 ? "A field has a name." : null,
        Parameters = [OperationParameter.Text("name", "Name") with { IsRequired = true, MaxLength = 256 }, OperationParameter.Text("value", "Value") with { IsClearable = true, MaxLength = 4096 }],
    };
}
