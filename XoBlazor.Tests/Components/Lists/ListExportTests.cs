using System.Text;
using System.Text.Json;
using XoBlazor.App.Components.Lists;
using XoBlazor.App.Components.Live;
using XoBlazor.App.Components.Vms;
using XoBlazor.Core.Model;
using XoBlazor.Core.Store;
using XoBlazor.Tests.Components.Support;

namespace XoBlazor.Tests.Components.Lists;

public sealed class ListExportTests
{
    private static readonly Column<Vm>[] s_columns = [.. new[] { "state", "name", "memory", "since" }.Select(k => VmLists.Vms.Column(k)!)];

    [Fact]
    public void Csv_HostileNames_AreTextsInTheirCells()
    {
        var store = new ObjectStore(TimeProvider.System, []);
        using var pool = new SamplePool(store, vms: 3);
        pool.Apply(pool.Vm(1) with { NameLabel = "=cmd|' /C calc'!A0" }, pool.Vm(2) with { NameLabel = "a \"quoted\", name\nin two lines" });

        var lines = Encoding.UTF8.GetString(ListExport.Csv(Result(store), Scene(store), s_columns)).Split("\r\n");

        Assert.Equal("State,Name,Memory,Up since,UUID,Pool UUID", lines[0]);
        Assert.StartsWith("Running,'=cmd|' /C calc'!A0,2147483648,2025-", lines[1], StringComparison.Ordinal);
        Assert.Contains("\"a \"\"quoted\"\", name\nin two lines\"", lines[2], StringComparison.Ordinal);
        Assert.EndsWith($",{pool.Vm(0).Uuid},{pool.Uuid}", lines[3], StringComparison.Ordinal);
        Assert.Equal("", lines[4]);
    }

    [Fact]
    public void Files_HaveNoPictures()
    {
        var store = new ObjectStore(TimeProvider.System, []);
        using var pool = new SamplePool(store, vms: 2);
        Column<Vm>[] columns = [VmLists.Vms.Column("screen")!, VmLists.Vms.Column("name")!];

        var csv = Encoding.UTF8.GetString(ListExport.Csv(Result(store), Scene(store), columns));
        using var json = JsonDocument.Parse(ListExport.Json(Result(store), Scene(store), columns));

        Assert.StartsWith("Name,UUID,Pool UUID\r\n", csv, StringComparison.Ordinal);
        Assert.All(json.RootElement.EnumerateArray(), vm => Assert.Equal(["name", "uuid", "poolUuid"], vm.EnumerateObject().Select(property => property.Name)));
    }

    [Fact]
    public void Json_List_HasFiguresAsNumbers()
    {
        var store = new ObjectStore(TimeProvider.System, []);
        using var pool = new SamplePool(store, vms: 1);

        using var json = JsonDocument.Parse(ListExport.Json(Result(store), Scene(store), s_columns));

        var vm = json.RootElement.EnumerateArray().Single();
        Assert.Equal(("web-0000", 1L << 30, pool.Vm(0).Uuid), (vm.GetProperty("name").GetString(), vm.GetProperty("memory").GetInt64(), vm.GetProperty("uuid").GetString()));
    }

    private static Scene Scene(ObjectStore store) => new(1, [.. store.Current.Pools.Select(p => new ScenePool(p.Uuid, "", p, true, null))]);

    private static ListResult Result(ObjectStore store) => ListWork.Make(VmLists.Vms, Scene(store), null, []);
}
