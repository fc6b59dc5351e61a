using System.Text.Json.Nodes;
using XoBlazor.Core.Access;
using XoBlazor.Core.Model;
using XoBlazor.Core.Operations;
using XoBlazor.Core.Operations.Transfers.Queue;
using XoBlazor.Core.Store.Facts;
using XoBlazor.Tests.App.Support;
using XoBlazor.Tests.Operations.Transfers;

namespace XoBlazor.Tests.App.Api.Rest;

/// <summary>The queue of transfers by REST.</summary>
public sealed class QueueTests : IAsyncLifetime
{
    private TwoPools _pools = null!;
    private RestClient _admin = null!;

    private TransferQueue Queue => _pools.Server.Get<TransferQueue>();

    public async ValueTask InitializeAsync()
    {
        _pools = await TwoPools.StartAsync();
        _admin = await RestClient.AdminAsync(_pools.Server);
    }

    public async ValueTask DisposeAsync()
    {
        _admin.Dispose();
        await _pools.DisposeAsync();
    }

    [Fact]
    public async Task Waiting_AreListedOrderedHeldAndTakenOut()
    {
        await NothingAsync("transfers/actions/pause");
        var (first, second) = (await CopyAsync(0), await CopyAsync(1));

        var all = (await _admin.GetAsync("transfers?fields=*&filter=state:waiting")).Json.AsArray();
        Assert.Equal([second, first], all.Select(one => (string?)one!["id"]));
        var one = (await _admin.GetAsync($"transfers/{first}")).Json;
        Assert.Equal((1, "waits, because the queue is paused"), ((int?)one["waits"]!["position"], (string?)one["waits"]!["reason"]));
        Assert.Equal((_pools.Vms(1)[0].Uuid, _pools.Vms(1)[0].NameLabel, "vm.copy", _pools.Target.Uuid, TestServer.Admin),
            ((string?)one["object"], (string?)one["name_label"], (string?)one["operation"], (string?)one["to"], (string?)one["by"]));
        Assert.Equal($"{RestClient.Root}/transfers/{first}", (string?)(await _admin.GetAsync($"transfers?filter=id:{first}")).Json[0]);

        await NothingAsync($"transfers/{second}/actions/move", new JsonObject { ["to"] = "first" });
        Assert.Equal([second, first], Queue.Waiting.Select(waiting => $"{waiting.Record.Number}"));
        await NothingAsync($"transfers/{second}/actions/hold");
        Assert.Equal("held", (string?)(await _admin.GetAsync($"transfers/{second}")).Json["state"]);
        await NothingAsync($"transfers/{second}/actions/release");
        await NothingAsync($"transfers/{second}/actions/cancel");
        Assert.Equal("cancelled", (string?)(await _admin.GetAsync($"transfers/{second}?wait=true")).Json["state"]);

        await NothingAsync("transfers/actions/resume");
        Assert.Equal("succeeded", (string?)(await _admin.GetAsync($"transfers/{first}?wait=true")).Json["state"]);
        var again = await _admin.PostAsync($"transfers/{second}/actions/retry?sync=true");
        Assert.Equal(201, again.Status);
        Assert.Equal("succeeded", (string?)(await _admin.GetAsync($"{again.Headers.Location!.OriginalString}?wait=true")).Json["state"]);
    }

    [Fact]
    public async Task WhatCannotBe_IsRefused()
    {
        await NothingAsync("transfers/actions/pause");
        var waiting = await CopyAsync(0);
        var ended = await CopyAsync(1);
        await NothingAsync($"transfers/{ended}/actions/cancel");
        await _admin.GetAsync($"transfers/{ended}?wait=true");
        using var nora = await RestClient.UserAsync(_pools.Server, "nora");
        using var vera = await RestClient.UserAsync(_pools.Server, "vera", (Role.Viewer, _pools.Source.Uuid, _pools.Vms(1)[0]));

        Assert.Equal(422, (await _admin.PostAsync($"transfers/{waiting}/actions/move?sync=true", new JsonObject { ["to"] = "nowhere" })).Status);
        Assert.Equal(409, (await _admin.PostAsync($"transfers/{ended}/actions/hold?sync=true")).Status);
        Assert.Equal(404, (await _admin.GetAsync("transfers/none")).Status);
        Assert.Equal(404, (await _admin.PostAsync("transfers/none/actions/cancel?sync=true")).Status);
        Assert.Equal(404, (await nora.GetAsync($"transfers/{waiting}")).Status);
        Assert.Empty((await nora.GetAsync("transfers")).Json.AsArray());
        // What one sees is not one's own yet.
        Assert.Equal([waiting], (await vera.GetAsync("transfers?fields=id")).Json.AsArray().Select(one => (string?)one!["id"]));
        Assert.Equal(404, (await vera.PostAsync($"transfers/{waiting}/actions/cancel?sync=true")).Status);
        Assert.Equal(403, (await vera.PostAsync("transfers/actions/resume?sync=true")).Status);
        Assert.Equal(TransferState.Waiting, Queue.Waiting.Single().Record.State);
    }

    private async Task NothingAsync(string path, JsonNode? body = null)
    {
        var answer = await _admin.PostAsync(path + "?sync=true", body);
        Assert.True(answer.Status == 204, $"{path}: {answer.Status} {answer.Text}");
    }

    /// <summary>Asks for a copy of one of the first pool's VMs. Returns its number.</summary>
    private async Task<string> CopyAsync(int vm) => $"{(await _pools.StartAsync("vm.copy", _pools.Vms(vm + 1)[vm], _pools.Given($"copy {vm}"))).Number}";
}
