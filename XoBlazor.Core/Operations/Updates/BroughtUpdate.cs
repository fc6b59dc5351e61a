using XoBlazor.Core.Model;
using XoBlazor.Core.Operations.Transfers;
using XoBlazor.Core.Patching;
using XoBlazor.Core.Patching.Zip;
using XoBlazor.Core.Store.Facts;
using XoBlazor.Core.Transfers;
using XoBlazor.Core.Xapi;

namespace XoBlazor.Core.Operations.Updates;

/// <summary>One update that is streamed into a pool, and goes from there again: written down before anything of it is made, so that a restart of ours does not forget it.</summary>
internal sealed class BroughtUpdate : IAsyncDisposable
{
    private static readonly TimeSpan s_patienceWithRemoval = TimeSpan.FromSeconds(20);

    private readonly OperationWork _work;
    private readonly UpdateForm _form;
    private readonly string _name;
    private Leftover _traces;

    private BroughtUpdate(OperationWork work, UpdateForm form, string name)
    {
        (_work, _form, _name) = (work, form, name);
        var mark = UpdateTraces.NewMark();
        _traces = new() { Mark = mark, Act = work.Number, Target = work.Pool.Key(work.Pool.Pool!), To = work.Pool.Uuid, Snapshot = form == UpdateForm.Image ? $"{name} ({mark})" : "" };
    }

    /// <summary>The pool's reference of it, once it is there.</summary>
    public string Reference { get; private set; } = "";

    /// <summary>Brings it. Fails as the pool does, or as its source.</summary>
    /// <param name="name">For people.</param>
    /// <param name="gone">Nobody wants it any more.</param>
    public static async Task<BroughtUpdate> BringAsync(OperationWork work, UpdateForm form, string name, UpdateFile file, CancellationToken gone)
    {
        var brought = new BroughtUpdate(work, form, name);
        await work.RememberAsync(brought._traces);
        try
        {
            brought.Reference = form == UpdateForm.Image ? await brought.BringImageAsync(file, gone) : await brought.BringPatchAsync(file, gone);
            return brought;
        }
        catch
        {
            await brought.DisposeAsync();
            throw;
        }
    }

    /// <summary>Takes its file away again, whatever became of it.</summary>
    public async ValueTask DisposeAsync()
    {
        // Who stops waiting for the installation still wants nothing to be left of it.
        using var patience = new CancellationTokenSource(s_patienceWithRemoval, _work.Time);
        if (_work.Token.IsCancellationRequested)
            _work.LeaveBehind();
        await Temporary.RemoveAsync(_work, $"the file of {_name}", () => UpdateTraces.RemoveAsync(_work.Connection, _traces, patience.Token));
        await _work.EndLeftoverAsync();
    }

    private async Task<string> BringPatchAsync(UpdateFile file, CancellationToken gone)
    {
        var result = await UpdateUpload.RunAsync(_work, new($"Upload of {_name}", "/pool_patch_upload", null, _traces.Mark), file, Arrived, gone);
        await file.CompleteAsync(gone);
        return TaskResult.Reference<PoolPatch>(result).Value ?? throw new OperationFailedException($"{_work.Pool.Name()} took {_name}, and says that no update came of it. Try again.");

        Task Arrived(string result) => TaskResult.Reference<PoolPatch>(result).Value is { } made ? RememberAsync(_traces with { Made = made }) : Task.CompletedTask;
    }

    private async Task<string> BringImageAsync(UpdateFile file, CancellationToken gone)
    {
        var sr = UpdateStorage.For(_work, _name, file.Length);
        var disk = await _work.MakeAsync<Vdi>("VDI.create", DiskRecords.Vdi(sr, _traces.Snapshot, "An update on its way to the hosts. It goes by itself.", file.Length));
        await UpdateUpload.RunAsync(_work, DiskTransfers.Writing(_work, sr, disk, "raw") with { Mark = _traces.Mark }, file, static _ => Task.CompletedTask, gone);
        await file.CompleteAsync(gone);
        return (await _work.RunAsync<PoolUpdate>("pool_update.introduce", XapiValue.Ref(disk))).Value
            ?? throw new OperationFailedException($"{_work.Pool.Name()} took {_name}, and says that no update came of it. Try again.");
    }

    private Task RememberAsync(Leftover traces) => _work.RememberAsync(_traces = traces);
}
