using XoBlazor.Core.Model;
using XoBlazor.Core.Store;
using XoBlazor.Core.Store.Facts;
using XoBlazor.Core.Xapi;

namespace XoBlazor.Core.Patching;

/// <summary>What XCP-ng hosts lack: each asks its package repositories itself, and tells. The host says nothing of guidance before the installation.</summary>
internal sealed class PackageSource(TimeProvider time) : IUpdateSource
{
    /// <summary>A host fetches the lists of its repositories first, maybe over a slow line.</summary>
    private static readonly TimeSpan s_patience = TimeSpan.FromMinutes(10);

    public bool Serves(HostGeneration generation) => generation == HostGeneration.Packages;

    public async Task<FoundUpdates> FindAsync(PoolPicture pool, Host host, XapiConnection connection, CancellationToken token)
    {
        for (var tries = 1; ; tries++)
        {
            try
            {
                var answer = await connection.CallTextAsync("host.call_plugin", [host.Ref, UpdaterPlugin.Name, UpdaterPlugin.List, new Dictionary<string, string>()], token, s_patience);
                return new(PackageList.Read(answer, pool.NameOf(host)));
            }
            catch (XapiFailureException busy) when (UpdaterPlugin.IsBusy(busy) && tries < UpdaterPlugin.MostTries)
            {
            }
            catch (PatchingException busy) when (UpdaterPlugin.IsBusy(busy.Message) && tries < UpdaterPlugin.MostTries)
            {
            }

            await Task.Delay(UpdaterPlugin.Pause, time, token);
        }
    }
}
