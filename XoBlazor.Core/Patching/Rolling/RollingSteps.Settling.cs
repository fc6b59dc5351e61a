using XoBlazor.Core.Model;
using XoBlazor.Core.Xapi;

namespace XoBlazor.Core.Patching.Rolling;

/// <content>A host whose updates ask for no reboot.</content>
internal sealed partial class RollingSteps
{
    private const string RestartToolstack = "restart_toolstack";

    // What XAPI may ask of a host or its VMs without a reboot; what a newer one asks for is taken for the heaviest, as XAPI itself does.
    private static readonly string[] s_lighter = [RestartToolstack, "restart_device_model", "restart_vm"];

    /// <summary>Hosts of XenServer 8 tell what their updates ask for, however much they insist; all others reboot for their updates.</summary>
    private async Task<bool> AsksForRebootAsync(Host host) =>
        HostGenerations.Of(host) != HostGeneration.Repositories || await AskedOfAsync(host) is not { } asked || asked.Any(guidance => !s_lighter.Contains(guidance));

    /// <summary>Asked of the host itself: the picture may be of before the installation. Null for one that does not know all lists.</summary>
    private async Task<List<string>?> AskedOfAsync(Host host)
    {
        try
        {
            var asked = new List<string>();
            foreach (var list in (string[])["host.get_pending_guidances", "host.get_pending_guidances_recommended", "host.get_pending_guidances_full"])
                asked.AddRange(await line.Connection.CallTextsAsync(list, [host.Ref], line.Stopping));
            return asked;
        }
        catch (XapiFailureException older) when (older.Code == "MESSAGE_METHOD_UNKNOWN")
        {
            return null;
        }
    }

    /// <summary>A toolstack that has started since the installation is not restarted again. Whether XAPI puts a host back in service by itself then, or does not, is the same to us.</summary>
    private async Task SettleAsync(RollingHost host)
    {
        var there = line.Host(host);
        var isBack = RollingLine.AgentStartOf(await line.Connection.CallTextMapAsync("host.get_other_config", [there.Ref], line.Stopping)) > host.AgentStart;
        if (!isBack && await AskedOfAsync(there) is { } asked && asked.Contains(RestartToolstack))
        {
            await RestartToolstackAsync(there);
            if (!await line.UntilAsync(now => IsBack(now, host, isEnabled: false), options.HostReturn))
                throw new RollingStopException($"The toolstack of {host.Name} did not come back within {Words(options.HostReturn)}. Look at its console. When it answers, retry; or skip the host.");
            isBack = true;
        }

        if (!host.WasEnabled)
            await line.CallAsync("host.disable", there.Ref);
        else if (await TryAsync(() => line.RunAsync("host.enable", there.Ref)) is { } problem && !await line.UntilAsync(now => now.GetByUuid<Host>(host.Uuid) is { Enabled: true }, s_patienceWithEvents))
            throw new RollingStopException($"{host.Name} is out of service still. {problem} Put that right and retry, or skip the host.");
        await SaveAsync(now => now.With(Now(now, host) with { Turn = RollingTurn.Starting })
            .Noting(line.Now, $"{(isBack ? $"The toolstack of {host.Name} has restarted" : $"{host.Name} needs no restart")}; it is {(host.WasEnabled ? "in service again" : "out of service, as before")}.", host: host.Uuid));
    }

    // The toolstack may take the end of the call along; that it restarted shows by its start.
    private async Task RestartToolstackAsync(Host there)
    {
        try
        {
            await line.CallAsync("host.restart_agent", there.Ref);
        }
        catch (XapiException lost) when (lost is not XapiFailureException)
        {
        }
    }
}
