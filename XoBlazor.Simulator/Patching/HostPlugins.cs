using XoBlazor.Simulator.Behaviour;
using XoBlazor.Simulator.Calls;
using XoBlazor.Simulator.Data;

namespace XoBlazor.Simulator.Patching;

/// <summary>The scripts that a host runs for <c>host.call_plugin</c>: XCP-ng's updater, on XCP-ng.</summary>
internal static class HostPlugins
{
    public static void Register(PoolSimulator pool)
    {
        var updater = new UpdaterPlugin(pool);
        pool.Calls.RegisterAsync("host.call_plugin", async call =>
        {
            var host = call.Object("host");
            if (!HostOperations.IsLive(host)) throw new XapiException("HOST_OFFLINE", host.Ref);
            return call.Text("plugin") == "updater.py" && IsXcp(host)
                ? await updater.RunAsync(call, host) : throw new XapiException("XENAPI_MISSING_PLUGIN", call.Text("plugin"));
        });
    }

    private static bool IsXcp(DbObject host) => host["software_version"].AsMap["product_brand"]?.AsText == "XCP-ng";
}
