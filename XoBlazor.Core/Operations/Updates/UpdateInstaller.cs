using XoBlazor.Core.Model;
using XoBlazor.Core.Operations.Transfers;
using XoBlazor.Core.Patching;
using XoBlazor.Core.Pools;
using XoBlazor.Core.Store;
using XoBlazor.Core.Store.Facts;
using XoBlazor.Core.Xapi;

namespace XoBlazor.Core.Operations.Updates;

/// <summary>The installation for who has work of their own around it, such as a rolling update.</summary>
internal sealed class UpdateInstaller(UpdateInstallation installation, ObjectStore store, TaskWatch watch, IPoolConnections pools, TimeProvider time, Leftovers? leftovers = null) : IUpdateInstaller
{
    public Task InstallOnHostAsync(ObjectKey host, Action<string> told, CancellationToken token) =>
        RunAsync(host.Pool, work => work.Pool.GetByUuid<Host>(host.Uuid) is { } there ? installation.OnHostAsync(work, there, told) : throw new PatchingException("The host is not there any more."), token);

    public Task InstallOnPoolAsync(string poolUuid, Action<string> told, CancellationToken token) =>
        RunAsync(poolUuid, work => installation.OnPoolAsync(work, told), token);

    private async Task RunAsync(string pool, Func<OperationWork, Task> install, CancellationToken token)
    {
        if (store.Current.Pool(pool) is not { Pool: { } about } picture || pools.Find(pool) is not { } connection)
            throw new PatchingException("The pool is out of reach at the moment; administrators see why under Settings → Pools.");
        var work = new OperationWork(null, picture, about, OperationArguments.None, connection, new(store, watch, pool), new(store, pools, time, pool), time, null, token, leftovers: leftovers);
        try
        {
            await install(work);
        }
        catch (Exception failed) when (failed is OperationFailedException or XapiException or TaskLostException)
        {
            var left = await work.UndoAsync(failed is OperationFailedException or XapiFailureException);
            var words = failed is XapiFailureException refused ? XapiErrorText.Of(refused, picture.NameOfReference) : failed.Message;
            throw new PatchingException(left.Count == 0 ? words : $"{words} Left behind: {string.Join(", ", left)}.", failed);
        }
    }
}
