using System.Text.Json.Nodes;
using XoBlazor.App.Cli.Client;
using XoBlazor.Core.Operations;
using XoBlazor.Core.Operations.Transfers.Queue;
using XoBlazor.Core.Store.Facts;
using XoBlazor.Tests.App.Support;
using XoBlazor.Tests.Operations.Transfers;

namespace XoBlazor.Tests.App.Cli.Client;

/// <summary>The queue of transfers from a shell.</summary>
public sealed class TransferQueueCommandTests : IAsyncLifetime
{
    private readonly CliHome _home = new();
    private TwoPools _pools = null!;

    private TransferQueue Queue => _pools.Server.Get<TransferQueue>();

    public async ValueTask InitializeAsync()
    {
        _pools = await TwoPools.StartAsync(isOnAPort: true);
        await _home.SignInAsync(_pools.Server);
    }

    public async ValueTask DisposeAsync()
    {
        _home.Dispose();
        await _pools.DisposeAsync();
    }

    [Fact]
    public async Task Waiting_AreListedOrderedHeldAndTakenOut()
    {
        await DoneAsync("transfer", "pause");
        List<OperationRun> runs = [];
        foreach (var vm in _pools.Vms(2))
            runs.Add(await _pools.StartAsync("vm.copy", vm, _pools.Given($"copy of {vm.NameLabel}")));
        var (first, second) = ($"{runs[0].Number}", $"{runs[1].Number}");

        await DoneAsync("transfer", "move", second, "first");
        var list = await DoneAsync("transfer", "list");
        Assert.Matches("^RUN +STATE +OPERATION +NAME +TO +BYTES +BY +ABOUT$", list.Lines[0]);
        Assert.Equal([second, first], list.Lines.Skip(1).Select(line => line.Split(' ')[0]));
        Assert.Matches($"waiting +vm\\.copy +{runs[1].TargetName} +{_pools.To.Name()} +{TestServer.Admin} +waits, because the queue is paused$", list.Lines[1]);
        await DoneAsync("transfer", "hold", first, second);
        Assert.All(Queue.Waiting, one => Assert.Equal(TransferState.Held, one.Record.State));
        await DoneAsync("transfer", "release", first);
        await DoneAsync("transfer", "cancel", second);
        Assert.Equal(OperationEnd.Cancelled, (await runs[1].Completion.WaitAsync(_pools.Token)).End);
        Assert.Contains("cancelled", (await DoneAsync("transfer", "show", second)).Out, StringComparison.Ordinal);

        await DoneAsync("transfer", "resume");
        Assert.Equal(OperationEnd.Succeeded, (await runs[0].Completion.WaitAsync(_pools.Token)).End);
        var again = (await DoneAsync("transfer", "retry", second)).Out.Trim();
        Assert.Equal(OperationEnd.Succeeded, (await Queue.Find(long.Parse(again, System.Globalization.CultureInfo.InvariantCulture))!.Run!.Completion.WaitAsync(_pools.Token)).End);
        var ended = JsonNode.Parse((await DoneAsync("transfer", "list", "--filter", "state:succeeded", "-o", "json")).Out)!.AsArray();
        Assert.Equal([again, first], ended.Select(one => (string?)one!["run"]));
    }

    [Fact]
    public async Task WhatCannotBe_IsSaid_AndKeepsTheOthersNotBack()
    {
        await DoneAsync("transfer", "pause");
        var run = await _pools.StartAsync("vm.copy", _pools.Vms(1)[0], _pools.Given());

        var some = await _home.RunAsync("transfer", "hold", "nothing", $"{run.Number}");
        var nowhere = await _home.RunAsync("transfer", "move", $"{run.Number}", "sideways");
        var none = await _home.RunAsync("transfer", "show", "nothing");
        var filter = await _home.RunAsync("transfer", "list", "--filter", "state:(");

        Assert.Equal((ExitCode.NoSuchObject, ExitCode.WrongCommandLine, ExitCode.NoSuchObject, ExitCode.WrongCommandLine), (some.Code, nowhere.Code, none.Code, filter.Code));
        Assert.Contains("nothing: ", some.Error, StringComparison.Ordinal);
        Assert.Equal(TransferState.Held, Queue.Find(run.Number)!.Record.State);
    }

    private async Task<CliEnd> DoneAsync(params string[] arguments)
    {
        var end = await _home.RunAsync(arguments);
        Assert.True(end.Code == 0, end.All);
        return end;
    }
}
