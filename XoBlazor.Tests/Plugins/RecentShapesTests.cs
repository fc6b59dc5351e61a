using System.Text.Json;
using XoBlazor.Core.Model;
using XoBlazor.Core.Plugins.Reach;

namespace XoBlazor.Tests.Plugins;

public sealed class RecentShapesTests
{
    [Fact]
    public void Object_IsWrittenOnce_UntilManyOthersCame()
    {
        var shapes = new RecentShapes(most: 4);
        var written = new List<string>();
        var vms = Enumerable.Range(0, 20).Select(i => new Vm { Ref = $"OpaqueRef:{i}", Uuid = $"{i}" }).ToList();

        Ask(vms[0]);
        Ask(vms[0]);
        // Another state of the same object is another object.
        Ask(vms[0] with { NameLabel = "renamed" });
        foreach (var vm in vms)
            Ask(vm);
        Ask(vms[19]);
        Ask(vms[0]);

        Assert.Equal(["0", "0", .. vms[1..].Select(vm => vm.Uuid), "0"], written);

        void Ask(XapiObject value) => shapes.Of(value, one =>
        {
            written.Add(one.Uuid);
            return default(JsonElement);
        });
    }
}
