using XoBlazor.Core.Model;
using XoBlazor.Core.Patching;
using XoBlazor.Core.Store.Facts;
using XoBlazor.Core.Xapi;

namespace XoBlazor.Core.Operations.Updates;

/// <summary>
/// Brings a host of XenServer 8 or later up to date from its pool's copy of the repositories. XAPI takes the host out of service for that and leaves it so (xapi's xapi_host.ml); who
/// was in service before is again afterwards, whatever the end, and nobody else.
/// </summary>
internal static class RepositoryInstallation
{
    /// <summary>Returns whether the host is in service as it was before.</summary>
    /// <param name="lacks">What was found out, with the hash of the state that is installed.</param>
    /// <param name="again">Finds it out anew.</param>
    public static async Task<bool> RunAsync(OperationWork work, Host host, HostUpdates lacks, Func<Task<HostUpdates>> again, Action<string> told)
    {
        var name = work.Pool.NameOf(host);
        // The host itself is asked: it may have been taken out of service since the operation began.
        var wasEnabled = await work.Connection.CallBoolAsync("host.get_enabled", [host.Ref], work.Token);
        if (wasEnabled)
            work.Undo($"{name} out of service", () => work.CallAsync("host.enable", host.Ref));
        foreach (var warning in TaskResult.TextLists(await ApplyAsync(work, host, lacks, again, told)).Where(warning => warning.Count > 0))
            Note($"{name}: {XapiErrorText.Of(warning[0], [.. warning.Skip(1)], work.Pool.NameOfReference)}");
        var isAsBefore = !wasEnabled || await EnableAsync();
        // It is in service again, or is meant not to be.
        work.Keep();
        return isAsBefore;

        void Note(string words)
        {
            work.Note(words);
            told(words);
        }

        async Task<bool> EnableAsync()
        {
            try
            {
                await work.CallAsync("host.enable", host.Ref);
                return true;
            }
            catch (XapiFailureException later) when (later.Code is "HOST_PENDING_MANDATORY_GUIDANCE_NOT_EMPTY" or "HOST_DISABLED_UNTIL_REBOOT")
            {
                Note($"{name} stays out of service until what its updates require is done: its Updates tab says what.");
                return false;
            }
        }
    }

    /// <summary>What the task returned. Somebody may synchronise at any moment; then what the repositories hold now is found out, and installed.</summary>
    private static async Task<string> ApplyAsync(OperationWork work, Host host, HostUpdates lacks, Func<Task<HostUpdates>> again, Action<string> told)
    {
        try
        {
            return await work.RunAsync("host.apply_updates", host.Ref, lacks.Hash ?? "");
        }
        catch (XapiFailureException changed) when (changed.Code == "UPDATEINFO_HASH_MISMATCH")
        {
            var now = await again();
            if (now.Problem is { } problem)
                throw new OperationFailedException(problem);
            var words = $"The repositories of {work.Pool.Name()} were synchronised meanwhile; {work.Pool.NameOf(host)} gets what they hold now.";
            work.Note(words);
            told(words);
            return await work.RunAsync("host.apply_updates", host.Ref, now.Hash ?? "");
        }
    }
}
