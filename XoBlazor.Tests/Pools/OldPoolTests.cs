using XoBlazor.Core.Model;
using XoBlazor.Tests.Support;
using XoBlazor.Tests.Xapi;

namespace XoBlazor.Tests.Pools;

/// <summary>Pools of every age, from XenServer 5.5 on, are followed in the same way.</summary>
public sealed class OldPoolTests
{
    [Theory]
    [MemberData(nameof(SimulatedHostTests.Databases), MemberType = typeof(SimulatedHostTests))]
    public async Task Connect_PoolOfAnyAge_IsReadAndFollowed(string database)
    {
        using var patience = Patience.Source();
        await using var fleet = await FleetFixture.StartAsync(patience.Token, database);
        await fleet.AddConnectedAsync(patience.Token);
        var vm = fleet.Picture.All<Vm>().First(v => v is { IsATemplate: false, IsControlDomain: false });
        await using var other = new XoBlazor.Core.Xapi.XapiConnection(XoBlazor.Core.Xapi.XapiEndpoint.Parse(fleet.Pool.HttpUrl.ToString()), new("root", "secret"));

        await other.CallAsync("VM.set_name_label", [vm.Ref, "renamed"], patience.Token);

        await fleet.UntilAsync(_ => ((Vm)fleet.Picture.Get(vm.Ref)!).NameLabel == "renamed", patience.Token);
    }
}
