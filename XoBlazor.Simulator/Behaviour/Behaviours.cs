using XoBlazor.Simulator.Calls;
using XoBlazor.Simulator.Patching;
using XoBlazor.Simulator.Patching.Repositories;

namespace XoBlazor.Simulator.Behaviour;

/// <summary>All that the calls of a simulated pool do beyond reading and writing fields.</summary>
internal static class Behaviours
{
    public static void Register(PoolSimulator pool)
    {
        SettingCalls.Register(pool);
        VmPowerCalls.Register(pool.Calls);
        VmCopyCalls.Register(pool.Calls);
        VmSettingCalls.Register(pool.Calls);
        Migration.Register(pool.Calls);
        VbdCalls.Register(pool.Calls);
        VifCalls.Register(pool.Calls);
        VdiCalls.Register(pool.Calls);
        SrCalls.Register(pool.Calls);
        NetworkCalls.Register(pool.Calls);
        HostServiceCalls.Register(pool.Calls);
        Evacuation.Register(pool.Calls);
        HostRestarts.Register(pool.Calls);
        ApplianceCalls.Register(pool.Calls);
        HardwareCalls.Register(pool.Calls);
        HaCalls.Register(pool.Calls);
        HostPlugins.Register(pool);
        PoolUpdateCalls.Register(pool.Calls);
        pool.Patches.Register();
        new RepositoryCalls(pool).Register();
        new HostUpdateCalls(pool).Register();
    }
}
