using System.Text.Json.Nodes;
using XoBlazor.Core.Access;
using XoBlazor.Core.Model;
using XoBlazor.Core.Operations;
using XoBlazor.Core.Store.Facts;
using XoBlazor.Tests.Support;

namespace XoBlazor.Tests.Operations.Simulated;

/// <summary>Who makes a VM does not lose sight of it, and gains nothing on what it was made of.</summary>
public sealed class MakersRolesTests
{
    private static readonly Role s_maker = Role.Custom("maker", "Maker", ["vm.create", "vm.copy", "sr.use", "network.use"]);

    [Fact]
    public async Task VmFromATemplate_IsItsMakersToAdminister()
    {
        using var patience = Patience.Source();
        await using var pool = await OperatedPool.StartAsync(patience.Token);
        var (template, sr) = (pool.Any<Vm>(vm => vm.IsDefaultTemplate), pool.Any<Sr>(one => one.Shared && one.ContentType != "iso"));
        pool.Grant([s_maker], (s_maker, template), (s_maker, sr));

        var result = await pool.RunAsync("vm.create", template, new()
        {
            ["name_label"] = "bobs",
            ["VDIs"] = new JsonArray(new JsonObject { ["size"] = 1L << 30, ["sr"] = sr.Uuid }),
            ["VIFs"] = new JsonArray(),
        }, OperatedPool.Bob);

        Assert.Equal(OperationEnd.Succeeded, result.End);
        Assert.Equal([("2", result.Made!.Value.Uuid, Role.VmAdministrator.Id)], pool.Given);
    }

    [Fact]
    public async Task Copy_GivesWhatTheOriginalGave()
    {
        using var patience = Patience.Source();
        await using var pool = await OperatedPool.StartAsync(patience.Token);
        var vm = pool.AnyVm(VmPowerState.Halted);
        pool.Grant([s_maker], (s_maker, vm));

        var result = await pool.RunAsync("vm.clone", vm, new() { ["name"] = "copy" }, OperatedPool.Bob);

        Assert.Equal(OperationEnd.Succeeded, result.End);
        Assert.Equal([("2", result.Made!.Value.Uuid, s_maker.Id)], pool.Given);
    }

    [Fact]
    public async Task WhoHasItAnyway_IsGivenNothing()
    {
        using var patience = Patience.Source();
        await using var pool = await OperatedPool.StartAsync(patience.Token);
        var vm = pool.AnyVm(VmPowerState.Halted);
        pool.Grant([], (Role.VmAdministrator, pool.Picture.Pool!));

        await pool.MakesAsync<Vm>("vm.create", pool.Any<Vm>(one => one.IsDefaultTemplate), new() { ["name_label"] = "anybodys", ["VIFs"] = new JsonArray() });
        await pool.RunAsync("vm.snapshot", vm, new() { ["name"] = "before" });

        Assert.Empty(pool.Given);
    }
}
