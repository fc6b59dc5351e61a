using System.Collections.Immutable;
using XoBlazor.Core.Access;
using XoBlazor.Core.Model;
using XoBlazor.Core.Xapi.Codecs;

namespace XoBlazor.Core.Operations.Tags;

/// <summary>Tags put on and taken off, for every class of object that has them.</summary>
public static class TagOperations
{
    public static ImmutableArray<Operation> All { get; } =
    [
        .. For<Vm>("vm", new("vm.tag", "Tag VMs", RightLevel.Manage), vm => vm.Tags),
        .. For<Vdi>("vdi", new("vdi.tag", "Tag disks", RightLevel.Manage), disk => disk.Tags),
        .. For<Sr>("sr", new("sr.tag", "Tag storage", RightLevel.Administer), sr => sr.Tags),
        .. For<Network>("network", new("network.tag", "Tag networks", RightLevel.Administer), network => network.Tags),
        .. For<Host>("host", new("host.tag", "Tag hosts", RightLevel.Administer), host => host.Tags),
        .. For<Pool>("pool", new("pool.tag", "Tag pools", RightLevel.Administer), pool => pool.Tags),
    ];

    private static IEnumerable<Operation> For<T>(string area, Right right, Func<T, ImmutableArray<string>> tags) where T : XapiObject
    {
        var type = XapiCodec.For(ClassOf<T>.Value).WireName;
        yield return new OperationOn<T>($"{area}.add_tag", right, (work, target) => work.CallAsync($"{type}.add_tags", target.Ref, work.Arguments.Text("tag")!))
        {
            Title = "Add a tag",
            Progressive = "Tagging",
            Description = "Puts a tag on it; grants and searches may go by tags.",
            Group = OperationGroup.Change,
            Parameters = [OperationParameter.Text("tag", "Tag") with { IsRequired = true, MaxLength = 256 }],
            UnlessWith = (_, _, given) => given.Text("tag")!.Trim().Length == 0 ? "A tag has at least one letter." : null,
        };
        yield return new OperationOn<T>($"{area}.remove_tag", right, (work, target) => work.CallAsync($"{type}.remove_tags", target.Ref, work.Arguments.Text("tag")!))
        {
            Title = "Remove a tag",
            Progressive = "Removing a tag",
            Description = "Takes a tag off it.",
            Group = OperationGroup.Change,
            Unless = (_, target) => tags(target).IsEmpty ? "It has no tags." : null,
            Parameters = [OperationParameter.Text("tag", "Tag") with { IsRequired = true, MaxLength = 256, Present = (_, target) => tags((T)target).FirstOrDefault() }],
        };
    }
}
