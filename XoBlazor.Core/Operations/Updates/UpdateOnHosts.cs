using XoBlazor.Core.Model;
using XoBlazor.Core.Store.Facts;
using XoBlazor.Core.Xapi;

namespace XoBlazor.Core.Operations.Updates;

/// <summary>Puts an update that the pool has the file of on its hosts: every host is asked before the first gets it.</summary>
/// <param name="name">The update's, for people.</param>
/// <param name="reference">The pool's of it.</param>
internal sealed class UpdateOnHosts(OperationWork work, UpdateForm form, string name, string reference)
{
    /// <summary>Returns on how many of the hosts it was put; the others had it. Fails with the pool's CANNOT_FIND_… when the file is gone, else in words.</summary>
    /// <param name="nameOf">The name of another update by its uuid; null for what is unknown.</param>
    public async Task<int> InstallAsync(IReadOnlyList<Host> hosts, Func<string, string?> nameOf, Action<string> told)
    {
        var lacking = new List<Host>();
        foreach (var host in hosts)
            if (await IsToGetAsync(host, nameOf))
                lacking.Add(host);
        for (var number = 0; number < lacking.Count; number++)
        {
            work.StopIfCancelled();
            told($"{name} is installed on {work.Pool.NameOf(lacking[number])}");
            try
            {
                await work.RunAsync($"{form.Class}.apply", reference, lacking[number].Ref);
            }
            catch (XapiFailureException failed) when (IsThere(failed))
            {
                work.Step();
            }
            catch (XapiFailureException failed)
            {
                var done = number == 0 ? "" : $" {string.Join(", ", lacking.Take(number).Select(host => work.Pool.NameOf(host)))} {(number == 1 ? "has" : "have")} it.";
                throw new OperationFailedException(PrecheckText.Of(failed, work.Pool, lacking[number], name, nameOf) + done);
            }
        }

        return lacking.Count;
    }

    /// <summary>The file that somebody had brought before is not there any more.</summary>
    public static bool IsFileGone(XapiFailureException failure) => failure.Code is "CANNOT_FIND_PATCH" or "CANNOT_FETCH_PATCH" or "CANNOT_FIND_UPDATE";

    private async Task<bool> IsToGetAsync(Host host, Func<string, string?> nameOf)
    {
        work.StopIfCancelled();
        try
        {
            await work.RunAsync($"{form.Class}.precheck", reference, host.Ref);
            return true;
        }
        catch (XapiFailureException failed) when (IsThere(failed))
        {
            // Two steps were expected, of which none is to be done.
            work.Step();
            work.Step();
            return false;
        }
        catch (XapiFailureException failed) when (!IsFileGone(failed))
        {
            throw new OperationFailedException(PrecheckText.Of(failed, work.Pool, host, name, nameOf));
        }
    }

    private static bool IsThere(XapiFailureException failure) => failure.Code is "PATCH_ALREADY_APPLIED" or "UPDATE_ALREADY_APPLIED";
}
