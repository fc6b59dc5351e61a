using System.Globalization;
using System.Text.Json;
using XoBlazor.Core.Model;
using XoBlazor.Core.Patching;
using XoBlazor.Core.Pools;
using XoBlazor.Core.Store.Facts;
using XoBlazor.Core.Xapi;

namespace XoBlazor.Core.Operations.Updates;

/// <summary>Brings an XCP-ng host up to date: it fetches and installs the packages itself.</summary>
internal static class PackageInstallation
{
    /// <summary>What the host's own notes of it are called; with its boot time they tell whether it has to be rebooted.</summary>
    private const string InstalledAt = "rpm_patch_installation_time";

    public static async Task RunAsync(OperationWork work, Host host)
    {
        for (var tries = 1; ; tries++)
        {
            try
            {
                Check(work, host, TaskResult.Text(await work.RunAsync("host.call_plugin", host.Ref, UpdaterPlugin.Name, UpdaterPlugin.Install, new Dictionary<string, string>())));
                break;
            }
            catch (XapiFailureException busy) when (UpdaterPlugin.IsBusy(busy) && tries < UpdaterPlugin.MostTries)
            {
            }
            catch (OperationFailedException busy) when (UpdaterPlugin.IsBusy(busy.Message) && tries < UpdaterPlugin.MostTries)
            {
            }

            await Task.Delay(UpdaterPlugin.Pause, work.Time, work.Token);
        }

        // By the host's clock, for it is compared with when the host says it was booted.
        var offset = await HostClock.OffsetAsync(work.Connection, new(host.Ref), work.Time, work.Token) ?? TimeSpan.Zero;
        var seconds = (work.Time.GetUtcNow() + offset).ToUnixTimeSeconds();
        await work.SetEntryAsync(host, "other_config", InstalledAt, seconds.ToString(CultureInfo.InvariantCulture));
    }

    private static void Check(OperationWork work, Host host, string answer)
    {
        try
        {
            using var document = JsonDocument.Parse(answer.Length == 0 ? "null" : answer);
            if (UpdaterPlugin.ErrorIn(document.RootElement) is { } error)
                throw new OperationFailedException($"{work.Pool.NameOf(host)} could not install its updates: {error}");
        }
        catch (JsonException)
        {
            // What an updater says of its success is not for programs.
        }
    }
}
