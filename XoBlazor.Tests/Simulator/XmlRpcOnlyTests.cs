using XoBlazor.Core.Model;
using XoBlazor.Core.Xapi;
using XoBlazor.Simulator;
using XoBlazor.Tests.Support;

namespace XoBlazor.Tests.Simulator;

public sealed class XmlRpcOnlyTests
{
    [Fact]
    public async Task Host_ThatSpeaksXmlRpcOnly_IsFoundOutByTheProduct()
    {
        using var patience = Patience.Source();
        var source = PoolSource.FromFile(SharedData.Path("data", "pools", "two-hosts-vlans-bonds.xml"));
        await using var host = await SimulatorHost.StartAsync(new() { Pools = [source], Pool = new() { XmlRpcOnly = true } }, patience.Token);
        await using var connection = new XapiConnection(
            XapiEndpoint.Parse(host.Pools[0].HttpUrl.ToString()), new("root", "secret"));

        await connection.LogInAsync(patience.Token);

        var vms = await connection.GetAllRecordsAsync(XapiClass.Vm, new(), _ => null, patience.Token);
        Assert.Equal(94, vms.Objects.Count());
    }
}
